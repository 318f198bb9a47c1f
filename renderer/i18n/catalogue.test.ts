import { describe, expect, it } from 'vitest';
import type { ErrorCode, NoticeCode } from '../../shared/model';
import { noticeTexts, notice, problemOfValues, problemTexts, type NoticeParams } from '../../shared/texts';
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
