import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineConnectionSchema } from '../../model';
import { addressOf, connectionOf } from './engine-address';

const read = (text: string) => {
  const result = connectionOf(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

describe('connectionOf', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock'],
    ['/var/run/docker.sock', 'unix:///var/run/docker.sock'],
    [' UNIX:///var//run/./docker.sock ', 'unix:///var/run/docker.sock'],
    ['tcp://192.0.2.10:2376', 'tcp://192.0.2.10:2376'],
    ['tcp://Host.Example', 'tcp://host.example:2375'],
    ['tcp://host:2375/', 'tcp://host:2375'],
    ['http://127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
    ['https://host', 'tcp://host:2376'],
    ['127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
    ['tcp://[FD00::1]:2375', 'tcp://[fd00::1]:2375'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['npipe://\\\\.\\pipe\\docker_engine', 'npipe:////./pipe/docker_engine'],
    ['ssh://Atlas', 'ssh://Atlas'],
    ['ssh://admin@atlas:2222/', 'ssh://admin@atlas:2222'],
    ['ssh://admin@[fd00::1]:2222', 'ssh://admin@[fd00::1]:2222'],
    ['ssh://atlas/var/run/docker.sock', 'ssh://atlas'],
    ['ssh://atlas/run/podman/podman.sock', 'ssh://atlas/run/podman/podman.sock'],
    ['ssh://a@b?jump=c@d:22,e', 'ssh://a@b?jump=c@d:22,e'],
    ['context://prod-1', 'context://prod-1'],
  ])('reads %s', (text, address) => {
    expect(addressOf(read(text))).toBe(address);
  });

  it.each([
    'a%b',
    '%s%n%x',
    'a%62',
    'a|b',
    'a<b',
    'a^b',
    '[::g]',
    '[1%2%3]',
    'a\0b',
    'a\u001bb',
    '-x',
    'a\u202eb',
    '$(x)',
  ])('takes no host “%s”, by no way', (host) => {
    for (const text of [`tcp://${host}:2375`, `https://${host}`, `${host}:2375`, `ssh://me@${host}:22`])
      expect(connectionOf(text).ok, text).toBe(false);
  });

  it('takes the zone of a link-local address', () => {
    expect(read('tcp://[fe80::1%eth0]:2375')).toMatchObject({ host: 'fe80::1%eth0' });
    expect(addressOf(read('tcp://[fe80::1%eth0]:2375'))).toBe('tcp://[fe80::1%eth0]:2375');
    expect(connectionOf('tcp://1.2.3.256:2375').ok).toBe(false);
  });

  it('gives the parts that a connection needs', () => {
    expect(read('tcp://[fd00::1]:99')).toEqual({
      kind: 'tcp',
      host: 'fd00::1',
      port: 99,
      tls: null,
      plainAccepted: false,
    });
    expect(read('/run/x.sock')).toEqual({ kind: 'socket', path: '/run/x.sock' });
    expect(read('ssh://me@h:7/x.sock')).toEqual({
      kind: 'ssh',
      host: 'h',
      port: 7,
      user: 'me',
      socket: '/x.sock',
    });
  });

  it('takes 2376 and https for TLS, and nothing for an acceptance of plain TCP', () => {
    expect(read('tcp://host:2376')).toMatchObject({ tls: {}, plainAccepted: false });
    expect(read('https://host:99')).toMatchObject({ tls: {} });
    expect(read('tcp://host:2375')).toMatchObject({ tls: null, plainAccepted: false });
  });

  it.each([
    '',
    '  ',
    'docker.sock',
    'unix://',
    'unix://relative/path',
    'unix:///',
    'unix:///var/run/',
    'tcp://',
    'tcp://host:0',
    'tcp://host:65536',
    'tcp://host:abc',
    'tcp://host:2375/path',
    'tcp://user@host:2375',
    'npipe://docker_engine',
    'ssh://',
    'ssh://@host',
    'ssh://user:secret@host',
    'ssh://host:0',
    'ssh://host -oProxyCommand=x',
    'ssh://host?jump=',
    'ssh://host?other=1',
    'context://',
    'context://../x',
    'ftp://host',
    'fd://',
  ])('refuses "%s" and names the field', (text) => {
    expect(connectionOf(text)).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'host' } });
  });

  it('does not repeat a password that stood in an address', () => {
    expect(JSON.stringify(connectionOf('ssh://user:secret@host'))).not.toContain('secret');
  });

  it('reads back every address that is written, as a connection of the settings', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9.-]{0,20}$/);
    const port = fc.integer({ min: 1, max: 65_535 });
    const path = fc.stringMatching(/^(\/[a-z0-9_.-]*[a-z0-9])+$/).filter((text) => !text.includes('/..'));
    const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
    const ssh = fc
      .record({ host: name, port: maybe(port), user: maybe(name), socket: maybe(path), jump: maybe(name) })
      .map((each) => ({ kind: 'ssh' as const, ...each }));
    fc.assert(
      fc.property(ssh, (connection) => {
        const address = addressOf(engineConnectionSchema.parse(connection));
        const back = read(address);
        expect(engineConnectionSchema.safeParse(back).success).toBe(true);
        expect(addressOf(back)).toBe(address);
      }),
    );
  });
});
