import { expect } from 'vitest';
import type { Problem, Reason } from '../../../shared/model';
import { createI18n } from '..';
import { createSentences } from '../sentences';

/** Names, which are the same in every language: formats, programs, settings, and what is typed as it stands. */
const names = [
  ...['YAML', 'JSON', 'NaN', 'null', 'IPv4', 'IPv6', 'MAC', 'Base64'],
  ...['SSH', 'TLS', 'PEM', 'OpenSSH', 'OpenSSL'],
  ...[
    'Docker',
    'Trunkline',
    'DOCKER_HOST',
    'MiB',
    'KB',
    'unix',
    'tcp',
    'ssh',
    'npipe',
    'context',
    'pipe',
    'NAME',
  ],
  ...['ProxyCommand', 'ProxyJump', 'CanonicalizeHostname', 'Include', 'Match', 'hosts-file', 'pub'],
  ...['ssh-keygen', 'ssh-add', 'ssh_config', 'config', 'authorized_keys', 'true', 'false', 'version'],
  ...[
    'connection',
    'address',
    'var',
    'run',
    'docker',
    'sock',
    'docker_engine',
    'user',
    'host',
    'docs',
    'protocol',
    'md',
  ],
  ...['ca', 'cert', 'key', 'pem', 'inspect', ...['Content-Type', 'application', 'json'], 'p', 'f', 'root'],
];

/** Values that our own code words: in a Chinese sentence they must come as what to translate. */
const ours = ['detail', 'why', 'tried', 'effect', 'reason', 'expected', 'found'];

/** What the sentence was given: paths, names and words of others. */
function valuesOf(params: Reason['params'], reasons: Record<string, Reason> = {}): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const reason = typeof value === 'object' ? value : reasons[name];
    if (reason) return valuesOf(reason.params);
    return ours.includes(name) ? [] : [String(value)];
  });
}

/** Words in Latin letters that a Chinese text has of itself. */
export function latinIn(text: string, values: readonly string[] = []): string[] {
  const longestFirst = values.filter(Boolean).sort((one, other) => other.length - one.length);
  const own = longestFirst.reduce((rest, value) => rest.replaceAll(value, ' '), text);
  const words = own.replace(/\{\{\w+\}\}/g, ' ').match(/[A-Za-z][A-Za-z0-9_-]*/g) ?? [];
  return words.filter((word) => !names.includes(word));
}

const zh = createSentences(createI18n('zh-CN'));
const en = createSentences(createI18n('en'));

/** Said wholly in the window's language: the English window says what scripts read, the Chinese one nothing of it. */
export function expectTold(one: Problem): void {
  const said = zh.whole(one);
  expect(said).toMatch(/\p{Script=Han}/u);
  expect(`${said} ${en.whole(one)}`).not.toContain('{{');
  expect(latinIn(said, valuesOf(one.params ?? {}, one.reasons)), said).toEqual([]);
  expect([en.problem(one), en.hint(one)]).toEqual([one.message, one.hint]);
}
