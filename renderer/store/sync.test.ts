import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PushData, PushName, TrunklineApi } from '../../shared/contract';
import {
  defaultPreferences,
  ok,
  type ChangeRecord,
  type Delta,
  type PolicyStatus,
  type Problem,
  type Result,
  type Snapshot,
} from '../../shared/model';
import { engine } from '../testing/fixtures';
import { createStores, type Stores } from './index';
import { isChanging } from './changes';
import { syncStores } from './sync';
import { mostWaiting } from './sync/inventory';

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
  /** What else can be asked for, by its command. */
  readonly answers: Record<string, Promise<unknown>> = {};
  readonly asked: ((result: Result<Snapshot>) => void)[] = [];
  private readonly listeners = new Map<string, (data: never) => void>();
  private connection: (state: 'open' | 'closed') => void = () => undefined;
  readonly api = {
    invoke: (name: string) =>
      name === 'inventory.get'
        ? new Promise((resolve) => this.asked.push(resolve))
        : name === 'policies.list' && this.policies
          ? this.policies
          : (this.answers[name] ?? Promise.resolve({ ok: false, error: away })),
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
  close = () => this.connection('closed');
  tell = <N extends PushName>(name: N, data: PushData<N>) => this.listeners.get(name)?.(data as never);
  /** An answer that comes when it is let. */
  late(name: string): (value: unknown) => Promise<unknown> {
    let answer: (result: Result<unknown>) => void = () => undefined;
    this.answers[name] = new Promise((resolve) => (answer = resolve));
    return (value) => {
      answer(ok(value));
      return vi.advanceTimersByTimeAsync(0);
    };
  }
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

const record = (id: string, state: ChangeRecord['state']): ChangeRecord => ({
  ...{ id, at: 1, who: 'ada', state, hosts: [], undoable: false },
  request: { kind: 'forget-segment', segmentId: 'seg-1' },
  segment: { id: 'seg-1', name: 'lan' },
});

describe('a change under way when the connection is lost', () => {
  const changing = () => isChanging(stores.changes.getState(), 'seg-1');
  it.each([
    ['one that is applied', 'applying', 'applied'],
    ['an undo', 'applied', 'undone'],
  ] as const)('is over where it ended meanwhile: %s', async (_what, before, after) => {
    main.tell('change.recorded', record('c1', before));
    main.tell('change.progress', { id: 'c1', engineId: 'a', phase: 'step', step: 0, of: 2 });
    expect(changing()).toBe(true);
    main.close();
    main.answers['change.list'] = Promise.resolve(ok([record('c1', after)]));
    main.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(changing()).toBe(false);
    expect(stores.changes.getState().progress).toEqual({});
  });

  it('goes on where it is under way still', async () => {
    main.close();
    main.answers['change.list'] = Promise.resolve(ok([record('c1', 'applying')]));
    main.open();
    main.tell('change.progress', { id: 'c1', engineId: 'a', phase: 'step', step: 1, of: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(changing()).toBe(true);
    expect(stores.changes.getState().progress['c1']?.['a']?.step).toBe(1);
  });
});

describe('an answer that comes after something newer was told', () => {
  it('leaves preferences, storage and engines as they were told', async () => {
    const answers = ['preferences.get', 'storage.status', 'engines.configs'].map((name) => main.late(name));
    main.open();
    main.tell('preferences.changed', { ...defaultPreferences, theme: 'dark' });
    main.tell('storage.changed', { problems: [away] });
    main.tell('engines.configured', { engines: [], problem: away } as never);
    const [preferences, storage, engines] = answers;
    await preferences?.({ ...defaultPreferences, theme: 'light' });
    await storage?.({ problems: [] });
    await engines?.({ engines: [] });
    expect(stores.preferences.getState().theme).toBe('dark');
    expect(stores.ui.getState().storage).toEqual([away]);
    expect(stores.engines.getState().list?.problem).toEqual(away);
  });

  it('has changes that were told meanwhile put on top', async () => {
    const answer = main.late('change.list');
    main.open();
    main.tell('change.recorded', record('c1', 'applied'));
    main.tell('change.recorded', record('c2', 'applying'));
    await answer([record('c1', 'applying'), record('c0', 'undone')]);
    const { records } = stores.changes.getState();
    expect(records.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'c2 applying',
      'c1 applied',
      'c0 undone',
    ]);
  });

  it('is no newer plan where a later question was answered already', async () => {
    const view = (id: string) => ({ segments: [{ segment: { id }, members: [] }], candidates: [] });
    const ids = () => stores.segments.getState().plan?.map(({ id }) => id);
    const older = main.late('segments.list');
    main.open();
    const newer = main.late('segments.list');
    main.tell('change.recorded', record('c1', 'applied'));
    await newer(view('new'));
    await older(view('old'));
    expect(ids()).toEqual(['new']);
  });

  it('does not hold up the others', async () => {
    main.late('traffic.index');
    main.answers['storage.status'] = Promise.resolve(ok({ problems: [away] }));
    main.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(stores.ui.getState().storage).toEqual([away]);
  });
});
