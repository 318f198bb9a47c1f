import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineCandidate } from '../../../shared/model';
import { engineCandidates } from './candidates';
import type { AccessContext } from '../places/access';
import { connectionOfContext } from '../places/contexts';

let home: string;
const servers: Server[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trunkline-discover-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
  chmodSync(home, 0o700);
  rmSync(home, { recursive: true, force: true });
});

function config(json: unknown): void {
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(join(home, '.docker', 'config.json'), typeof json === 'string' ? json : JSON.stringify(json));
}

function context(name: string, host: string | undefined, tls: string[] = [], skip = false): void {
  const hash = createHash('sha256').update(name).digest('hex');
  const meta = join(home, '.docker', 'contexts', 'meta', hash);
  mkdirSync(meta, { recursive: true });
  const json = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: skip } } };
  writeFileSync(join(meta, 'meta.json'), JSON.stringify(json));
  if (tls.length === 0) return;
  const folder = join(home, '.docker', 'contexts', 'tls', hash, 'docker');
  mkdirSync(folder, { recursive: true });
  for (const file of tls) writeFileSync(join(folder, `${file}.pem`), 'x');
}

async function socket(path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  const server = createServer();
  servers.push(server);
  await new Promise<void>((done) => server.listen(path, done));
}

const access = (env: Record<string, string>): AccessContext => ({
  home,
  env,
  knownHostsFile: join(home, 'known_hosts'),
  passphrase: async () => undefined,
});

/** What was found in this test's home: the machine may have an engine of its own. */
async function found(env: Record<string, string> = {}): Promise<EngineCandidate[]> {
  const system = ['unix:///var/run/docker.sock', 'unix:///run/podman/podman.sock'];
  const candidates = await engineCandidates(access(env), 'linux');
  return candidates.filter(({ source, address }) => source !== 'socket' || !system.includes(address));
}

const ssh = (host: string) => ({ kind: 'ssh', host });
const named = (name: string) => ({ kind: 'context', context: name, plainAccepted: false });

