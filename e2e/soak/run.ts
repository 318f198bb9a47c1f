// `npm run soak`: thirty minutes at ten changes a second on simulated engines, with a window open; what the console and
// the window hold afterwards is what they held before. `-- --short` takes two minutes, `-- --seconds N` any time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from '../../electron/demo';
import { until } from '../lab/poll';
import { callEngine } from '../lab/engine-api';
import { Churn } from './churn';
import { Inspector, type Sample } from './inspect';
import { judge, table } from './judge';
import { serveInspected, type InspectedConsole } from './served';
import { openWindow } from './window';

const perSecond = 10;
const { values } = parseArgs({ options: { short: { type: 'boolean' }, seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? (values.short ? 60 : 1_800));
/** Everything is used once before anything is measured: code is compiled, caches are made. */
const warmUp = Math.min(60, Math.max(15, seconds / 6));

let stopped = false;
const ends: (() => Promise<unknown>)[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Picture {
  containers: { engineId: string; id: string; name: string; state: string; endpoints: unknown[] }[];
  networks: { engineId: string; id: string; name: string }[];
}

/** What the engines themselves say, in a form that can be compared with the console's picture. */
async function truthOf(endpoints: readonly string[]): Promise<string> {
  const lists = await Promise.all(
    endpoints.map(async (endpoint) => {
      const socket = endpoint.replace('unix://', '');
      const containers = (await callEngine(socket, 'GET', '/containers/json?all=1')).body as {
        Id: string;
        State: string;
        NetworkSettings: { Networks: object };
      }[];
      const networks = (await callEngine(socket, 'GET', '/networks')).body as { Id: string }[];
      return [
        ...containers.map(
          (each) => `${each.Id} ${each.State} ${Object.keys(each.NetworkSettings.Networks).length}`,
        ),
        ...networks.map((each) => each.Id),
      ];
    }),
  );
  return lists.flat().sort().join('\n');
}

async function pictureOf(served: InspectedConsole): Promise<string> {
  const { containers, networks } = (await served.api('inventory.get')) as Picture;
  return [
    ...containers.map((each) => `${each.id} ${each.state} ${each.endpoints.length}`),
    ...networks.map((each) => each.id),
  ]
    .sort()
    .join('\n');
}

/** A change by the console's own road, and its undo. */
async function ownChange(served: InspectedConsole, round: number): Promise<void> {
  const { containers, networks } = (await served.api('inventory.get')) as Picture;
  const running = containers.filter((each) => each.state === 'running' && !each.name.startsWith('soak'));
  const who = running[round % Math.max(1, running.length)];
  const where = networks.filter((each) => each.engineId === who?.engineId && !each.name.startsWith('soak'));
  const on = where[round % Math.max(1, where.length)];
  if (!who || !on) return;
  const request = { kind: 'attach', engineId: who.engineId, containerId: who.id, networkId: on.id };
  const preview = (await served.api('change.preview', { request })) as { id: string; problems: unknown[] };
  if (preview.problems.length > 0) return;
  const record = (await served.api('change.apply', { id: preview.id })) as { id: string };
  await served.api('change.undo', { id: record.id });
}

async function soak(): Promise<boolean> {
  const demo = await startDemo({ hosts: 3, containers: 24 });
  ends.push(() => demo.close());
  const userData = await mkdtemp(join(tmpdir(), 'trunkline-soak-'));
  ends.push(() => rm(userData, { recursive: true, force: true }));
  const served = await serveInspected(demo.endpoints, userData);
  ends.push(() => served.end());
  const inspector = await Inspector.open(served.inspector);
  ends.push(async () => inspector.close());
  const window = await openWindow(served.url);
  if (window) ends.push(() => window.close());
  else console.log('No Chromium here: the window is left out.');
  const churn = await Churn.on(demo.endpoints);
  const inStep = () =>
    until(
      'the picture to be what the engines say',
      async () => (await pictureOf(served)) === (await truthOf(demo.endpoints)),
    );

  const kept = { console: [] as Sample[], window: [] as Sample[] };
  const look = async () => {
    kept.console.push(await inspector.sample());
    if (window) kept.window.push(await window.sample());
  };
  /** Five looks while nothing changes. */
  const rest = async () => {
    await churn.clear();
    await inStep();
    // Longer than what an answered request keeps alive.
    await pause(8_000);
    const from = { console: kept.console.length, window: kept.window.length };
    for (let n = 0; n < 5; n++) {
      await look();
      await pause(1_000);
    }
    return { console: kept.console.slice(from.console), window: kept.window.slice(from.window) };
  };

  let refused = 0;
  let round = 0;
  const own = () => ownChange(served, round++).catch(() => void refused++);
  await inStep();
  await churn.run(warmUp, perSecond, own, () => stopped);
  const before = await rest();
  const marks = kept.console.length;
  const windowMarks = kept.window.length;
  const started = Date.now();
  const doneBefore = churn.done;
  while (Date.now() - started < seconds * 1000 && !stopped) {
    const left = seconds - (Date.now() - started) / 1000;
    await churn.run(Math.min(left, Math.max(10, seconds / 20)), perSecond, own, () => stopped);
    await look();
  }
  const rate = ((churn.done - doneBefore) * 1000) / (Date.now() - started);
  const during = { console: kept.console.slice(marks), window: kept.window.slice(windowMarks) };
  const after = await rest();
  if (stopped) return false;

  const verdicts = [
    ...judge('console', { before: before.console, during: during.console, after: after.console }),
    ...(window ? judge('window', { before: before.window, during: during.window, after: after.window }) : []),
  ];
  console.log(
    `\n${churn.done - doneBefore} changes in ${seconds} s (${rate.toFixed(1)} a second), ${refused} of the console's own refused\n`,
  );
  console.log(`${table(verdicts)}\n`);
  const grown = verdicts.filter((each) => each.grew);
  const lost = /offline/.test(JSON.stringify(await served.api('engines.list')));
  if (lost) console.log('An engine was left offline.');
  if (grown.length > 0) console.log(`Grew: ${grown.map((each) => each.what).join(', ')}.`);
  return grown.length === 0 && !lost;
}

/** Ends what was started, in reverse, whatever became of it. */
async function endAll(): Promise<void> {
  for (const end of ends.reverse()) await end().catch((error: unknown) => console.error(error));
}

soak()
  .finally(endAll)
  .then(
    (well) => process.exit(well ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
