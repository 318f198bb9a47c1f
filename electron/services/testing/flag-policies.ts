import { afterEach, beforeEach, expect, vi } from 'vitest';
import { ProblemError, type Delta, type Problem } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { container, engine, network } from '../../../shared/rules/testing';
import { Locks } from '../changes/locks';
import type { PolicyKind } from '../policies/kind';
import { Reconciler } from '../policies/reconciler';

/** The smallest policy that there can be: a host is to fly a flag, with as many stars as there are containers. */
export interface FlagPolicy {
  engineId: string;
  place: string;
  placeId: string;
}

export interface Flag {
  name: string;
  stars: number;
}

export const refusal = (code: Problem['code']) => new ProblemError({ code, message: code });

/** Hosts with flags, and what keeps them there, with a clock that the test moves. */
export class FlagWorld {
  readonly known = {
    engines: [engine(), engine({ id: 'e2' })],
    networks: [network({ id: 'p1', name: 'mast' }), network({ id: 'p2', name: 'roof' })],
    containers: [container()],
  };
  /** By host, then by name. */
  readonly flags = new Map<string, Map<string, Flag>>();
  readonly calls: string[] = [];
  readonly told: string[][] = [];
  readonly reported: unknown[] = [];
  readonly locks = new Locks();
  kept: readonly FlagPolicy[] = [];
  now = 0;
  /** Called before each thing done on a host, with what it is; throws, or holds it up. */
  before: (call: string) => void | Promise<void> = () => undefined;
  /** Whether a flag whose place is gone is of no use to anybody. */
  idle = false;
  /** What the wind does with what has just been put there. */
  wind: (flag: Flag) => Flag | null = (flag) => flag;
  readonly keeper: Reconciler<FlagPolicy, Flag, 'no-place'>;

  constructor(readOnly = false) {
    const { locks } = this;
    const store = {
      list: () => this.kept,
      set: async (policies: readonly FlagPolicy[]) => void (this.kept = policies),
    };
    const context = {
      ...{ locks, store, readOnly },
      cutOff: () => null,
      snapshot: () => this.known,
      now: () => this.now,
      report: (error: unknown) => this.reported.push(error),
    };
    this.keeper = new Reconciler(this.kind(), context, () => this.told.push(this.states()));
  }

  states = (): string[] => this.keeper.statuses().map(({ policy, state }) => `${policy.place} ${state}`);

  /** Time passes, and what that sets off runs to its end, or to where it is held up. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    await vi.advanceTimersByTimeAsync(ms);
    await new Promise((resolve) => setImmediate(resolve));
  }

  on(engineId: string): Map<string, Flag> {
    const there = this.flags.get(engineId) ?? new Map<string, Flag>();
    this.flags.set(engineId, there);
    return there;
  }

  delta = (over: Partial<Delta> = {}): Delta => ({
    ...{ revision: 1, engineId: 'e1', networks: [], networksRemoved: [] },
    ...{ containers: this.known.containers, containersRemoved: [], ...over },
  });

  /** These are kept, put there, and at rest. */
  async flying(...policies: FlagPolicy[]): Promise<void> {
    this.kept = policies;
    for (const engineId of new Set(policies.map((each) => each.engineId))) this.keeper.onOnline(engineId);
    await this.pass(0);
    this.calls.length = 0;
  }

  /** Nothing can be done on any host, until it is called with null. */
  refuse(error: Error | null): void {
    this.before = () => {
      if (error) throw error;
    };
  }

  /** Holds a call up until what is given is called. */
  hold(call: string): () => void {
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    this.before = (each) => (each === call ? held : undefined);
    return () => {
      this.before = () => undefined;
      free();
    };
  }

  private async called(call: string): Promise<void> {
    this.calls.push(call);
    await this.before(call);
  }

  private kind(): PolicyKind<FlagPolicy, Flag, 'no-place'> {
    const placeOf = ({ place }: FlagPolicy, world: Inventory) =>
      world.networks.find((each) => each.name === place);
    return {
      keyOf: ({ engineId, place }) => `${engineId}/${place}`,
      nameOf: ({ placeId }) => `flag-${placeId}`,
      rests: (policy, world) => (placeOf(policy, world) ? null : 'no-place'),
      idle: () => this.idle,
      problems: (policy, world) =>
        placeOf(policy, world)?.internal ? [refusal('parent_invalid').problem] : [],
      wanted: (policy, world) => {
        const place = placeOf(policy, world);
        return place && !place.internal ? { name: `flag-${place.id}`, stars: world.containers.length } : null;
      },
      renewed: (policy, world) => ({ ...policy, placeId: placeOf(policy, world)?.id ?? policy.placeId }),
      differs: (wanted, there) => wanted.name !== there?.name || wanted.stars !== there.stars,
      read: async (engineId) => {
        await this.called(`read ${engineId}`);
        return new Map(this.on(engineId));
      },
      put: async (engineId, flag) => {
        await this.called(`put ${engineId} ${flag.name} ${String(flag.stars)}`);
        const there = this.wind(flag);
        if (there) this.on(engineId).set(flag.name, there);
        return there;
      },
      remove: async (engineId, name) => {
        await this.called(`remove ${engineId} ${name}`);
        this.on(engineId).delete(name);
      },
      notAsPut: () => refusal('verify_failed').problem,
      wantsConsent: ({ code }) => code === 'toolbox_unasked',
    };
  }
}

export const mast: FlagPolicy = { engineId: 'e1', place: 'mast', placeId: 'p1' };
export const roof: FlagPolicy = { engineId: 'e1', place: 'roof', placeId: 'p2' };
/** How the flag of {@link mast} is put there. */
export const put = 'put e1 flag-p1 1';
export const busy = refusal('toolbox_unavailable');

/** The world of the test that runs, made anew for each. Call it once, at the top of a file. */
export function flagBench(): { world: FlagWorld } {
  const bench = { world: new FlagWorld() };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    bench.world = new FlagWorld();
  });
  afterEach(async () => {
    await bench.world.keeper.dispose();
    vi.useRealTimers();
    expect(bench.world.reported).toEqual([]);
  });
  return bench;
}