describe('engineCandidates', () => {
  it('puts DOCKER_HOST before contexts before sockets', async () => {
    config({ currentContext: 'lab' });
    context('lab', 'tcp://192.0.2.7:2376', ['ca', 'cert', 'key']);
    context('far', 'ssh://root@atlas');
    await socket(join(home, '.docker', 'run', 'docker.sock'));
    const path = `${home}/.docker/run/docker.sock`;
    expect(await found({ DOCKER_HOST: 'unix:///srv/engine.sock' })).toEqual([
      {
        source: 'DOCKER_HOST',
        name: 'DOCKER_HOST',
        address: 'unix:///srv/engine.sock',
        connection: { kind: 'socket', path: '/srv/engine.sock' },
        current: true,
      },
      {
        source: 'context',
        name: 'far',
        address: 'ssh://root@atlas',
        connection: named('far'),
        current: false,
      },
      {
        source: 'context',
        name: 'lab',
        address: 'tcp://192.0.2.7:2376',
        connection: named('lab'),
        current: false,
      },
      {
        source: 'socket',
        name: path,
        address: `unix://${path}`,
        connection: { kind: 'socket', path },
        current: false,
      },
    ]);
  });

  it('marks the context that docker uses, and puts it first', async () => {
    config({ currentContext: 'lab' });
    context('far', 'ssh://root@atlas');
    context('lab', 'unix:///srv/lab.sock');
    const order = (all: EngineCandidate[]) => all.map(({ name, current }) => [name, current]);
    expect(order(await found())).toEqual([
      ['lab', true],
      ['far', false],
    ]);
    expect(order(await found({ DOCKER_CONTEXT: 'far' }))).toEqual([
      ['far', true],
      ['lab', false],
    ]);
    expect(order(await found({ DOCKER_CONTEXT: 'default' })).map(([, current]) => current)).toEqual([
      false,
      false,
    ]);
  });

  it('looks where DOCKER_CONFIG says', async () => {
    config({});
    context('lab', 'unix:///srv/lab.sock');
    const env = { DOCKER_CONFIG: join(home, '.docker') };
    const away = await engineCandidates({ ...access(env), home: '/nonexistent' }, 'linux');
    expect(away[0]).toMatchObject({ name: 'lab', address: 'unix:///srv/lab.sock' });
  });

  it('takes certificates that go with DOCKER_HOST only when TLS is asked for', async () => {
    const certs = join(home, 'certs');
    mkdirSync(certs);
    writeFileSync(join(certs, 'ca.pem'), 'x');
    const env = { DOCKER_HOST: 'tcp://h:2376', DOCKER_CERT_PATH: certs };
    expect(await found(env)).toMatchObject([
      { connection: { kind: 'tcp', tls: null }, problem: { code: 'plain_tcp_unaccepted' } },
    ]);
    const [secure] = await found({ ...env, DOCKER_TLS_VERIFY: '1' });
    expect(secure).toMatchObject({ connection: { tls: { ca: join(certs, 'ca.pem') } } });
    expect(secure).not.toHaveProperty('problem');
  });

  it('finds rootless engines and Podman by the runtime folder, and only sockets', async () => {
    const runtime = join(home, 'run');
    await socket(join(runtime, 'docker.sock'));
    mkdirSync(join(runtime, 'podman'));
    writeFileSync(join(runtime, 'podman', 'podman.sock'), 'a plain file');
    const all = await found({ XDG_RUNTIME_DIR: runtime });
    expect(all.map(({ address }) => address)).toEqual([`unix://${runtime}/docker.sock`]);
  });

  it('names a socket once', async () => {
    const path = join(home, '.docker', 'run', 'docker.sock');
    await socket(path);
    const all = await found({ DOCKER_HOST: `unix://${path}` });
    expect(all.map(({ source }) => source)).toEqual(['DOCKER_HOST']);
  });

  it('says what it can’t use and why, and goes on', async () => {
    config({ currentContext: 'gone' });
    context('bad', 'nonsense');
    context('k8s', undefined);
    context('open', 'tcp://192.0.2.9:2375');
    mkdirSync(join(home, '.docker', 'contexts', 'meta', 'torn'), { recursive: true });
    writeFileSync(join(home, '.docker', 'contexts', 'meta', 'torn', 'meta.json'), '{"Name":');
    await socket(join(home, '.docker', 'run', 'docker.sock'));
    const all = await found();
    expect(all.map(({ name, problem }) => [name, problem?.code])).toEqual([
      ['gone', 'context_not_found'],
      ['bad', 'context_invalid'],
      ['k8s', 'context_invalid'],
      ['open', 'plain_tcp_unaccepted'],
      ['torn', 'context_invalid'],
      [`${home}/.docker/run/docker.sock`, undefined],
    ]);
  });

  it('does not repeat a DOCKER_HOST that can’t be read', async () => {
    const all = await found({ DOCKER_HOST: 'ssh://me:secret@host' });
    expect(all).toMatchObject([{ source: 'DOCKER_HOST', problem: { code: 'context_invalid' } }]);
    expect(JSON.stringify(all)).not.toContain('secret');
  });

  it('reports a broken config', async () => {
    config('{"currentContext":');
    expect(await found()).toMatchObject([{ problem: { code: 'context_invalid' } }]);
  });

  it('offers hosts of ~/.ssh/config, not patterns, and says which can’t be reached as they are', async () => {
    mkdirSync(join(home, '.ssh'));
    const lines = ['Host atlas boreas', ' User root', 'Host *.lab', 'Host circe', ' ProxyCommand nc %h %p'];
    writeFileSync(join(home, '.ssh', 'config'), lines.join('\n'));
    expect(await found()).toEqual([
      {
        source: 'ssh-config',
        name: 'atlas',
        address: 'ssh://atlas',
        connection: ssh('atlas'),
        current: false,
      },
      {
        source: 'ssh-config',
        name: 'boreas',
        address: 'ssh://boreas',
        connection: ssh('boreas'),
        current: false,
      },
      expect.objectContaining({
        name: 'circe',
        problem: expect.objectContaining({ code: 'ssh_config_invalid' }) as object,
      }),
    ]);
  });

  it('is quiet about what nobody configured', async () => {
    expect(await found()).toEqual([]);
    config({ currentContext: 'default' });
    expect(await found({ DOCKER_HOST: ' ' })).toEqual([]);
  });

  it('offers the named pipe on Windows', async () => {
    const all = await engineCandidates(access({}), 'win32');
    expect(all.map(({ address }) => address)).toEqual(['npipe:////./pipe/docker_engine']);
  });
});

describe('connectionOfContext', () => {
  const meant = (name: string, env = {}) => connectionOfContext({ home, env }, name, false, 'linux');

  it('names the context’s certificates, and speaks TLS only where it has some, whatever the port', async () => {
    context('safe', 'tcp://192.0.2.7:99', ['ca', 'key']);
    context('open', 'tcp://192.0.2.7:2376');
    expect(await meant('safe')).toMatchObject({
      tls: {
        ca: expect.stringMatching(/ca\.pem$/) as string,
        key: expect.stringMatching(/key\.pem$/) as string,
      },
    });
    expect(await meant('open')).toMatchObject({ tls: null });
  });

  it('verifies who answers also where the context would not', async () => {
    context('careless', 'tcp://192.0.2.7:2376', [], true);
    expect(await meant('careless')).toMatchObject({ kind: 'tcp', tls: {} });
  });

  it('takes the default context for DOCKER_HOST, else for the usual socket', async () => {
    expect(await meant('default')).toEqual({ kind: 'socket', path: '/var/run/docker.sock' });
    expect(await meant('default', { DOCKER_HOST: 'ssh://h' })).toEqual({ kind: 'ssh', host: 'h' });
  });
});
