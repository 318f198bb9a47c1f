import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namedHosts, readSshConfig } from './config-files';
import { hopsTo, type SshConnection } from './hops';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trunkline-ssh-config-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(path: string, text: string): void {
  const file = join(home, '.ssh', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const env = { USER: 'me', SSH_AUTH_SOCK: '/run/agent.sock', KEYS: '/keys' };
const hops = (more: Partial<SshConnection> = {}) =>
  hopsTo(
    { kind: 'ssh', host: 'atlas', ...more },
    {
      ...{ home, env, knownHostsFile: '/own/known_hosts', passphrase: async () => undefined },
      systemSshConfig: join(home, 'etc/ssh_config'),
    },
  );
const last = async (more: Partial<SshConnection> = {}) => (await hops(more)).at(-1);
const refused = (words: string) =>
  expect.objectContaining({
    problem: expect.objectContaining({
      code: 'ssh_config_invalid',
      message: expect.stringContaining(words) as string,
    }) as object,
  }) as Error;

describe('a host without any config', () => {
  it('is reached as SSH does by itself', async () => {
    expect(await hops({ user: 'admin' })).toEqual([
      {
        name: 'atlas',
        host: 'atlas',
        port: 22,
        user: 'admin',
        knownNames: ['atlas'],
        knownHostsFiles: [
          '/own/known_hosts',
          join(home, '.ssh/known_hosts'),
          join(home, '.ssh/known_hosts2'),
          '/etc/ssh/ssh_known_hosts',
          '/etc/ssh/ssh_known_hosts2',
        ],
        keyFiles: [],
        usualKeyFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name)),
        onlyThese: false,
        agent: '/run/agent.sock',
      },
    ]);
  });
});

