import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createEngineClient,
  engineIdFor,
  testEngine,
  trustHostKey,
  type AccessContext,
  type EngineClient,
} from '../../electron/docker';
import { givenClients } from '../../electron/services/testing/given-engines';
import { engineConnectionSchema, type EngineConnection } from '../../shared/model';
import { startProxy } from '../faults/proxy';
import type { LabHost } from '../lab/host';
import { until } from '../lab/poll';
import { startLab, type Lab } from '../lab/start';
import { startConsole } from './console';
import { lan, refusal } from './engine-client.helpers';

/** Real engines the ways an admin reaches them: through TLS with certificates, and through a real sshd. */
let lab: Lab;
let h1: LabHost;
let h2: LabHost;
let home: string;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  lab = await startLab({ hosts: [{ tls: true, ssh: true }, { ssh: true }] });
  [h1, h2] = lab.hosts as [LabHost, LabHost];
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trunkline-home-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(home, { recursive: true, force: true });
  await Promise.all(lab.hosts.map((host) => host.clean()));
});
afterAll(() => lab.down());

const tls = () => h1.tls!;
const ssh = (host = h1) => host.ssh!;

const access = (more: Partial<AccessContext> = {}): AccessContext => ({
  home,
  env: {},
  knownHostsFile: join(home, 'known_hosts'),
  passphrase: async () => undefined,
  ...more,
});
const know = (...lines: string[]) => writeFileSync(access().knownHostsFile, `${lines.join('\n')}\n`);

