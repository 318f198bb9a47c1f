import { describe, expect, it } from 'vitest';
import type { ErrorCode, NoticeCode } from '../../shared/model';
import {
  notice,
  noticeTexts,
  problem,
  problemOfValues,
  problemTexts,
  retried,
  type NoticeParams,
} from '../../shared/texts';
import type { TextWithVariants } from '../../shared/texts/text';
import { createI18n } from '.';
import { createSentences } from './sentences';

const en = createSentences(createI18n('en'));
const zh = createSentences(createI18n('zh-CN'));

const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);

/** Each text and each of its variants, with a value for all that it and its hint speak of. */
const rows = <C extends string>(texts: Record<C, TextWithVariants>) =>
  (Object.entries(texts) as [C, TextWithVariants][]).flatMap(([code, text]) =>
    [[undefined, text] as const, ...Object.entries(text.when ?? {})].map(([context, { message, hint }]) => {
      const names = namesIn(`${message} ${hint ?? ''}`);
      const params: Record<string, string> = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      if (context !== undefined) params['context'] = context;
      return { code, message, params };
    }),
  );
const named = <R extends { code: string; params: Record<string, string> }>(row: R) =>
  [`${row.code} ${row.params['context'] ?? ''}`, row] as const;

describe('each problem is told alike to scripts and in the window', () => {
  it.each(rows<ErrorCode>(problemTexts).map(named))('%s', (_name, { code, message, params }) => {
    const one = problemOfValues(code, params);
    expect([en.problem(one), en.hint(one)]).toEqual([one.message, one.hint]);
    expect(one.message).not.toContain('{{');
    // In Chinese with the same values, and with something to do exactly where the English has it.
    const said = zh.problem(one);
    expect(said).toMatch(/\p{Script=Han}/u);
    for (const name of namesIn(message)) expect(said).toContain(`<${name}>`);
    expect(zh.hint(one) === undefined).toBe(one.hint === undefined);
    if (one.hint !== undefined) expect(zh.hint(one)).toMatch(/\p{Script=Han}/u);
  });

  it.each(
    rows<ErrorCode>(problemTexts)
      .filter(({ message }) => message.includes('{{host}}'))
      .map(named),
  )('%s without the name of the host', (_name, { code, params: { host: _host, ...params } }) => {
    const one = problemOfValues(code, params);
    expect([en.problem(one), en.hint(one)]).toEqual([one.message, one.hint]);
    expect(one.message).toMatch(/[Tt]he host/);
    expect(zh.problem(one)).toContain('该主机');
  });
});

describe('so is each notice', () => {
  it.each(rows<NoticeCode>(noticeTexts).map(named))('%s', (_name, { code, message, params }) => {
    const one = notice(code, params as unknown as NoticeParams<typeof code>);
    expect(en.notice(one)).toBe(one.message);
    const said = zh.notice(one);
    expect(said).toMatch(/\p{Script=Han}/u);
    for (const name of namesIn(message)) expect(said).toContain(`<${name}>`);
  });
});

describe('a hint says that it is tried again', () => {
  // What the window shows of one-off tests and of failed calls are the same codes, and nobody tries those again.
  const claim = /tried again by itself|自动重新连接/;
  it('by itself for no engine’s problem alone', () => {
    const engines = rows<ErrorCode>(problemTexts).filter(({ code }) => /^(engine|ssh|tls)_/.test(code));
    expect(engines.length).toBeGreaterThan(30);
    for (const { code, params } of engines) {
      const one = problemOfValues(code, params);
      expect([one.hint, en.hint(one), zh.hint(one)].join(' ')).not.toMatch(claim);
    }
  });
  it('where somebody does, in both languages, also where there is nothing else to do', () => {
    const hinted = retried(
      problem('engine_unreachable', { context: 'no_route', host: 'a', endpoint: 'tcp://a' }),
    );
    const english =
      'Check its address, its cable and the network between. The connection is tried again by itself.';
    expect([hinted.hint, en.hint(hinted)]).toEqual([english, english]);
    expect(zh.hint(hinted)).toBe('请检查其地址、网线以及中间的网络。系统会自动重新连接。');
    const bare = retried(problem('engine_error', { context: 'silent', host: 'a', status: 500 }));
    expect([bare.hint, en.hint(bare), zh.hint(bare)]).toEqual([
      ...[
        'The connection is tried again by itself.',
        'The connection is tried again by itself.',
        '系统会自动重新连接。',
      ],
    ]);
  });
});
