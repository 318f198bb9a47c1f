import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes, noticeCodes, noticeSchema, problemSchema } from '../model';
import { englishHints, englishNotices, englishProblems, fillText, notice, problem } from './messages';
import { noticeTexts } from './texts/notices';
import { problemTexts } from './texts/problems';
import type { TextWithVariants } from './texts/text';

const source = readFileSync(new URL('./messages.ts', import.meta.url), 'utf8');
const paramsOf = (message: string, hint = '') =>
  [...new Set([...`${message} ${hint}`.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].join(', ');

function rows(texts: Record<string, TextWithVariants>): string[] {
  return Object.entries(texts).flatMap(([code, text]) => [
    `| ${code} | | ${paramsOf(text.message, text.hint)} |`,
    ...Object.entries(text.when ?? {}).map(
      ([context, other]) => `| ${code} | ${context} | ${paramsOf(other.message, other.hint)} |`,
    ),
  ]);
}

describe('the table in messages.ts', () => {
  it.each([...rows(problemTexts), ...rows(noticeTexts)])('has the row %s', (row) => {
    expect(source).toContain(row);
  });
  it('has no row for a code that is gone', () => {
    const listed = [...source.matchAll(/^ \* \| (\w+) \| (\w*) ?\|/gm)]
      .map((match) => match[1])
      .filter((code) => code !== 'problem' && code !== 'notice');
    expect(new Set(listed)).toEqual(new Set([...errorCodes, ...noticeCodes]));
  });
});

describe('problem', () => {
  it('fills message and hint and keeps the values', () => {
    const made = problem(
      'subnet_host_bits',
      { subnet: '10.70.1.7/24', to: '10.70.1.0/24' },
      { field: 'spec.subnet', engineId: 'e1' },
    );
    expect(made).toEqual({
      code: 'subnet_host_bits',
      message: '10.70.1.7/24 is not the start of a subnet.',
      hint: 'You probably mean 10.70.1.0/24.',
      params: { subnet: '10.70.1.7/24', to: '10.70.1.0/24' },
      field: 'spec.subnet',
      engineId: 'e1',
    });
    expect(problemSchema.parse(made)).toEqual(made);
  });
  it('takes the variant that the context names, with the variant’s own hint or none', () => {
    const made = problem('parent_invalid', { context: 'loopback', parent: 'lo' });
    expect(made.message).toBe('The loopback interface “lo” cannot carry a LAN.');
    expect(made.hint).toBeUndefined();
    expect(made.params).toEqual({ context: 'loopback', parent: 'lo' });
  });
  it('does not read a value as a pattern', () => {
    expect(problem('name_invalid', { name: '{{name}}$&' }).message).toContain('“{{name}}$&”');
  });
});

describe('notice', () => {
  it('carries the severity of its text or of its variant', () => {
    expect(notice('route_moves', { from: 'br9', to: 'aa' }).severity).toBe('warning');
    const gained = notice('route_moves', { context: 'gained', to: 'aa' });
    expect(gained.severity).toBe('info');
    expect(noticeSchema.parse(gained)).toEqual(gained);
  });
});

it('leaves a value that is missing visible', () => {
  expect(fillText('a {{b}} c', {})).toBe('a {{b}} c');
});

it('offers the texts under i18next’s keys', () => {
  expect(englishProblems['address_in_use_pinned']).toContain('{{container}}');
  expect(englishHints['parent_invalid_loopback']).toBeUndefined();
  expect(englishNotices['route_lost_gatewayless']).toContain('{{network}}');
  expect(Object.keys(englishProblems)).toEqual(expect.arrayContaining([...errorCodes]));
});
