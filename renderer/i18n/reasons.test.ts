import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectionOfContext } from '../../electron/docker/contexts';
import { createEngineClient } from '../../electron/docker';
import { SignIn } from '../../electron/docker/ssh/auth';
import { hopsTo, type Hop, type SshConnection } from '../../electron/docker/ssh/hops';
import { readKey } from '../../electron/docker/ssh/keys';
import { readKnownHosts } from '../../electron/docker/ssh/known-hosts-files';
import { tlsProblem } from '../../electron/docker/tls/errors';
import { dispatch } from '../../electron/services/dispatch';
import { HostsFile } from '../../electron/services/engines/hosts-file';
import { connectionProblem } from '../../electron/services/engines/check';
import { Keys } from '../../electron/services/engines/keys';
import { Secrets } from '../../electron/services/engines/secrets';
import { EngineSettingsFile } from '../../electron/services/engines/settings-file';
import { Storage } from '../../electron/services/storage';
import { addresses } from '../../electron/services/testing/ways';
import { openUserFile } from '../../electron/services/user-file';
import { readJson } from '../../electron/web/api';
import { ProblemError, type EngineConnection, type Problem } from '../../shared/model';
import { connectionOf, englishReasons, problem, reason, shapeReason, systemReason } from '../../shared/rules';
import { resources } from './resources';
import { codesOf, expectTold, latinIn } from './testing/chinese';
import { misfits } from './testing/misfits';

