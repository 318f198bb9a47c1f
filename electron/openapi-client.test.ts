import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSource } from 'oazapfts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openApi } from '../shared/contract';
import type { ChangePreview, ChangeRecord, Result, Snapshot } from '../shared/model';
import { startDemo, type Demo } from './demo';
import { createConsole, type TrunklineConsole } from './services/console';
import { dispatch } from './services/dispatch';
import { givenEndpoints } from './services/testing/given-engines';
import { startWeb, type WebServer } from './web/server';

let dir: string;
let demo: Demo;
let core: TrunklineConsole;
let web: WebServer;

beforeEach(async () => {
  // Inside the project: what is generated imports its runtime by name.
  dir = await mkdtemp(join(import.meta.dirname, '..', 'node_modules', '.openapi-client-'));
  demo = await startDemo({ hosts: 1, containers: 6 });
  core = await createConsole({
    engines: givenEndpoints(demo.endpoints),
    userDataDir: await mkdtemp(join(tmpdir(), 'trunkline-openapi-')),
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  web = await startWeb({
    rendererDir: dir,
    address: '127.0.0.1',
    port: 0,
    run: (name, input) => dispatch(core.handlers, name, input, () => undefined),
    subscribe: (listener) => core.subscribe(listener),
    report: () => undefined,
  });
});
afterEach(async () => {
  await web.close();
  await core.dispose();
  await demo.close();
  await rm(dir, { recursive: true, force: true });
});

/** What a generated client's functions look like: the body in, the envelope out. */
type Call = (body: unknown) => Promise<{ data: Result<unknown> }>;
interface Client {
  defaults: { baseUrl: string; headers: Record<string, string> };
  inventoryGet: Call;
  changePreview: Call;
  changeApply: Call;
}

const valueOf = <T>({ data }: { data: Result<unknown> }): T => {
  if (!data.ok) throw new Error(data.error.message);
  return data.value as T;
};

it('a client generated from the description attaches a container', async () => {
  const description = join(dir, 'openapi.json');
  const file = join(dir, 'client.ts');
  await writeFile(description, JSON.stringify(openApi('0')));
  await writeFile(file, await generateSource(description));
  const client = (await import(file)) as unknown as Client;
  client.defaults.baseUrl = web.origin;
  client.defaults.headers['authorization'] = `Bearer ${web.bearer}`;

  const { networks, containers } = await vi.waitFor(async () => {
    const snapshot = valueOf<Snapshot>(await client.inventoryGet({}));
    expect(snapshot.engines.map(({ state }) => state)).toEqual(['online']);
    return snapshot;
  });
  const network = networks.find(({ kind }) => kind === 'macvlan');
  const container = containers.find(
    ({ state, networkMode, endpoints }) =>
      state === 'running' &&
      (networkMode.kind === 'bridge' || networkMode.kind === 'network') &&
      !endpoints.some(({ networkId }) => networkId === network?.id),
  );
  const request = {
    kind: 'attach',
    engineId: network?.engineId,
    containerId: container?.id,
    networkId: network?.id,
  };
  const preview = valueOf<ChangePreview>(await client.changePreview({ request }));
  expect(preview.problems).toEqual([]);
  expect(valueOf<ChangeRecord>(await client.changeApply({ id: preview.id })).state).toBe('applied');
});
