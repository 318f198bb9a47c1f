import { readFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { Client, type ConnectConfig } from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLab, type Lab } from '../start';
import type { LabHost } from '../host';
import { run, cleanEnv } from '../run';

let lab: Lab;
let h1: LabHost;
let h2: LabHost;
const clients: { end(): void }[] = [];

beforeAll(async () => {
  lab = await startLab({ hosts: [{ tls: true, ssh: true }, { ssh: true }] });
  [h1, h2] = lab.hosts as [LabHost, LabHost];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await Promise.all(lab.hosts.map((host) => host.clean()));
});
afterAll(() => lab.down());

const tls = () => h1.tls!;
const ssh = (host = h1) => host.ssh!;

describe('an engine behind TLS', () => {
  const ask = (options: RequestOptions = {}) =>
    new Promise<string>((resolve, reject) => {
      const call = request({
        host: tls().address,
        port: tls().port,
        path: '/_ping',
        ...files(tls()),
        ...options,
      });
      call.on('error', reject).on('response', (answer) => {
        answer.setEncoding('utf8').once('data', resolve);
      });
      call.end();
    });
  const files = ({ ca, cert, key }: { ca: string; cert: string; key: string }) => ({
    ca: readFileSync(ca),
    cert: readFileSync(cert),
    key: readFileSync(key),
  });

  it('is the one behind the socket, for the docker CLI too', async () => {
    const env = { ...cleanEnv, DOCKER_CERT_PATH: tls().folder, DOCKER_CONFIG: lab.dir };
    const argv = ['docker', '--tlsverify', '-H', tls().endpoint, 'info', '-f', '{{.Name}}'];
    expect(await run(argv, { env })).toBe('h1\n');
  });

  it('refuses certificates that are out of date, foreign, or missing', async () => {
    const { ca } = files(tls());
    for (const bad of [tls().expired, tls().foreign, undefined]) {
      const { cert, key } = bad ? files(bad) : {};
      await expect(ask({ ca, cert, key, agent: false })).rejects.toThrow(/certificate|ECONNRESET|alert/);
    }
    expect(await ask()).toBe('OK');
  });

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['misnamed', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['foreign', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('shows a certificate that is %s when told to, until it is cleaned', async (which, code) => {
    await tls().show(which);
    await expect(ask({ agent: false })).rejects.toMatchObject({ code });
    await h1.clean();
    expect(await ask({ agent: false })).toBe('OK');
  });

  it('falls silent when the cable is pulled, and goes on where it was when it is back', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    clients.push({ end: () => agent.destroy() });
    expect(await ask({ agent })).toBe('OK');
    await h1.linkDown();
    let answer = '';
    const asked = ask({ agent }).then((text) => (answer = text));
    // The engine is there and hears nothing: by its own socket it answers meanwhile.
    for (let i = 0; i < 20; i++) expect((await h1.api('GET', '/_ping')).body).toBe('OK');
    expect(answer).toBe('');
    await h1.linkUp();
    expect(await asked).toBe('OK');
  });
});

/** A connection as a console makes one; rejects with the client's own words. */
async function login(host: LabHost, options: ConnectConfig = {}): Promise<Client> {
  const client = new Client();
  clients.push(client);
  const { host: address, port, user, keyFile } = ssh(host);
  const key = options.agent ? {} : { privateKey: readFileSync(keyFile) };
  const where = options.sock ? {} : { host: address, port };
  const ready = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).on('error', reject);
  });
  client.connect({ ...where, username: user, ...key, ...options });
  await ready;
  return client;
}

const ping = 'GET /_ping HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n';

/** What the engine at the far end says, over its socket there. */
async function askEngine(client: Client): Promise<string> {
  const stream = await new Promise<Duplex>((resolve, reject) =>
    client.openssh_forwardOutStreamLocal('/var/run/docker.sock', (error, channel) => {
      if (error) reject(error);
      else resolve(channel);
    }),
  );
  stream.end(ping);
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}

