import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changesEngine, commands, type CommandName } from '../shared/contract';
import type { Container, Result, Snapshot, TrafficIndex } from '../shared/model';
import { toolboxRights, toolboxTasks } from './toolbox';
import { startDemo, type Demo } from './demo';
import { engineIdFor } from './docker';
import { createConsole, type TrunklineConsole } from './services/console';
import { dispatch } from './services/dispatch';
import { givenEndpoints } from './services/testing/given-engines';

/** What reaches the engine is what counts: every request is noted on its way to a simulated one. */
async function noting(socketPath: string, target: string, seen: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const onward = httpRequest({
      socketPath: target,
      path: request.url,
      method: request.method,
      headers: request.headers,
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      // At once: what follows an event stream waits for its headers.
      response.flushHeaders();
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return server;
}

let dir: string;
let demo: Demo;
let proxy: Server;
let seen: string[];
let endpoint: string;
let core: TrunklineConsole | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-ro-'));
  demo = await startDemo({ hosts: 1, containers: 6 });
  seen = [];
  const socket = join(dir, 'engine.sock');
  endpoint = `unix://${socket}`;
  proxy = await noting(socket, (demo.endpoints[0] ?? '').replace('unix://', ''), seen);
});
afterEach(async () => {
  await core?.dispose();
  core = undefined;
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await demo.close();
  await rm(dir, { recursive: true, force: true });
});

const running = (): TrunklineConsole => {
  if (!core) throw new Error('no console was started');
  return core;
};
const engineId = () => engineIdFor(endpoint);
const run = (name: string, input: unknown): Promise<Result<unknown>> =>
  dispatch(running().handlers, name, input, (_name, error) => {
    throw error;
  });
const value = async <T>(name: CommandName, input: unknown): Promise<T> => {
  const result = await run(name, input);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value as T;
};
const writing = () => seen.filter((each) => !/^(?:GET|HEAD) /.test(each));

async function start(readOnly: boolean): Promise<Snapshot> {
  core = await createConsole({
    engines: givenEndpoints([endpoint]),
    userDataDir: dir,
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly, locale: 'en', platform: 'linux' },
  });
  return vi.waitFor(async () => {
    const snapshot = await value<Snapshot>('inventory.get', {});
    expect(snapshot.engines.map((each) => each.state)).toEqual(['online']);
    return snapshot;
  });
}

/** As a console that may change things left it: the toolbox allowed, a shim to be put back. */
async function leftBehind(networkId: string): Promise<void> {
  const shim = { engineId: engineId(), networkId, networkName: 'lan', address: '10.20.0.250', since: 1 };
  await writeFile(join(dir, 'policies.json'), JSON.stringify({ version: 1, shims: [shim] }));
  const toolbox = {
    version: 1,
    settings: { method: 'load', image: 'trunkline/toolbox' },
    engines: { [engineId()]: { granted: true, at: 1, rights: toolboxRights(toolboxTasks) } },
  };
  await writeFile(join(dir, 'toolbox.json'), JSON.stringify(toolbox));
}

const lanOf = (snapshot: Snapshot) => snapshot.networks.find(({ name }) => name === 'lan')?.id ?? '';

describe('--read-only', () => {
  it('lets nothing but reading reach an engine: not by a command, and not by what goes on by itself', async () => {
    const networkId = lanOf(await start(false));
    await running().dispose();
    await leftBehind(networkId);
    seen.length = 0;
    const snapshot = await start(true);
    expect(await value('app.info', {})).toMatchObject({ readOnly: true });

    const container = snapshot.containers.find(({ state }) => state === 'running') as Container;
    const on = { engineId: engineId(), networkId };
    const request = { kind: 'attach', ...on, containerId: container.id };
    const preview = await value<{ id: string }>('change.preview', { request });
    const inputs: Record<string, object> = { 'change.apply': { id: preview.id } };
    const any = {
      ...on,
      id: 'any',
      action: 'finish',
      granted: false,
      from: { kind: 'host' },
      addresses: ['10.20.0.1'],
      address: '10.20.0.250',
      runId: 'r',
      networks: [on],
    };
    expect(Object.keys(running().handlers).filter((each) => changesEngine(each as CommandName))).toEqual([]);
    for (const name of Object.keys(commands).filter((each) => changesEngine(each as CommandName)))
      expect(await run(name, { ...any, ...inputs[name] }), name).toMatchObject({
        ok: false,
        error: { code: 'read_only' },
      });
    // What is left works, and asks nothing of the engine that would change it.
    await value('inventory.refresh', on);
    await value('toolbox.describe', {});
    await value('preferences.set', { theme: 'dark' });
    expect(await value('policies.list', {})).toMatchObject([{ state: 'waiting', networkId }]);
    // The interfaces of a container on two networks are told apart by an exec, where one is allowed; here by a guess.
    const followed = () => value<TrafficIndex>('traffic.index', {});
    const guess = expect.objectContaining({ exact: false, networkId: expect.stringMatching(/./) });
    await vi.waitFor(async () => expect((await followed()).series).toContainEqual(guess), 10_000);
    expect(writing()).toEqual([]);
  });

  it('is what makes the difference: without it the same console puts the shim back', async () => {
    await leftBehind(lanOf(await start(false)));
    await running().dispose();
    seen.length = 0;
    await start(false);
    await vi.waitFor(() => expect(writing().some((each) => each.includes('/containers/create'))).toBe(true), {
      timeout: 20_000,
    });
  }, 30_000);
});
