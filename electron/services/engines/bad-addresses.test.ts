import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineConnection, Result } from '../../../shared/model';
import { SshLab, type SshHost } from '../../docker/ssh/testing';
import { settingsConsole, type SettingsConsole } from '../testing/settings-console';

/** Addresses and files that nobody can mean, through the commands: each is a problem of its own, and changes nothing. */
let folder = '';
let on: SettingsConsole;
let lab: SshLab;
let host: SshHost;
let closed = 0;
const untrusted = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-bad-'));
  lab = new SshLab();
  host = await lab.host();
  writeFileSync(join(folder, 'known_hosts'), `${host.knownLine()}\n`);
  closed = await closedPort();
  mkdirSync(join(folder, 'home'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  writeFileSync(join(folder, 'sparse'), '');
  truncateSync(join(folder, 'sparse'), 100 * 1024 * 1024);
  on = await settingsConsole(folder);
});
afterAll(async () => {
  await on.core.dispose();
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const written = (): string => {
  try {
    return readFileSync(join(folder, 'engines.yaml'), 'utf8');
  } catch {
    return 'absent';
  }
};
const problemOf = (result: Result<unknown>) => (result.ok ? { code: 'none' } : result.error);
const ssh = (more: object): EngineConnection => ({ kind: 'ssh', host: '127.0.0.1', user: 'root', ...more });

describe('an SSH host that can’t be reached', () => {
  const places: [string, () => EngineConnection][] = [
    ['refuses', () => ssh({ port: closed })],
    ['has no address', () => ssh({ host: 'no-such.invalid' })],
  ];
  it.each(places)('as it %s is told as such, with a key to trust and without', async (_, connection) => {
    for (const trust of [untrusted, undefined]) {
      const input = { connection: connection(), ...(trust && { trust }) };
      expect(problemOf(await on.run('engines.test', input))).toMatchObject({ code: 'engine_unreachable' });
    }
    expect(on.reported).toEqual([]);
  });
});

describe('a host name that is none', () => {
  it.each(['%s%n%x', 'a%b', 'a b', 'a/b', 'http://a', 'a%00b'])(
    '(%s) is refused before anything is written',
    async (name) => {
      const before = await on.value('engines.configs', {});
      const file = written();
      for (const connection of [
        { kind: 'tcp', host: name, port: 2375, plainAccepted: true },
        { kind: 'tcp', host: name, port: 2376, tls: {} },
        ssh({ host: name }),
      ] as EngineConnection[])
        for (const result of [
          await on.run('engines.test', { connection }),
          await on.run('engines.test', { connection, trust: untrusted }),
          await on.run('engines.add', { connection }),
        ])
          expect(problemOf(result)).toMatchObject({
            code: 'invalid_input',
            field: expect.stringMatching(/^connection/) as string,
          });
      expect(await on.value('engines.configs', {})).toEqual(before);
      expect(written()).toBe(file);
      expect(on.reported).toEqual([]);
    },
  );
});

const files: [string, () => string][] = [
  ['a device without end', () => '/dev/zero'],
  ['a pipe that nobody writes to', () => join(folder, 'pipe')],
  ['a folder', () => join(folder, 'home')],
  ['far too large', () => join(folder, 'sparse')],
];
const pastGb = () => process.memoryUsage().rss > 2 * 1024 ** 3;

describe('a file of a connection', () => {
  it.each(files)('for TLS that is %s is told at its field', async (_, file) => {
    for (const part of ['ca', 'cert'] as const) {
      const tls = part === 'ca' ? { ca: file() } : { cert: file(), key: file() };
      const connection: EngineConnection = {
        kind: 'tcp',
        host: '127.0.0.1',
        port: closed,
        tls,
        plainAccepted: false,
      };
      expect(problemOf(await on.run('engines.test', { connection }))).toMatchObject({
        code: 'tls_files',
        params: { file: file() },
        field: part === 'ca' ? 'connection.tls.ca' : 'connection.tls.cert',
      });
    }
    expect([on.reported, pastGb()]).toEqual([[], false]);
  });

  it.each(files)('for SSH that is %s is told at its field', async (_, file) => {
    const connection = ssh({ port: host.port, keyFile: file() });
    expect(problemOf(await on.run('engines.test', { connection }))).toMatchObject({
      code: 'ssh_key_unreadable',
      params: { file: file() },
      field: 'connection.keyFile',
    });
    expect([on.reported, pastGb()]).toEqual([[], false]);
  });

  it('is told on the card of a host that was added with it', async () => {
    const connection: EngineConnection = {
      kind: 'tcp',
      host: '127.0.0.1',
      port: closed,
      tls: { ca: '/dev/zero' },
      plainAccepted: false,
    };
    const added = await on.run('engines.add', { connection });
    expect(added.ok).toBe(true);
    await expect
      .poll(() => on.deltas.flatMap((each) => each.engine?.problem?.code ?? []), { timeout: 20_000 })
      .toContain('tls_files');
    expect(on.reported).toEqual([]);
  });
});