/** The fingerprint that a connection meets. */
async function metAt(host: LabHost): Promise<string> {
  let met = '';
  const client = await login(host, {
    hostHash: 'sha256',
    hostVerifier: (hash: string) => ((met = Buffer.from(hash, 'hex').toString('base64')), true),
  });
  client.end();
  return `SHA256:${met.replace(/=+$/, '')}`;
}

describe('a host behind SSH', () => {
  it('forwards to its engine’s socket, for a plain key, one behind a passphrase, and an agent', async () => {
    expect(await askEngine(await login(h1))).toContain('200 OK');
    const { passphraseKeyFile, passphrase } = ssh();
    const privateKey = readFileSync(passphraseKeyFile);
    expect(await askEngine(await login(h1, { privateKey, passphrase }))).toContain('200 OK');
    await expect(login(h1, { privateKey })).rejects.toThrow(/passphrase/);
    const agent = await ssh().agent(['protected']);
    expect(await askEngine(await login(h1, { agent: agent.socket }))).toContain('200 OK');
    await agent.clear();
    await expect(login(h1, { agent: agent.socket })).rejects.toThrow(/authentication methods failed/);
    await agent.stop();
  });

  it('lets no stranger in', async () => {
    const privateKey = readFileSync(ssh().strangerKeyFile);
    await expect(login(h1, { privateKey })).rejects.toThrow(/authentication methods failed/);
  });

  it('is the way to the next host', async () => {
    const jump = await login(h1);
    const { lanAddress, lanPort } = ssh(h2);
    const sock = await new Promise<Duplex>((resolve, reject) =>
      jump.forwardOut('127.0.0.1', 0, lanAddress, lanPort, (error, channel) => {
        if (error) reject(error);
        else resolve(channel);
      }),
    );
    const answer = await askEngine(await login(h2, { sock: sock as NonNullable<ConnectConfig['sock']> }));
    expect(answer).toContain('200 OK');
  });

  it('has the key that its fingerprint names, each its own, and another once that is changed', async () => {
    const before = ssh().hostKeyFingerprint;
    expect(await metAt(h1)).toBe(before);
    expect(await metAt(h2)).toBe(ssh(h2).hostKeyFingerprint);
    await ssh().rotateHostKey();
    expect(ssh().hostKeyFingerprint).not.toBe(before);
    expect(await metAt(h1)).toBe(ssh().hostKeyFingerprint);
    expect(ssh().knownHostsLine).toMatch(/^\[127\.0\.0\.1\]:\d+ ssh-ed25519 [A-Za-z0-9+/]+=*$/);
  });

  it('drops the connections that there are, and takes new ones', async () => {
    const client = await login(h1);
    // `events.once` would reject with the error that may come first: a write to what has been cut off.
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.on('error', () => undefined);
    expect(await ssh().dropConnections()).toBeGreaterThan(0);
    await closed;
    expect(await askEngine(await login(h1))).toContain('200 OK');
  });

  it('forbids what it is told to, until it is cleaned', async () => {
    await ssh().configure({ socketForwarding: false });
    await expect(askEngine(await login(h1))).rejects.toThrow(/open failed/);
    await h1.clean();
    expect(await askEngine(await login(h1))).toContain('200 OK');
  });

  it('refuses connections while its sshd is stopped, and leaves them waiting while it is paused', async () => {
    await ssh().stop();
    await expect(login(h1)).rejects.toThrow(/ECONNRESET|closed|before handshake/);
    await ssh().start();
    ssh().pause();
    let state = 'waiting';
    const late = login(h1).then((client) => ((state = 'in'), client));
    // Another host's answers meanwhile.
    expect(await askEngine(await login(h2))).toContain('200 OK');
    expect(state).toBe('waiting');
    ssh().resume();
    expect(await askEngine(await late)).toContain('200 OK');
  });

  it('is silent while its cable is pulled', async () => {
    const client = await login(h1);
    await h1.linkDown();
    const asked = askEngine(client);
    expect(await askEngine(await login(h2))).toContain('200 OK');
    await h1.linkUp();
    expect(await asked).toContain('200 OK');
  });
});
