import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrunklineApi } from '../../shared/contract';
import {
  ok,
  type Delta,
  type PolicyStatus,
  type Problem,
  type Result,
  type Snapshot,
} from '../../shared/model';
import { engine } from '../testing/fixtures';
import { createStores, type Stores } from './index';
import { mostWaiting, syncStores } from './sync';

const away: Problem = { code: 'internal', message: 'not here' };
const named = (revision: number) => ({ ...engine('a'), name: `r${String(revision)}` });
const snapshot = (revision: number): Snapshot => ({
  revision,
  engines: [named(revision)],
  networks: [],
  containers: [],
});
const delta = (revision: number): Delta => ({
  revision,
  engineId: 'a',
  engine: named(revision),
  networks: [],
  networksRemoved: [],
  containers: [],
  containersRemoved: [],
});

/** A main process that answers for a snapshot when it is told to. */
class Main {
  /** What is kept on hosts, where it can be asked for. */
  policies: Promise<Result<PolicyStatus[]>> | undefined;
  readonly asked: ((result: Result<Snapshot>) => void)[] = [];
  private readonly listeners = new Map<string, (data: never) => void>();
  private connection: (state: 'open' | 'closed') => void = () => undefined;
  readonly api = {
    invoke: (name: string) =>
      name === 'inventory.get'
        ? new Promise((resolve) => this.asked.push(resolve))
        : name === 'policies.list' && this.policies
          ? this.policies
          : Promise.resolve({ ok: false, error: away }),
    on: (name: string, listener: (data: never) => void) => {
      this.listeners.set(name, listener);
      return () => this.listeners.delete(name);
    },
    onConnection: (listener: (state: 'open' | 'closed') => void) => {
      this.connection = listener;
      return () => undefined;
    },
  } as unknown as TrunklineApi;

  open = () => this.connection('open');
  push = (each: Delta) => this.listeners.get('inventory.delta')?.(each as never);
  pushPolicies = (each: PolicyStatus[]) => this.listeners.get('policies.changed')?.(each as never);
  async answer(nth: number, revision: number): Promise<void> {
    this.asked[nth]?.({ ok: true, value: snapshot(revision) });
    await vi.advanceTimersByTimeAsync(20);
  }
}

let main: Main;
let stores: Stores;
let end: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  main = new Main();
  stores = createStores();
  end = syncStores(main.api, stores, () => undefined);
  main.open();
});
afterEach(() => {
  end();
  vi.useRealTimers();
});
const shown = () => {
  const { revision, engines } = stores.inventory.getState().snapshot;
  return [revision, engines[0]?.name];
};

describe('a snapshot that is long on its way', () => {
  it('has the deltas that came meanwhile put on top, those aside that it has already', async () => {
    for (const revision of [4, 5, 6]) main.push(delta(revision));
    await main.answer(0, 5);
    expect(shown()).toEqual([6, 'r6']);
    expect(main.asked).toHaveLength(1);
  });

  it('is followed by another where more came than are kept', async () => {
    for (let revision = 1; revision <= mostWaiting + 5; revision++) main.push(delta(revision));
    // It was taken early: putting only the last ones on top would leave a gap that nobody sees.
    await main.answer(0, 3);
    expect(shown()).toEqual([3, 'r3']);
    expect(main.asked).toHaveLength(2);
    main.push(delta(mostWaiting + 7));
    await main.answer(1, mostWaiting + 6);
    expect(shown()).toEqual([mostWaiting + 7, `r${String(mostWaiting + 7)}`]);
    expect(main.asked).toHaveLength(2);
  });

  it('keeps exactly as many as it says', async () => {
    for (let revision = 1; revision <= mostWaiting; revision++) main.push(delta(revision));
    await main.answer(0, 0);
    expect(shown()).toEqual([mostWaiting, `r${String(mostWaiting)}`]);
    expect(main.asked).toHaveLength(1);
  });

  it('is of no use once another was asked for, whichever comes first', async () => {
    main.open();
    await main.answer(0, 2);
    expect(shown()).toEqual([-1, undefined]);
    main.push(delta(8));
    await main.answer(1, 7);
    expect(shown()).toEqual([8, 'r8']);
  });
});

describe('what is kept on hosts', () => {
  const shim = (engineId: string) => ({ kind: 'shim', engineId }) as PolicyStatus;
  const shims = () => stores.host.getState().shims.map(({ engineId }) => engineId);

  it('is asked for anew when the connection is back', async () => {
    main.policies = Promise.resolve(ok([shim('a')]));
    main.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(shims()).toEqual(['a']);
    main.policies = Promise.resolve(ok([shim('a'), shim('b')]));
    main.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(shims()).toEqual(['a', 'b']);
  });

  it('is as it was told last, also where an older answer comes later', async () => {
    let answer: (result: Result<PolicyStatus[]>) => void = () => undefined;
    main.policies = new Promise((resolve) => (answer = resolve));
    main.open();
    main.pushPolicies([shim('b')]);
    answer(ok([shim('a')]));
    await vi.advanceTimersByTimeAsync(0);
    expect(shims()).toEqual(['b']);
  });
});
