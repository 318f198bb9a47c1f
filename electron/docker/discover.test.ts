import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTls } from './contexts';
import { discoverEndpoints } from './discover';

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

function context(name: string, host: string | undefined, tls: string[] = []): void {
  const hash = createHash('sha256').update(name).digest('hex');
  const meta = join(home, '.docker', 'contexts', 'meta', hash);
  mkdirSync(meta, { recursive: true });
  const json = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
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

/** What was found in this test's home: the machine may have an engine of its own. */
async function found(env: Record<string, string> = {}) {
  const { candidates, problems } = await discoverEndpoints(env, home, 'linux');
  const system = ['unix:///var/run/docker.sock', 'unix:///run/podman/podman.sock'];
  return { candidates: candidates.filter(({ endpoint }) => !system.includes(endpoint)), problems };
}

describe('discoverEndpoints', () => {
  it('puts DOCKER_HOST before the current context before the sockets', async () => {
    config({ currentContext: 'lab' });
    context('lab', 'tcp://192.0.2.7:2376', ['ca', 'cert', 'key']);
    await socket(join(home, '.docker', 'run', 'docker.sock'));
    const { candidates, problems } = await found({ DOCKER_HOST: 'tcp://192.0.2.1:2375' });
    expect(problems).toEqual([]);
    expect(candidates).toEqual([
      { endpoint: 'tcp://192.0.2.1:2375', source: 'DOCKER_HOST' },
      {
        endpoint: 'tcp://192.0.2.7:2376',
        source: 'context',
        context: 'lab',
        tls: {
          ca: expect.stringMatching(/ca\.pem$/) as string,
          cert: expect.stringMatching(/cert\.pem$/) as string,
          key: expect.stringMatching(/key\.pem$/) as string,
        },
      },
      { endpoint: `unix://${home}/.docker/run/docker.sock`, source: 'socket' },
    ]);
  });

  it('takes DOCKER_CONTEXT before the current context, and DOCKER_CONFIG for the folder', async () => {
    config({ currentContext: 'lab' });
    context('lab', 'tcp://192.0.2.7:2376');
    context('other', 'tcp://192.0.2.8:2376');
    const folder = join(home, '.docker');
    const env = { DOCKER_CONTEXT: 'other', DOCKER_CONFIG: folder };
    const away = await discoverEndpoints(env, '/nonexistent', 'linux');
    expect(away.candidates[0]).toMatchObject({ endpoint: 'tcp://192.0.2.8:2376', context: 'other' });
  });

  it('reads the certificates that go with DOCKER_HOST only when TLS is asked for', async () => {
    const certs = join(home, 'certs');
    mkdirSync(certs);
    writeFileSync(join(certs, 'ca.pem'), 'x');
    const env = { DOCKER_HOST: 'tcp://h:2376', DOCKER_CERT_PATH: certs };
    expect((await found(env)).candidates[0]).not.toHaveProperty('tls');
    expect((await found({ ...env, DOCKER_TLS_VERIFY: '1' })).candidates[0]).toMatchObject({
      tls: { ca: join(certs, 'ca.pem') },
    });
  });

  it('finds certificates that can then be read for the client', async () => {
    config({ currentContext: 'lab' });
    context('lab', 'tcp://192.0.2.7:2376', ['ca', 'key']);
    const { candidates } = await found();
    expect(await readTls(candidates[0]?.tls)).toEqual({ ca: Buffer.from('x'), key: Buffer.from('x') });
    expect(await readTls()).toEqual({});
    await expect(readTls({ ca: join(home, 'gone.pem') })).rejects.toThrow('ENOENT');
  });

  it('finds rootless engines and Podman by the runtime folder, and only sockets', async () => {
    const runtime = join(home, 'run');
    await socket(join(runtime, 'docker.sock'));
    mkdirSync(join(runtime, 'podman'));
    writeFileSync(join(runtime, 'podman', 'podman.sock'), 'a plain file');
    const { candidates } = await found({ XDG_RUNTIME_DIR: runtime });
    expect(candidates).toEqual([{ endpoint: `unix://${runtime}/docker.sock`, source: 'socket' }]);
  });

  it('names each endpoint once', async () => {
    const path = join(home, '.docker', 'run', 'docker.sock');
    await socket(path);
    expect((await found({ DOCKER_HOST: `unix://${path}` })).candidates).toEqual([
      { endpoint: `unix://${path}`, source: 'DOCKER_HOST' },
    ]);
  });

  it('says what it can’t use, and where it found it, and goes on', async () => {
    config({ currentContext: 'far' });
    context('far', 'ssh://root@host');
    await socket(join(home, '.docker', 'run', 'docker.sock'));
    const { candidates, problems } = await found({ DOCKER_HOST: 'nonsense' });
    expect(candidates).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: 'invalid_input', message: expect.stringContaining('DOCKER_HOST') as string },
      { code: 'engine_unsupported', message: expect.stringContaining('"far"') as string },
    ]);
  });

  it.each([
    ['a context that is gone', () => config({ currentContext: 'gone' }), '"gone"'],
    [
      'a context without an engine',
      () => (config({ currentContext: 'k8s' }), context('k8s', undefined)),
      '"k8s"',
    ],
    ['a broken config', () => config('{"currentContext":'), 'Docker configuration'],
  ])('reports %s', async (_, arrange, words) => {
    arrange();
    const { problems } = await found();
    expect(problems).toMatchObject([{ message: expect.stringContaining(words) as string }]);
  });

  it('is quiet about what nobody configured', async () => {
    expect(await found()).toEqual({ candidates: [], problems: [] });
    config({ currentContext: 'default' });
    expect(await found({ DOCKER_HOST: ' ' })).toEqual({ candidates: [], problems: [] });
  });

  it('offers the named pipe on Windows', async () => {
    const { candidates } = await discoverEndpoints({}, home, 'win32');
    expect(candidates).toEqual([{ endpoint: 'npipe:////./pipe/docker_engine', source: 'socket' }]);
  });
});
