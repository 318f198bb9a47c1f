import { describe, expect, it } from 'vitest';
import { errorCodes, noticeSchema, problemSchema } from './shapes';
import { englishHints, englishNotices, englishProblems, fillSentence, notice, problem } from './messages';
import { fillText } from './text';

it('a host without a name is set without gaps in Chinese, and with them in English', () => {
  expect(fillSentence('无法连接 {{host}} 上的 {{what}}', { what: 'eth0' }, '该主机')).toBe(
    '无法连接该主机上的 eth0',
  );
  expect(fillSentence('无法连接 {{host}} 上的', { host: 'atlas' }, '该主机')).toBe('无法连接 atlas 上的');
  expect(fillSentence('nothing on {{host}} is so', {}, 'the host')).toBe('nothing on the host is so');
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