describe('~/.ssh/config', () => {
  it('fills in what the connection leaves open, and yields to what it says', async () => {
    put(
      'config',
      `Host atlas
         HostName atlas.example
         Port 2222
         User root
         IdentityFile ~/.ssh/atlas_key
         IdentityFile "\${KEYS}/%r@%h"
         IdentitiesOnly yes
         IdentityAgent ~/agent.sock
         HostKeyAlias the-atlas
         UserKnownHostsFile ~/.ssh/other /dev/null
       Host *
         Port 99
         User nobody`,
    );
    expect(await last()).toMatchObject({
      host: 'atlas.example',
      port: 2222,
      user: 'root',
      knownNames: ['the-atlas'],
      keyFiles: [join(home, '.ssh/atlas_key'), '/keys/root@atlas.example'],
      onlyThese: true,
      agent: join(home, 'agent.sock'),
    });
    expect((await last())?.knownHostsFiles.slice(0, 3)).toEqual([
      '/own/known_hosts',
      join(home, '.ssh/other'),
      '/dev/null',
    ]);
    expect(await last({ port: 7, user: 'you', keyFile: '/k' })).toMatchObject({ port: 7, user: 'you' });
    expect((await last({ keyFile: '/k' }))?.keyFiles[0]).toBe('/k');
    expect(await last({ host: 'boreas' })).toMatchObject({ host: 'boreas', port: 99, user: 'nobody' });
  });

  it.each([
    ['none', undefined],
    ['SSH_AUTH_SOCK', '/run/agent.sock'],
    ['$SSH_AUTH_SOCK', '/run/agent.sock'],
    ['$UNSET', undefined],
    ['%d/a.sock', 'HOME/a.sock'],
  ])('IdentityAgent %s', async (word, expected) => {
    put('config', `IdentityAgent ${word}\n`);
    expect((await last())?.agent).toBe(expected?.replace('HOME', home));
  });

  it('knows patterns, negation, and that what comes first counts', async () => {
    put('config', 'Host *.lab !bad.lab\n Port 1\nHost *\n Port 2\n');
    expect(await last({ host: 'a.lab' })).toMatchObject({ port: 1 });
    expect(await last({ host: 'bad.lab' })).toMatchObject({ port: 2 });
  });

  it('follows Match by host, user and the like', async () => {
    put(
      'config',
      `Host short
         HostName long.example
       Match host *.example !user root
         Port 1
       Match originalhost atlas,boreas user root
         Port 2
       Match all
         Port 3`,
    );
    expect(await last({ host: 'short', user: 'you' })).toMatchObject({ port: 1 });
    expect(await last({ host: 'boreas', user: 'root' })).toMatchObject({ port: 2 });
    expect(await last({ host: 'boreas', user: 'you' })).toMatchObject({ port: 3 });
  });

  it('comes back to Match final once all is known', async () => {
    put('config', 'Match final host *.example\n Port 5\nHost atlas\n HostName atlas.example\n');
    expect(await last()).toMatchObject({ port: 5 });
  });

  it('never runs what Match exec says, and tells where it would matter', async () => {
    const trace = join(home, 'ran');
    put('config', `Match exec "touch ${trace}"\n ProxyJump bastion\n`);
    await expect(hops()).rejects.toThrow(refused('Match exec'));
    put('config', `Match host boreas exec "touch ${trace}"\n ProxyJump bastion\n`);
    expect(await last()).toMatchObject({ host: 'atlas' });
    put('config', `Match exec "touch ${trace}"\n SetEnv A=b\n`);
    expect(await last()).toMatchObject({ host: 'atlas' });
    expect(existsSync(trace)).toBe(false);
  });

  it('never runs a ProxyCommand, and says what would do; a jump host of the admin’s takes its place', async () => {
    const trace = join(home, 'ran');
    put('config', `Host atlas\n ProxyCommand touch ${trace}\n`);
    await expect(hops()).rejects.toThrow(refused('ProxyCommand'));
    expect((await hops({ jump: 'bastion' })).map((hop) => hop.name)).toEqual(['bastion', 'atlas']);
    put('config', 'Host atlas\n ProxyCommand none\n');
    expect(await hops()).toHaveLength(1);
    expect(existsSync(trace)).toBe(false);
  });

  it('does not look names up to complete them, and says so', async () => {
    put('config', 'CanonicalizeHostname yes\nCanonicalDomains example\n');
    await expect(hops()).rejects.toThrow(refused('CanonicalizeHostname'));
    expect(await last({ host: 'atlas.example' })).toMatchObject({ host: 'atlas.example' });
  });

  it('reads what it includes, also by wildcard, in a block only for its hosts', async () => {
    put('config', 'Include conf.d/*.conf\nHost atlas\n Include only-atlas\nHost *\n Port 9\n');
    put('conf.d/a.conf', 'Host from-a\n Port 1\n');
    put('conf.d/b.conf', 'Host from-b\n Port 2\n');
    put('conf.d/.hidden.conf', 'Port 66\n');
    put('conf.d/c.txt', 'Port 77\n');
    put('only-atlas', 'User root\nHost other\n User wrong\n');
    expect(await last({ host: 'from-a' })).toMatchObject({ port: 1 });
    expect(await last({ host: 'from-b' })).toMatchObject({ port: 2 });
    expect(await last()).toMatchObject({ port: 9, user: 'root' });
    expect(await last({ host: 'other' })).not.toMatchObject({ user: 'wrong' });
  });

  it('ends where files include each other in a circle', async () => {
    put('config', 'Include config\n');
    await expect(hops()).rejects.toThrow(refused('too deep'));
  });

  it('that can’t be read is told of', async () => {
    mkdirSync(join(home, '.ssh', 'config'), { recursive: true });
    await expect(hops()).rejects.toThrow(refused('it is a folder'));
  });

  it.each([
    ['Port 99999', 'port'],
    ['Port many', 'port'],
    ['HostName "a,*"', 'no name of a host'],
    ['IdentityFile ~/%Q', '%Q'],
    ['ProxyJump a:b:c@', 'no jump host'],
  ])('with %s can’t be followed', async (text, words) => {
    put('config', `${text}\n`);
    await expect(hops()).rejects.toThrow(refused(words));
  });

  it('names hosts that could be added, not patterns', async () => {
    put('config', 'Host atlas boreas *.lab !x\nMatch host y\n Port 1\nInclude more\n');
    put('more', 'Host circe atlas\n');
    expect(namedHosts(await readSshConfig(home))).toEqual(['atlas', 'boreas', 'circe']);
  });
});

