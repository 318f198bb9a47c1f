import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProblemError, type ChangeRecord, type EngineRequest, type Guard } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { detail } from '../../../shared/rules/plan/testing';
import { GuardKeeper } from './guard-keeper';

const lan = network({ id: 'lan', name: 'lan' });
const names = ['a', 'b', 'c'] as const;
const address = (name: string) => `10.70.1.2${String(names.indexOf(name as 'a'))}`;
const guardOf = (name: string): Guard => ({
  ...{ engineId: 'e1', identity: { by: 'name', name }, containerName: name, containerId: `old-${name}` },
  ...{ attachments: [{ networkName: 'lan', ipv4: address(name) }], since: 0 },
});

/** What each has on the LAN; one that is pinned has what is guarded. */
let has: Record<string, string>;
let guards: readonly Guard[];
let applied: EngineRequest[];
let outcome: (asked: EngineRequest) => Promise<void>;
/** Changes that wait for their turn. */
let turns: (() => void)[];
let keeper: GuardKeeper;

const world = (): Inventory => ({
  engines: [engine({ id: 'e1' })],
  networks: [lan],
  containers: Object.entries(has).map(([name, ipv4]) =>
    container({
      ...{ id: `new-${name}`, name, detail },
      endpoints: [endpoint(lan, { ipv4, ...(ipv4 === address(name) ? { pinned4: ipv4 } : {}) })],
    }),
  ),
});
const idsIn = (asked: EngineRequest): string[] => {
  if (asked.kind === 'restore-several') return asked.containers.map(({ containerId }) => containerId);
  return 'containerId' in asked ? [asked.containerId] : [];
};
const delta = () =>
  keeper.onDelta({
    ...{ revision: 1, engineId: 'e1', networks: [], networksRemoved: [], containersRemoved: [] },
    containers: world().containers,
  });
const turn = async () => {
  turns.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  has = {};
  guards = names.map(guardOf);
  [applied, turns] = [[], []];
  outcome = async (asked) => {
    for (const id of idsIn(asked)) has[id.slice(4)] = address(id.slice(4));
  };
  keeper = new GuardKeeper({
    world,
    read: () => Promise.reject(new Error('reads nothing')),
    store: { list: () => guards, set: async (next) => void (guards = next) },
    changes: {
      note: async () => ({}) as ChangeRecord,
      recover: async () => ({}) as ChangeRecord,
      applyOwn: async ({ request }) => {
        await new Promise<void>((resolve) => turns.push(resolve));
        const asked = request();
        if (!asked) return null;
        applied.push(asked);
        await outcome(asked);
        return { state: 'applied', hosts: [] } as unknown as ChangeRecord;
      },
    },
    interrupted: () => [],
    ...{ now: () => Date.now(), report: (error) => expect(error).toBeNull() },
    onChange: () => undefined,
  });
});
afterEach(async () => {
  for (const resolve of turns) resolve();
  await keeper.dispose();
  vi.useRealTimers();
});

it('gives back in one change what becomes due while that waits for its turn, and the rest in the next', async () => {
  has = { a: '10.70.1.50' };
  delta();
  has['b'] = '10.70.1.51';
  delta();
  const during = outcome;
  outcome = async (asked) => {
    has['c'] = '10.70.1.52';
    delta();
    outcome = during;
    await during(asked);
  };
  await turn();
  await turn();
  expect(applied.map(idsIn)).toEqual([['new-a', 'new-b'], ['new-c']]);
  expect(applied.map(({ kind }) => kind)).toEqual(['restore-several', 'restore']);
  expect(keeper.list().map(({ state }) => state)).toEqual(['kept', 'kept', 'kept']);
});

it('gives back to those that have each other’s, whom one after another would be refused', async () => {
  has = { a: '10.70.1.21', b: '10.70.1.20' };
  delta();
  await turn();
  expect(applied.map(idsIn)).toEqual([['new-a', 'new-b']]);
});

it('takes up again with others one that was refused for what those have', async () => {
  has = { a: '10.70.1.21' };
  const blocker = guards;
  guards = guards.filter(({ containerName }) => containerName !== 'b');
  has['b'] = '10.70.1.20';
  delta();
  await turn();
  expect([applied, keeper.list().map(({ state }) => state)]).toEqual([[], ['failed', 'away']]);
  // The other one's guard is read a moment later: each by itself would be refused for good.
  guards = blocker;
  delta();
  await turn();
  expect(applied.map(idsIn)).toEqual([['new-a', 'new-b']]);
});

it('tries at once what another guard may have been in the way of, when that is let go', async () => {
  has = { a: '10.70.1.21' };
  outcome = () => Promise.reject(new ProblemError(problem('subnet_full', { subnet: 's', network: 'n' })));
  const next = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    await turn();
  };
  delta();
  await turn();
  // By now it is tried every few minutes only.
  for (let tries = 1; tries < 12; tries += 1) await next(300_000);
  const before = applied.length;
  await next(1_100);
  expect(applied).toHaveLength(before);
  await keeper.requests.unguard('e1', { by: 'name', name: 'c' });
  await next(1_100);
  expect(applied).toHaveLength(before + 1);
});

it('goes on without the one that a change of several failed for', async () => {
  has = { a: '10.70.1.50', b: '10.70.1.51', c: '10.70.1.52' };
  const well = outcome;
  outcome = async (asked) => {
    if (idsIn(asked).includes('new-b'))
      throw new ProblemError(
        problem('address_in_use_elsewhere', {
          ...{ context: 'lan', address: address('b'), mac: 'm', host: 'h' },
        }),
      );
    await well(asked);
  };
  delta();
  await turn();
  await turn();
  expect(applied.map(idsIn)).toEqual([
    ['new-a', 'new-b', 'new-c'],
    ['new-a', 'new-c'],
  ]);
  expect(keeper.list().map(({ state }) => state)).toEqual(['kept', 'failed', 'kept']);
});

it('tries each by itself where nobody can say which of several it failed for', async () => {
  has = { a: '10.70.1.50', b: '10.70.1.51' };
  const well = outcome;
  outcome = async (asked) => {
    if (asked.kind === 'restore-several')
      throw new ProblemError(problem('subnet_full', { subnet: 's', network: 'n' }));
    await well(asked);
  };
  delta();
  for (let count = 0; count < 3; count += 1) await turn();
  expect(applied.map(idsIn)).toEqual([['new-a', 'new-b'], ['new-a'], ['new-b']]);
  expect(
    keeper
      .list()
      .slice(0, 2)
      .map(({ state }) => state),
  ).toEqual(['kept', 'kept']);
});

it('forgets what it keeps on a host that is taken off the list', async () => {
  await keeper.forget('e1');
  expect(guards).toEqual([]);
});