/** Every cause that our own code gives for a file, an address or a request that can't be used, as it is really found. */
const root = mkdtempSync(join(tmpdir(), 'trunkline-reasons-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let home = root;
beforeEach(() => {
  home = mkdtempSync(join(root, 'home-'));
});

const seen = new Set<string>();
function told(one: Problem): void {
  expectTold(one);
  for (const each of Object.values(one.reasons ?? {})) for (const code of codesOf(each)) seen.add(code);
}

async function refused(work: () => unknown): Promise<Problem> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

function put(path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const access = () => ({
  home,
  env: {},
  knownHostsFile: join(home, 'known'),
  passphrase: async () => undefined,
});

describe('in both languages', () => {
  it.each([
    ['', 'unix://a', 'unix:///a/', 'npipe://x', 'tcp://a:0', 'tcp://a/b', 'ssh://me:secret@a'],
    ['ssh://a b', 'context://-', 'nonsense', 'ftp://a'],
  ])('addresses: %s %s %s %s', (...texts) => {
    for (const text of texts) {
      const read = connectionOf(text);
      if (read.ok) throw new Error(`${text} is an address`);
      told(read.error);
    }
  });

  it('connections', async () => {
    const wrong: EngineConnection[] = [
      { kind: 'tcp', host: 'me:x@a', port: 1, tls: null, plainAccepted: true },
      { kind: 'tcp', host: 'a/b', port: 1, tls: null, plainAccepted: true },
      { kind: 'ssh', host: 'a', user: 'b@c' },
      { kind: 'ssh', host: 'a/b' },
      { kind: 'ssh', host: 'a', socket: '/b.sock', jump: 'me:x@b' },
      { kind: 'tcp', host: 'a', port: 1, tls: { cert: '/c' }, plainAccepted: true },
      { kind: 'tcp', host: 'A', port: 1, tls: null, plainAccepted: true },
    ];
    for (const each of wrong) {
      const found = connectionProblem(each, addresses);
      if (found) told(found);
    }
    told(await refused(() => createEngineClient({ engineId: 'e1', endpoint: 'ssh://a' })));
    const keys = new Keys({
      inventory: { engine: () => undefined },
      ways: { test: () => Promise.reject(new Error('unused')), trust: async () => undefined },
      secrets: new Secrets(null),
      retry: () => undefined,
      onRemembered: () => undefined,
    });
    const at = (more: { keyFile?: string }) => ({
      id: 'a',
      connection: { kind: 'ssh' as const, host: 'a', ...more },
    });
    told(await refused(() => keys.unlock(at({}), 'x', false)));
    told(await refused(() => keys.unlock(at({ keyFile: '/k' }), 'x', true)));
  });

  it.each([
    ...['engines: [', 'version: 1', 'just words', 'nothing: known', 'version: one', '- { host: a }'],
    ...[
      'version: 1\nversion: 1',
      'a: &x 1\nengines: [*x]',
      'engines: *x',
      'a: b\n\tc: d',
      'a: "b',
      'a: b: c',
      '- a\n---\n- b',
    ],
    ...['a: !!bad [', '- unix:///a\n- nonsense', 'version: 1\nengines: []\npassword: x'],
    ...['- address: x', '- {}', '- { address: unix:///a, connection: { kind: socket, path: /a } }']
      .concat([
        '- address: unix:///a\n- address: unix:///a',
        '- { id: x, address: unix:///a }\n- { id: x, address: unix:///b }',
      ])
      .map((text) => `version: 1\nengines:\n${text}`),
  ])('engines.yaml: %j', async (text) => {
    const storage = new Storage(() => undefined);
    const file = put('engines.yaml', text);
    const settings = await EngineSettingsFile.open(file, addresses, storage);
    told(settings.problem() ?? (await refused(() => undefined)));
    await settings.dispose();
  });

  it('the hosts file, with the line that it is in', async () => {
    const open = (text: string) => refused(() => HostsFile.open(put('hosts', text), addresses));
    const one = await open('# all of them\n\nunix:///a # the first\nnonsense\n');
    told(one);
    expect(one.message).toContain('entry 2 (line 4): “nonsense” is not the address of an engine');
    told(await open('version: 9'));
    told(await refused(() => HostsFile.open(join(home, 'gone'), addresses)));
  });

  it('private keys', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const files = [
      ...[
        join(home, 'gone'),
        home,
        put('empty', '\n'),
        put('large', 'x'.repeat(70_000)),
        put('text', 'hello'),
      ],
      ...[put('pkcs8', pem), put('torn', pem.slice(0, 60)), put('cert', '-----BEGIN CERTIFICATE-----\n')],
      put('torn2', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n'),
      put(
        'id.pub',
        `ssh-ed25519 ${Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0 ${'x'.repeat(32)}`).toString('base64')} me`,
      ),
    ];
    for (const file of files) told(await refused(() => readKey(file, async () => undefined)));
  });

  it.each([
    'Host atlas\n ProxyJump b\nHost b\n ProxyJump atlas',
    `Host atlas\n ProxyJump ${Array.from({ length: 12 }, (_, index) => `h${index}`).join(',')}`,
    ...['CanonicalizeHostname yes', 'ProxyCommand nc %h', 'Port many', 'HostName "a b"', 'ProxyJump me:pw@b'],
    ...['ProxyJump %q', 'Match exec "true"\n Port 1', 'Include config', 'HostName "open', 'Include folder'],
  ])('~/.ssh/config: %j', async (text) => {
    put('.ssh/config', text);
    mkdirSync(join(home, '.ssh/folder'));
    const atlas: SshConnection = { kind: 'ssh', host: 'atlas' };
    const one = await refused(() => hopsTo(atlas, access()));
    told(one);
    expect(JSON.stringify(one)).not.toContain('pw@');
  });

  it('known_hosts, and ways to sign in', async () => {
    told(await refused(() => readKnownHosts([home], 'atlas')));
    const hop = (more: Partial<Hop>): Hop => ({
      ...{ name: 'atlas', host: 'atlas', port: 22, user: 'me', knownNames: [], knownHostsFiles: [] },
      ...{ keyFiles: [], usualKeyFiles: [], onlyThese: false, ...more },
    });
    const nothing = new SignIn(hop({}), access());
    expect(await nothing.next(null)).toBe(false);
    told(nothing.problem().problem);
    const more = new SignIn(hop({ agent: join(home, 'no-agent') }), access());
    expect([await more.next(null), await more.next(['password'])]).toEqual([false, false]);
    told(more.problem().problem);
    const keys = [reason('tried_agent', { keys: 'me' }), reason('tried_key', { file: '/k' })] as const;
    for (const tried of keys) told(problem('ssh_auth_failed', { user: 'me', host: 'atlas', tried }));
  });

  it('certificates, and Docker contexts', async () => {
    for (const code of ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])
      told(
        tlsProblem(Object.assign(new Error(code), { code }), 'a')?.problem ??
          (await refused(() => undefined)),
      );
    told(problem('tls_files', { file: '/c', detail: reason('cert_refused') }));
    const { createHash } = await import('node:crypto');
    const meta = (name: string) =>
      `.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;
    put(meta('torn'), '{');
    put(meta('other'), '{"Name":"other"}');
    put(meta('far'), JSON.stringify({ Name: 'far', Endpoints: { docker: { Host: 'nonsense' } } }));
    mkdirSync(join(home, meta('folder')), { recursive: true });
    for (const name of ['torn', 'other', 'far', 'folder'])
      told(await refused(() => connectionOfContext({ home, env: {} }, name, false)));
    told(await refused(() => connectionOfContext({ home, env: { DOCKER_HOST: '?' } }, 'default', false)));
  });

  it('requests', async () => {
    const body = async (type: string, text: string) => {
      const request = new IncomingMessage(new Socket());
      request.headers['content-type'] = type;
      request.push(text);
      request.push(null);
      const read = await readJson(request);
      if (read.ok) throw new Error('it was taken');
      return read.problem;
    };
    told(await body('text/plain', '{}'));
    told(await body('application/json', '{'));
    told(await body('application/json', ' '.repeat((1 << 20) + 1)));
    const answer = await dispatch(
      { 'engines.remove': () => undefined } as never,
      'engines.remove',
      {},
      () => undefined,
    );
    if (answer.ok) throw new Error('it was taken');
    told(answer.error);
    expect(answer.error).toMatchObject({
      field: 'engineId',
      message: expect.stringContaining('“engineId”: it is missing'),
    });
  });
});

describe('what zod finds wrong', () => {
  it.each(misfits.map(([schema, value]) => ({ schema, value })))(
    '$schema.type: $value',
    ({ schema, value }) => {
      for (const [wrapped, data] of [
        [schema, value],
        [z.object({ inside: z.array(schema) }), { inside: [value] }],
      ] as const) {
        const { error } = wrapped.safeParse(data);
        if (error) told(problem('invalid_input', { detail: shapeReason(error.issues, data) }));
      }
    },
  );
});

describe('what the system says', () => {
  it('of files that are really there', async () => {
    const storage = new Storage(() => undefined);
    const loop = join(home, 'loop');
    symlinkSync(loop, loop);
    const broken = (file: string) =>
      openUserFile({
        file,
        parse: (text) => z.object({ a: z.number() }).parse(JSON.parse(text)),
        empty: { a: 0 },
        storage,
        ...(file.endsWith('b.json') && { effect: reason('effect_keychain') }),
      });
    for (const file of [loop, home, put('a.json', '{'), put('b.json', '{"a":"x"}'), put('c.json', '[]')])
      await broken(file);
    expect(storage.problems()).toHaveLength(5);
    for (const one of storage.problems()) told(one);
  });

  it.each([
    'ENOENT',
    'EACCES',
    'EPERM',
    'EISDIR',
    'ENOTDIR',
    'ELOOP',
    'ENAMETOOLONG',
    'EMFILE',
    'EIO',
    'ENOSPC',
    'EDQUOT',
    'EROFS',
    'EODD',
  ])('%s', (code) => {
    const error = Object.assign(new Error(`${code}: its words, open '/x'`), { code, syscall: 'open' });
    for (const doing of ['reading', 'writing'] as const) {
      told(problem('storage_failed', { file: 'a', detail: systemReason(error, doing) }));
      told(problem('ssh_key_unreadable', { file: '/k', detail: systemReason(error, doing) }));
    }
  });

  it('or some library', () =>
    told(problem('storage_failed', { file: 'a', detail: systemReason(new Error('odd words')) })));
});

describe('texts of reasons', () => {
  it.each(Object.entries(resources['zh-CN'].reasons))('%s is Chinese', (_code, text) => {
    expect(latinIn(text)).toEqual([]);
  });

  it('nothing is left out: each has an example above', () => {
    expect(Object.keys(englishReasons).filter((code) => !seen.has(code))).toEqual([]);
  });
});
