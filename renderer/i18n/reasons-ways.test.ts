import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionOfContext } from '../../electron/docker/places/contexts';
import { createEngineClient } from '../../electron/docker';
import { SignIn } from '../../electron/docker/ssh/auth';
import { hopsTo, type Hop, type SshConnection } from '../../electron/docker/ssh/hops';
import { readKey } from '../../electron/docker/ssh/keys';
import { readKnownHosts } from '../../electron/docker/ssh/known-hosts-files';
import { tlsProblem } from '../../electron/docker/tls/errors';
import { failureOf } from '../../electron/services/changes/failure';
import { dispatch } from '../../electron/services/dispatch';
import { HostsFile } from '../../electron/services/engines/hosts-file';
import { connectionProblem } from '../../electron/services/engines/check';
import { Keys } from '../../electron/services/engines/keys';
import { Secrets } from '../../electron/services/engines/secrets';
import { addresses } from '../../electron/services/testing/ways';
import { ask, bearer, startTestWeb } from '../../electron/web/testing';
import type { EngineConnection, Problem } from '../../shared/model';
import { connectionOf, problem, reason } from '../../shared/rules';
import { wayReasons } from '../../shared/texts/reasons-ways';
import { Refusals, refused } from './testing/refusals';

/** Every cause that our own code gives for an address, a key or a request that can't be used, as it is really found. */
const on = new Refusals();
const { seen } = on;
const told = (one: Problem) => on.told(one);
const put = (path: string, text: string) => on.put(path, text);
beforeEach(() => on.renew());
afterAll(() => on.end());

const access = () => ({
  home: on.home,
  env: {},
  knownHostsFile: join(on.home, 'known'),
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

  it('the hosts file, with the line that it is in', async () => {
    const open = (text: string) => refused(() => HostsFile.open(put('hosts', text), addresses));
    const one = await open('# all of them\n\nunix:///a # the first\nnonsense\n');
    told(one);
    expect(one.message).toContain('entry 2 (line 4): “nonsense” is not the address of an engine');
    told(await open('version: 9'));
    told(await refused(() => HostsFile.open(join(on.home, 'gone'), addresses)));
  });

  it('private keys', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const files = [
      ...[
        join(on.home, 'gone'),
        on.home,
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
    mkdirSync(join(on.home, '.ssh/folder'));
    const atlas: SshConnection = { kind: 'ssh', host: 'atlas' };
    const one = await refused(() => hopsTo(atlas, access()));
    told(one);
    expect(JSON.stringify(one)).not.toContain('pw@');
  });

  it('known_hosts, and ways to sign in', async () => {
    told(await refused(() => readKnownHosts([on.home], 'atlas')));
    const hop = (more: Partial<Hop>): Hop => ({
      ...{ name: 'atlas', host: 'atlas', port: 22, user: 'me', knownNames: [], knownHostsFiles: [] },
      ...{ keyFiles: [], usualKeyFiles: [], onlyThese: false, ...more },
    });
    const nothing = new SignIn(hop({}), access());
    expect(await nothing.next(null)).toBe(false);
    told(nothing.problem().problem);
    const more = new SignIn(hop({ agent: join(on.home, 'no-agent') }), access());
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
    const meta = (name: string) =>
      `.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;
    put(meta('torn'), '{');
    put(meta('other'), '{"Name":"other"}');
    put(meta('far'), JSON.stringify({ Name: 'far', Endpoints: { docker: { Host: 'nonsense' } } }));
    mkdirSync(join(on.home, meta('folder')), { recursive: true });
    for (const name of ['torn', 'other', 'far', 'folder'])
      told(await refused(() => connectionOfContext({ home: on.home, env: {} }, name, false)));
    told(
      await refused(() =>
        connectionOfContext({ home: on.home, env: { DOCKER_HOST: '?' } }, 'default', false),
      ),
    );
  });

  it('requests', async () => {
    const web = await startTestWeb();
    const body = async (type: string, text: string) => {
      const { text: answer } = await ask(
        web,
        '/api/echo',
        { ...bearer(web), 'content-type': type },
        'POST',
        text,
      );
      return (JSON.parse(answer) as { error: Problem }).error;
    };
    told(await body('text/plain', '{}'));
    told(await body('application/json', '{'));
    told(await body('application/json', ' '.repeat((1 << 20) + 1)));
    await web.dispose();
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

it.each([
  problem('engine_unreachable', { context: 'cut', host: 'atlas' }),
  problem('engine_timeout', { context: 'silent', host: 'atlas', seconds: 15 }),
  { ...problem('rollback_failed', { host: 'atlas' }), message: 'Two failures. One after the other.' },
])('an engine that is lost in the midst of a change: %j', (cause) => {
  const host = { engineId: 'e1', engineName: 'atlas', steps: [], state: 'interrupted' as const };
  const ended = { results: [{ ...host, problem: cause }], inverse: null, ok: false, open: true };
  const { problem: one } = failureOf(ended);
  told(one);
  expect(one.message).toContain(cause.message);
});

it('nothing is left out: each reason has an example above', () => {
  expect(Object.keys(wayReasons).filter((code) => !seen.has(code))).toEqual([]);
});
