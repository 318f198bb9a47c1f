import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { IsolationReport, Run } from '../../../shared/model';
import { ownToolboxImage, toolboxVersion } from '../../../shared/rules';
import type { HelperResult } from '../../docker';
import { Inventory } from '../inventory/inventory';
import { container, endpoint, facts, FakeEngine, network, problem } from '../testing/fake-engine';
import { ToolboxFile } from '../toolbox/toolbox-file';
import { ToolboxService } from '../toolbox/toolbox-service';
import { Storage } from '../storage/storage';
import { Runs } from '../runs/runs';
import { runIsolation } from './isolation';

const lans = Array.from({ length: 8 }, (_, at) =>
  network(`n${at}`, `lan${at}`, {
    parent: `eth${at}`,
    subnets: [{ subnet: `10.70.${at}.0/24`, exclusions: {} }],
  }),
);
const networks = lans.map(({ engineId, id }) => ({ engineId, networkId: id }));
const containers = lans.map((lan, at) =>
  container(`c${at}`, `c${at}`, { endpoints: [endpoint(lan, { ipv4: `10.70.${at}.9` })] }),
);

let dir: string;
let engine: FakeEngine;
let toolbox: ToolboxService;
let runs: Runs;
let changes: Run[];
/** Helpers that run: what lets one answer that nobody is there. */
let helpers: Set<() => void>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-isolation-'));
  engine = new FakeEngine();
  engine.loads = [
    ownToolboxImage,
    { id: 'sha256:1', size: 9, architecture: 'amd64', labels: { 'io.trunkline.toolbox': toolboxVersion } },
  ];
  helpers = new Set();
  engine.helper = ({ command, signal }) =>
    new Promise<HelperResult>((resolve, reject) => {
      const silence = () => {
        const addresses = command.filter((each) => /^[\d.]+$/.test(each));
        const targets = addresses.map((each) => `@@ target ${each} none -\n[arp]\n\n[neigh]\n\n[ping]\n`);
        helpers.delete(silence);
        resolve({ exitCode: 0, stdout: targets.join('\n'), stderr: '' });
      };
      helpers.add(silence);
      signal?.addEventListener('abort', () => {
        helpers.delete(silence);
        reject(problem('toolbox_unavailable'));
      });
    });
  const inventory = new Inventory(() => undefined);
  inventory.addEngine({
    ...facts,
    id: 'e1',
    name: facts.hostName,
    position: 0,
    endpoint: engine.endpoint,
    demo: false,
    state: 'online',
    since: 0,
  });
  toolbox = new ToolboxService({
    inventory,
    client: () => engine,
    source: { own: 'x86_64', get: async () => Buffer.alloc(512) },
    addressKey: (id) => id,
    file: await ToolboxFile.open(join(dir, 'toolbox.json'), new Storage(() => undefined)),
    now: () => 0,
    report: () => undefined,
  });
  await toolbox.consent('e1', true);
  changes = [];
  const context = {
    snapshot: () => ({ ...inventory.snapshot(), networks: lans, containers }),
    probe: toolbox.probe.bind(toolbox),
    now: () => 0,
  };
  runs = new Runs({
    kinds: {
      isolation: async (request, handle) => ({
        kind: 'isolation',
        report: await runIsolation(context, request.networks, handle),
      }),
    },
    clear: toolbox.clear.bind(toolbox),
    onChange: (run) => changes.push(run),
    now: () => 0,
    report: () => undefined,
  });
});
afterEach(async () => {
  await toolbox.dispose();
  await rm(dir, { recursive: true });
});

const asked = () => engine.calls.filter((call) => call === 'helper probe').length;
const running = async (count: number) => vi.waitFor(() => expect(helpers.size).toBe(count));

const start = (of = networks) => runs.start({ kind: 'isolation', networks: of }).id;
const reportOf = (id: string): IsolationReport => runs.get(id).result!.report;

it('cancelled, ends the helpers that ask, begins no more, and says what was not asked', async () => {
  const id = start();
  await running(4);
  const [first] = helpers;
  first?.();
  await vi.waitFor(() => expect(asked()).toBe(5));
  const ended = await runs.cancel(id);
  const { cancelled, cells, places } = reportOf(id);
  expect(cancelled).toBe(true);
  expect(helpers.size).toBe(0);
  expect(asked()).toBe(5);
  // The engine was read back, and had none.
  expect(engine.calls.filter((call) => call === 'clear-helpers')).toHaveLength(1);
  expect(ended).toMatchObject({ state: 'cancelled', progress: { done: 1, of: 8 }, left: [] });
  // The one that had asked has its answers; nobody else has any.
  expect(cells.filter((row) => row.every((each) => each.reason !== 'cancelled'))).toHaveLength(1);
  const others = cells.filter((row) => row.some((each) => each.reason === 'cancelled'));
  expect(others.flat().every((each) => each.reason === 'cancelled' || each.reason === 'self')).toBe(true);
  expect(places.some((each) => each.problem)).toBe(false);
});

it('leaves other runs alone, and takes one that is over for no failure', async () => {
  const [mine, another] = [start(networks.slice(0, 1)), start(networks.slice(1, 2))];
  await running(2);
  await runs.cancel(another);
  expect(helpers.size).toBe(1);
  await runs.dispose();
  expect(reportOf(mine).cancelled).toBe(true);
  expect(await runs.cancel(mine)).toMatchObject({ state: 'cancelled' });
  expect(asked()).toBe(2);
});

it('names the helpers that can’t be removed, and says so where the engine can’t be read', async () => {
  engine.left = ['trunkline-probe-1', 'trunkline-probe-2'];
  const first = start(networks.slice(0, 1));
  await running(1);
  expect((await runs.cancel(first)).left).toMatchObject([
    {
      engineId: 'e1',
      problem: { code: 'helpers_left', params: { names: 'trunkline-probe-1 trunkline-probe-2' } },
    },
  ]);
  engine.before = (call) => {
    if (call === 'clear-helpers') throw problem('engine_unreachable');
  };
  const second = start(networks.slice(0, 1));
  await running(1);
  expect((await runs.cancel(second)).left).toMatchObject([
    { engineId: 'e1', problem: { code: 'engine_unreachable' } },
  ]);
});

it('marks its helpers as its own', async () => {
  const marks: unknown[] = [];
  const answer = engine.helper;
  engine.helper = (request) => {
    marks.push(request.run);
    return answer(request);
  };
  const id = start(networks.slice(0, 1));
  await running(1);
  await runs.dispose();
  expect(marks).toEqual([id]);
});
