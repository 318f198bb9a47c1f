import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fingerprint,
  judge,
  keyType,
  knownName,
  parseKnownHosts,
  preferredAlgorithms,
  speaksOf,
} from './known-hosts';

const string = (text: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};
/** A public key as SSH sends it, of no worth. */
const keyOf = (type: string, seed = '1') => Buffer.concat([string(type), string(seed.repeat(32))]);
const line = (hosts: string, key: Buffer) => `${hosts} ${keyType(key)} ${key.toString('base64')}`;
const hashed = (name: string, salt = randomBytes(20)) =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
const read = (...lines: string[]) => parseKnownHosts(lines.join('\n'), '/k');

const ed = keyOf('ssh-ed25519');
const otherEd = keyOf('ssh-ed25519', '2');
const rsa = keyOf('ssh-rsa');

describe('a known_hosts file', () => {
  it('is read as OpenSSH writes it, what can’t be read is left out', () => {
    const known = read(
      '# a comment',
      '',
      `${line('atlas,192.0.2.1', ed)} root@atlas`,
      `@revoked ${line('*', rsa)}`,
      `@cert-authority ${line('*.example', rsa)}`,
      '@unknown-marker * ssh-rsa AAAA',
      'atlas ssh-ed25519',
      'torn',
    );
    expect(known.map(({ hosts, marker, line: at }) => [hosts, marker, at])).toEqual([
      ['atlas,192.0.2.1', undefined, 3],
      ['*', 'revoked', 4],
      ['*.example', 'cert-authority', 5],
    ]);
  });

  it('gives what OpenSSH gives for a key', () => {
    const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
    expect(fingerprint(Buffer.from(blob, 'base64'))).toBe(
      'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
    );
    expect(keyType(Buffer.from(blob, 'base64'))).toBe('ssh-ed25519');
    expect(keyType(Buffer.alloc(2))).toBe('');
  });

  it('calls a host by its port where that is not SSH’s own', () => {
    expect(knownName('Atlas', 22)).toBe('atlas');
    expect(knownName('Atlas', 2222)).toBe('[atlas]:2222');
  });

  it.each([
    ['atlas', 'atlas', true],
    ['ATLAS', 'atlas', true],
    ['atlas', 'atlas.example', false],
    ['*.example,!bad.example', 'a.example', true],
    ['*.example,!bad.example', 'bad.example', false],
    ['!bad.example', 'a.example', false],
    ['192.0.2.?', '192.0.2.7', true],
    ['192.0.2.?', '192.0.2.77', false],
    ['[atlas]:2222', '[atlas]:2222', true],
    ['[atlas]:2222', 'atlas', false],
    ['[*.example]:22?', '[a.example]:221', true],
    ['a.b', 'axb', false],
  ])('%s speaks of %s: %s', (hosts, name, expected) => {
    expect(read(line(hosts, ed)).some((each) => speaksOf(each, name))).toBe(expected);
  });

  it('keeps names hidden, and knows them all the same', () => {
    const name = fc.stringMatching(/^[a-z0-9.-]{1,30}$/);
    fc.assert(
      fc.property(name, name, fc.uint8Array({ minLength: 20, maxLength: 20 }), (one, other, salt) => {
        const [known] = read(line(hashed(one, Buffer.from(salt)), ed));
        expect(known && speaksOf(known, one)).toBe(true);
        expect(known && speaksOf(known, other)).toBe(one === other);
      }),
    );
  });

  it('is the hash that ssh-keygen -H makes', () => {
    const [known] = read(line('|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=', ed));
    expect(known && speaksOf(known, '192.168.1.61')).toBe(true);
    expect(known && speaksOf(known, '192.168.1.62')).toBe(false);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const known = parseKnownHosts(text, '/k');
        expect(judge(known, ['atlas'], ed).kind).not.toBe('known');
      }),
    );
  });
});

describe('a key that a host shows', () => {
  const of = (lines: string[], key: Buffer, names = ['atlas']) => judge(read(...lines), names, key);

  it('is known, also beside others', () => {
    expect(of([line('atlas', otherEd), line('atlas', ed)], ed)).toEqual({ kind: 'known' });
    expect(of([line(hashed('atlas'), ed)], ed)).toEqual({ kind: 'known' });
  });

  it('is unknown where nothing is known of the host', () => {
    expect(of([line('boreas', ed)], ed)).toEqual({ kind: 'unknown' });
    expect(of([], ed)).toEqual({ kind: 'unknown' });
  });

  it('has changed, and where the other is written is told', () => {
    expect(of(['', line('boreas', ed), line('atlas', otherEd)], ed)).toEqual({
      kind: 'changed',
      file: '/k',
      line: 3,
    });
  });

  it('has changed also when it is of a type by which the host is not known', () => {
    expect(of([line('atlas', rsa)], ed)).toMatchObject({ kind: 'changed', line: 1 });
    expect(of([line('atlas', rsa), line('atlas', otherEd)], ed)).toMatchObject({ kind: 'changed', line: 2 });
  });

  it('is revoked, even where another line knows it', () => {
    expect(of([line('atlas', ed), `@revoked ${line('*', ed)}`], ed)).toEqual({
      kind: 'revoked',
      file: '/k',
      line: 2,
    });
    expect(of([line('atlas', ed), `@revoked ${line('*', otherEd)}`], ed)).toEqual({ kind: 'known' });
  });

  it('is not made known by an authority: host certificates are not supported', () => {
    expect(of([`@cert-authority ${line('*', ed)}`], ed)).toEqual({ kind: 'unknown' });
  });

  it('may be known without the port, but can’t have changed there', () => {
    const names = ['[atlas]:2222', 'atlas'];
    expect(of([line('atlas', ed)], ed, names)).toEqual({ kind: 'known' });
    expect(of([line('atlas', otherEd)], ed, names)).toEqual({ kind: 'unknown' });
    expect(of([line('atlas', otherEd), line('[atlas]:2222', rsa)], otherEd, names)).toEqual({
      kind: 'known',
    });
    expect(of([line('[atlas]:2222', otherEd)], ed, names)).toMatchObject({ kind: 'changed' });
  });

  it('is never known by lines of others, whatever they are', () => {
    const type = fc.constantFrom('ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256');
    const entry = fc.record({ host: fc.constantFrom('atlas', 'boreas', '*.x', '!atlas'), type });
    fc.assert(
      fc.property(fc.array(entry), fc.boolean(), (entries, mine) => {
        const lines = entries.map(({ host, type: of }) => line(host, keyOf(of, '7')));
        if (mine) lines.push(line('atlas', ed));
        expect(judge(read(...lines), ['atlas'], ed).kind === 'known').toBe(mine);
      }),
    );
  });
});

describe('host key algorithms', () => {
  it('ask first for what the host is known by, and never for RSA with SHA-1', () => {
    expect(preferredAlgorithms(read(line('atlas', rsa)), ['atlas']).slice(0, 2)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
    ]);
    expect(preferredAlgorithms([], ['atlas'])[0]).toBe('ssh-ed25519');
    expect(preferredAlgorithms(read(line('boreas', rsa)), ['atlas'])).toHaveLength(6);
    expect(preferredAlgorithms([], ['atlas'])).not.toContain('ssh-rsa');
  });

  it('go by the name with the port before the one without', () => {
    const known = read(line('atlas', ed), line('[atlas]:2222', rsa));
    expect(preferredAlgorithms(known, ['[atlas]:2222', 'atlas'])[0]).toBe('rsa-sha2-512');
    expect(preferredAlgorithms(known, ['[atlas]:99', 'atlas'])[0]).toBe('ssh-ed25519');
  });
});
