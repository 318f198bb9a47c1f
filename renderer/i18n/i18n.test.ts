import { describe, expect, it } from 'vitest';
import { errorCodes, noticeCodes, type Problem } from '../../shared/model';
import { inUndo, problem } from '../../shared/texts';
import { chooseLanguage, createI18n } from '.';
import { createSentences } from './sentences';
import { words } from '../views/features';
import { bundleOf, resources } from './resources';

const bundles = { en: bundleOf('en', words), 'zh-CN': bundleOf('zh-CN', words) };
const namespaces = Object.keys(bundles.en);
const textsOf = (language: keyof typeof bundles, namespace: string) => bundles[language][namespace] ?? {};

/** Dotted keys with the values they speak of; plural forms count as one key, as languages differ in them. */
function flatten(tree: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix + key.replace(/_(one|other)$/, '');
    if (typeof value === 'string')
      flat.set(
        path,
        [...value.matchAll(/\{\{(\w+)\}\}/g)]
          .map((m) => m[1])
          .sort()
          .join(),
      );
    else for (const [inner, params] of flatten(value as object, `${path}.`)) flat.set(inner, params);
  }
  return flat;
}

const unique = (params: string | undefined) => [...new Set((params ?? '').split(','))].join();

describe.each(namespaces)('%s', (namespace) => {
  const en = flatten(textsOf('en', namespace));
  const zh = flatten(textsOf('zh-CN', namespace));

  it('has the same keys in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it('speaks of the same values', () => {
    // A hint may leave a name out that Chinese need not repeat, and the other way round; sentences may not.
    for (const [key, params] of en)
      expect(`${key}: ${unique(zh.get(key))}`).toBe(`${key}: ${unique(params)}`);
  });

  it('leaves no sentence empty', () => {
    const walk = (tree: object): void => {
      for (const value of Object.values(tree)) {
        if (typeof value === 'string') expect(value.trim()).not.toBe('');
        else walk(value as object);
      }
    };
    walk(textsOf('en', namespace));
    walk(textsOf('zh-CN', namespace));
  });
});

it.each(['en', 'zh-CN'] as const)(
  'advises an undo in %s to free the address, and no other one',
  (language) => {
    const { hint } = createSentences(createI18n(language, words));
    const params = { address: '10.70.1.9', container: 'db', host: 'e2', network: 'lan' };
    const taken = problem('address_in_use_elsewhere', params);
    const said = hint(inUndo(taken));
    expect(said).toBe((textsOf(language, 'common') as { freeFirst: string }).freeFirst);
    expect(said).not.toBe(hint(taken));
    if (language === 'en') expect(said).toBe(inUndo(taken).hint);
  },
);

it('calls the address that is suggested no next one: by the rule it need not be', () => {
  const said = JSON.stringify(['change', 'inspector', 'addresses'].map((each) => textsOf('en', each)));
  expect(said).toContain('a free address that engines hand out last or never');
  expect(said).not.toMatch(/next free/i);
});

it('takes changes back in Chinese by the word of the button', () => {
  expect(textsOf('zh-CN', 'change')).toMatchObject({ recover: { actions: { 'roll-back': '撤回' } } });
  for (const namespace of namespaces)
    expect(JSON.stringify(textsOf('zh-CN', namespace))).not.toContain('回滚');
});

describe('codes', () => {
  it.each([...errorCodes, ...noticeCodes])('%s has a sentence in both languages', (code) => {
    expect(resources.en.errors[code]).toBeTypeOf('string');
    expect(resources['zh-CN'].errors[code]).toBeTypeOf('string');
  });
});

describe('sentences', () => {
  const problem: Problem = {
    code: 'address_in_use',
    message: 'whole English sentence',
    hint: 'English hint',
    params: { address: '10.0.0.5', container: 'web', network: 'lan', host: 'a' },
  };

  it('are translated with their values', () => {
    const zh = createSentences(createI18n('zh-CN'));
    expect(zh.problem(problem)).toBe('10.0.0.5 已被本机 a 的网络 lan 上的 web 使用。');
    expect(zh.hint(problem)).toContain('web');
  });

  it('fall back to the whole English one when a value is missing', () => {
    const zh = createSentences(createI18n('zh-CN'));
    expect(zh.problem({ ...problem, params: { address: '10.0.0.5' } })).toBe('whole English sentence');
  });

  it('use the variant that the context names, and not the plain hint with it', () => {
    const zh = createSentences(createI18n('zh-CN'));
    const params = { container: 'web', network: 'lan', address: '10.0.0.5' };
    const same: Problem = {
      code: 'nothing_to_do',
      message: 'x',
      params: { ...params, context: 'same_address' },
    };
    expect(zh.problem(same)).toBe('web 在 lan 上的固定地址已是 10.0.0.5。');
    const loopback: Problem = {
      code: 'parent_invalid',
      message: 'x',
      params: { parent: 'lo', context: 'loopback' },
    };
    expect(zh.hint(loopback)).toBeUndefined();
  });
});

describe('chooseLanguage', () => {
  it('obeys the preference, else the system', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('auto', ['zh-Hans-CN', 'en'])).toBe('zh-CN');
    expect(chooseLanguage('auto', ['de-DE', 'zh-TW'])).toBe('zh-CN');
    expect(chooseLanguage('auto', ['en-GB', 'zh-CN'])).toBe('en');
    expect(chooseLanguage('auto', [])).toBe('en');
  });
});