function client(connection: EngineConnection, more: Partial<AccessContext> = {}, timeoutMs?: number) {
  const engineId = engineIdFor(h1.endpoint);
  const made = createEngineClient({
    engineId,
    connection,
    access: access(more),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  ends.push(() => made.close());
  return made;
}

const nameOf = async (each: EngineClient) => (await each.facts()).hostName;

describe('a real engine behind TLS', () => {
  const byTls = (files: { ca?: string; cert?: string; key?: string } = tls()): EngineConnection =>
    engineConnectionSchema.parse({
      kind: 'tcp',
      host: tls().address,
      port: tls().port,
      tls: { ca: files.ca, cert: files.cert, key: files.key },
    });

  it('is worked with like any other', async () => {
    const one = client(byTls());
    expect(await nameOf(one)).toBe('h1');
    const id = await one.createNetwork(lan);
    expect(await one.network(id)).toMatchObject({ name: 'lan', parent: 'eth1' });
    await one.removeNetwork(id);
  });

  it('refuses certificates that are out of date, foreign or missing, each told as what it is', async () => {
    const { expired, foreign, ca } = tls();
    const why = (files: object) => refusal(client(byTls({ ca, ...files })).facts());
    expect(await why({ cert: expired.cert, key: expired.key })).toMatchObject({
      code: 'tls_expired',
      params: { context: 'client' },
    });
    expect((await why({ cert: foreign.cert, key: foreign.key })).code).toBe('tls_client_refused');
    expect((await why({})).code).toBe('tls_client_refused');
  });

  it('is not spoken to where it is another than it says, or its certificate is over', async () => {
    const why = () => refusal(client(byTls()).facts());
    await tls().show('expired');
    expect(await why()).toMatchObject({ code: 'tls_expired' });
    await tls().show('misnamed');
    expect(await why()).toMatchObject({ code: 'tls_name_mismatch', params: { names: 'elsewhere.example' } });
    await tls().show('foreign');
    expect((await why()).code).toBe('tls_untrusted');
  });

  it('answers plain TCP so that the admin is told to use TLS', async () => {
    const plain = { kind: 'tcp', host: tls().address, port: tls().port, tls: null } as const;
    expect((await refusal(client({ ...plain, plainAccepted: false }).facts())).code).toBe(
      'plain_tcp_unaccepted',
    );
    expect(await refusal(client({ ...plain, plainAccepted: true }).facts())).toMatchObject({
      code: 'tls_client_refused',
      params: { context: 'plain' },
    });
  });

  it('is reached by a Docker context, whose folder stays as it is', async () => {
    const hash = createHash('sha256').update('lab').digest('hex');
    const meta = join(home, '.docker/contexts/meta', hash);
    const certs = join(home, '.docker/contexts/tls', hash, 'docker');
    for (const folder of [meta, certs]) mkdirSync(folder, { recursive: true });
    const file = join(meta, 'meta.json');
    writeFileSync(file, JSON.stringify({ Name: 'lab', Endpoints: { docker: { Host: tls().endpoint } } }));
    for (const name of ['ca', 'cert', 'key'] as const) copyFileSync(tls()[name], join(certs, `${name}.pem`));
    const before = [readFileSync(file, 'utf8'), readdirSync(join(home, '.docker'), { recursive: true })];
    const one = client({ kind: 'context', context: 'lab', plainAccepted: false });
    expect(await nameOf(one)).toBe('h1');
    expect([readFileSync(file, 'utf8'), readdirSync(join(home, '.docker'), { recursive: true })]).toEqual(
      before,
    );
  });
});

describe('a real engine behind sshd', () => {
  const bySsh = (host = h1, more: object = {}): Extract<EngineConnection, { kind: 'ssh' }> => {
    const { host: at, port, user, keyFile } = ssh(host);
    return { kind: 'ssh', host: at, port, user, keyFile, ...more };
  };

  it('is accepted by its fingerprint, tested, and worked with', async () => {
    const unknown = await refusal(testEngine(bySsh(), access()));
    expect(unknown).toMatchObject({
      code: 'ssh_host_unknown',
      params: { type: 'ssh-ed25519', fingerprint: ssh().hostKeyFingerprint },
    });
    const trust = String(unknown.params?.fingerprint);
    expect(await testEngine(bySsh(), access(), { trust })).toMatchObject({ name: 'h1', product: 'docker' });
    expect(readFileSync(access().knownHostsFile, 'utf8').trim()).toBe(ssh().knownHostsLine);
    const one = client(bySsh());
    const id = await one.createNetwork(lan);
    expect(await one.network(id)).toMatchObject({ name: 'lan' });
    await one.removeNetwork(id);
    // One connection: what serves it is all that there is to end.
    expect(await Promise.all(Array.from({ length: 200 }, () => one.ping(60_000)))).toHaveLength(200);
  });

  it('lets in by a key behind a passphrase, and by an agent of the admin’s', async () => {
    know(ssh().knownHostsLine);
    const locked = bySsh(h1, { keyFile: ssh().passphraseKeyFile });
    expect((await refusal(testEngine(locked, access()))).code).toBe('ssh_passphrase_needed');
    expect((await refusal(testEngine(locked, access(), { passphrase: 'no' }))).code).toBe(
      'ssh_passphrase_wrong',
    );
    expect(await testEngine(locked, access(), { passphrase: ssh().passphrase })).toMatchObject({
      name: 'h1',
    });
    const agent = await ssh().agent(['stranger', 'protected']);
    ends.push(() => agent.stop());
    const { keyFile: _, ...bare } = bySsh();
    const withAgent = access({ env: { SSH_AUTH_SOCK: agent.socket } });
    expect(await testEngine(bare, withAgent)).toMatchObject({ name: 'h1' });
    await agent.clear();
    expect((await refusal(testEngine(bare, withAgent))).code).toBe('ssh_auth_failed');
  });

  it('lets no stranger in', async () => {
    know(ssh().knownHostsLine);
    const stranger = bySsh(h1, { keyFile: ssh().strangerKeyFile });
    expect(await refusal(testEngine(stranger, access()))).toMatchObject({
      code: 'ssh_auth_failed',
      params: { user: 'root', tried: expect.stringContaining(ssh().strangerKeyFile) as string },
    });
  });

  it('with another key than before is refused, and can’t be accepted', async () => {
    know(ssh().knownHostsLine);
    await ssh().rotateHostKey();
    expect(await refusal(testEngine(bySsh(), access()))).toMatchObject({
      code: 'ssh_host_changed',
      params: { fingerprint: ssh().hostKeyFingerprint, file: access().knownHostsFile, line: 1 },
    });
    const accepted = trustHostKey(bySsh(), access(), ssh().hostKeyFingerprint);
    expect((await refusal(accepted)).code).toBe('ssh_host_changed');
  });

  it('is reached through another host, as ~/.ssh/config says', async () => {
    mkdirSync(join(home, '.ssh'));
    const { host, port, user, keyFile } = ssh();
    const behind = ssh(h2);
    writeFileSync(
      join(home, '.ssh/config'),
      `Host bastion\n HostName ${host}\n Port ${port}\n User ${user}\n IdentityFile ${keyFile}\n` +
        `Host inner\n HostName ${behind.lanAddress}\n User root\n IdentityFile ${behind.keyFile}\n ProxyJump bastion\n`,
    );
    know(ssh().knownHostsLine, behind.lanKnownHostsLine);
    expect(await testEngine({ kind: 'ssh', host: 'inner' }, access())).toMatchObject({ name: 'h2' });
    await ssh().configure({ tcpForwarding: false });
    expect(await refusal(testEngine({ kind: 'ssh', host: 'inner' }, access()))).toMatchObject({
      code: 'ssh_forward_refused',
      params: { context: 'jump', host: 'bastion' },
    });
  });

  it('says what its sshd forbids, and what is not there', async () => {
    know(ssh().knownHostsLine);
    const absent = bySsh(h1, { socket: '/nonexistent.sock' });
    expect(await refusal(testEngine(absent, access()))).toMatchObject({
      code: 'ssh_forward_refused',
      params: { socket: '/nonexistent.sock' },
    });
    await ssh().configure({ socketForwarding: false });
    expect((await refusal(testEngine(bySsh(), access()))).code).toBe('ssh_forward_refused');
  });

  it('that hangs or is gone holds up nobody else', async () => {
    know(ssh().knownHostsLine, ssh(h2).knownHostsLine);
    ssh().pause();
    ends.push(() => ssh().resume());
    const hanging = Array.from({ length: 19 }, () => client(bySsh(), {}, 60_000));
    const waiting = hanging.map((each) => refusal(each.facts()));
    expect(await nameOf(client(bySsh(h2)))).toBe('h2');
    for (const each of hanging) each.close();
    for (const each of await Promise.all(waiting)) expect(each.code).toBe('engine_unreachable');
    expect((await refusal(testEngine(bySsh(), access(), { timeoutMs: 500 }))).code).toBe('engine_timeout');
  });

  it('is reached again by itself after its connections were dropped', async () => {
    know(ssh().knownHostsLine);
    const one = client(bySsh());
    const ended = new Promise<Error>((done) => void one.events(() => undefined, done).then(() => dropped()));
    const dropped = async () => expect(await ssh().dropConnections()).toBeGreaterThan(0);
    expect(await ended).toMatchObject({ problem: { code: 'engine_unreachable' } });
    expect(await nameOf(one)).toBe('h1');
  });

  it('dropped in the middle of a change: the change is told as what it was, and console and engine agree', async () => {
    know(ssh().knownHostsLine);
    await h1.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
    const made = ['-o', `parent=${h1.nic}`, '--subnet', '10.70.1.0/24'];
    await h1.docker('network', 'create', '-d', 'macvlan', ...made, 'lan');
    const proxy = await startProxy(h1.socket);
    ends.push(() => proxy.close());
    const through = client(bySsh(h1, { socket: proxy.endpoint.replace('unix://', '') }));
    const console1 = await startConsole([h1], givenClients([through]));
    ends.push(() => console1.end());
    const web = await console1.container(h1, 'web');
    const net = await console1.network(h1, 'lan');
    proxy.fault = (call) => (call.changes && call.nth === 1 ? { kind: 'hold-after' } : undefined);
    const change = console1.change({
      kind: 'attach',
      engineId: console1.engineId(h1),
      containerId: web.id,
      networkId: net.id,
    });
    await proxy.held();
    expect(await ssh().dropConnections()).toBeGreaterThan(0);
    proxy.release();
    const result = await change;
    const attached = await until('console and engine to agree', async () => {
      const shown = (await console1.snapshot()).containers.find(({ id }) => id === web.id);
      const names = (
        await h1.docker('inspect', '-f', '{{range $k, $_ := .NetworkSettings.Networks}}{{$k}} {{end}}', 'web')
      )
        .trim()
        .split(' ');
      const online = (await console1.snapshot()).engines[0]?.state === 'online';
      const same = shown && online && shown.endpoints.length === names.length;
      return same ? { lan: names.includes('lan') } : undefined;
    });
    // What is said is what is so: refused and not attached, or done and attached.
    const said = result.ok ? result.value.state : result.error.code;
    expect([said, attached.lan]).toEqual(
      attached.lan ? ['applied', true] : [expect.stringMatching(/rolled_back|unreachable|failed/), false],
    );
  });
});