describe('jump hosts', () => {
  const names = async (more: Partial<SshConnection> = {}) =>
    (await hops(more)).map(({ user, host, port }) => `${user}@${host}:${port}`);

  it('come in their order, each as its own settings say', async () => {
    put(
      'config',
      `Host atlas
         ProxyJump one,you@two:2022
         User root
       Host one
         HostName one.example
         User first
       Host two
         User wrong
         Port 23
         ProxyJump never`,
    );
    expect(await names()).toEqual(['first@one.example:22', 'you@two:2022', 'root@atlas:22']);
  });

  it('have jump hosts of their own before the first', async () => {
    put('config', 'Host *\n User me\nHost atlas\n ProxyJump one\nHost one\n ProxyJump zero\n');
    expect(await names()).toEqual(['me@zero:22', 'me@one:22', 'me@atlas:22']);
  });

  it('are the connection’s before the config’s, with the admin’s key', async () => {
    put('config', 'Host *\n User me\nHost atlas\n ProxyJump one\n');
    expect(await names({ jump: 'ssh://x@other:9' })).toEqual(['x@other:9', 'me@atlas:22']);
    expect((await hops({ jump: 'other', keyFile: '/k' }))[0]?.keyFiles).toEqual(['/k']);
    put('config', 'Host atlas\n ProxyJump none\n ProxyCommand nc %h %p\n');
    expect(await hops()).toHaveLength(1);
  });

  it('that go round in a circle are refused', async () => {
    put('config', 'Host atlas\n ProxyJump one\nHost one\n ProxyJump atlas\n');
    await expect(hops()).rejects.toThrow(refused('circle'));
  });
});

describe('the system’s own ssh_config', () => {
  const putSystem = (text: string) => put('../etc/ssh_config', text);

  it('is read after the admin’s: what they said first counts, and what they left open is filled in', async () => {
    put('config', 'Host atlas\n  User ada\n  IdentityFile ~/.ssh/own\n');
    putSystem('Port 2200\nHost *\n  User root\n  IdentityFile ~/.ssh/shared\n');
    expect(await last()).toMatchObject({
      ...{ user: 'ada', port: 2200 },
      keyFiles: [join(home, '.ssh/own'), join(home, '.ssh/shared')],
    });
    expect(await last({ host: 'other' })).toMatchObject({ user: 'root', port: 2200 });
  });

  it('includes files from its own folder, as distributions have it', async () => {
    put('../etc/ssh_config.d/10-site.conf', 'Host atlas\n  Port 2022\n');
    put('ssh_config.d/10-site.conf', 'Port 1\n');
    putSystem('Include ssh_config.d/*.conf\nHost *\n  SendEnv LANG LC_*\n  GSSAPIAuthentication yes\n');
    expect(await last()).toMatchObject({ port: 2022 });
  });

  it('is followed in a second pass where it asks for one, after the admin’s own', async () => {
    put('config', 'Host atlas\n  HostName 192.0.2.7\n');
    putSystem('Match final host 192.0.2.*\n  Port 2222\n');
    expect(await last()).toMatchObject({ host: '192.0.2.7', port: 2222 });
  });

  it('runs nothing either, and says what it would have to run', async () => {
    const proof = join(home, 'ran');
    putSystem(`Host atlas\n  ProxyCommand touch ${proof}\nMatch exec "touch ${proof}"\n  Port 1\n`);
    await expect(hops()).rejects.toEqual(refused('“Match exec” is not evaluated'));
    putSystem(`Host atlas\n  ProxyCommand touch ${proof}\n`);
    await expect(hops()).rejects.toEqual(refused('ProxyCommand'));
    expect(existsSync(proof)).toBe(false);
  });

  it('that is broken is named; the hosts of it are nobody’s to find', async () => {
    putSystem('Host atlas\n  HostName "unclosed\n');
    await expect(hops()).rejects.toEqual(refused('etc/ssh_config'));
    putSystem('Host .host\n  Port 2\n');
    put('config', 'Host atlas\n');
    expect(namedHosts(await readSshConfig(home))).toEqual(['atlas']);
  });
});
