import {
  isHostStep,
  ProblemError,
  type ChangeRecord,
  type Delta,
  type Network,
  type Problem,
  type Shim,
  type ShimPolicy,
  type ShimStatus,
} from '../../../shared/model';
import { hostName, networkOfShim, shimFor, shimName, type Inventory } from '../../../shared/rules';
import { problem, unexpected } from '../../../shared/texts';
import type { HostHand } from '../changes/host-steps';
import type { Keeper } from '../changes/kind';
import type { Locks } from '../changes/locks';
import type { PoliciesFile } from './policies-file';

/** Milliseconds. Containers come and go in bunches; what failed is tried again less and less often. */
const times = { gather: 300, firstRetry: 5_000, lastRetry: 300_000 };

/** What the toolbox does for shims. All reject with a `ProblemError`. */
export interface ShimTools {
  shims(engineId: string): Promise<Shim[]>;
  putShim(engineId: string, shim: Shim): Promise<void>;
  removeShim(engineId: string, name: string): Promise<void>;
}

export interface ShimContext {
  /** Those of the changes: a link is never put or removed while a change holds its engine. */
  locks: Pick<Locks, 'run'>;
  snapshot(): Inventory;
  tools: ShimTools;
  file: PoliciesFile;
  /** Why a shim is to be left as it is for now: a change of it was cut off, and waits for a decision. */
  cutOff(policy: ShimPolicy): Problem | null;
  /** What is kept is shown and left alone: nothing is put back. */
  readOnly?: boolean;
  now(): number;
  /** Everything anew, whenever anything about shims differs. */
  onChange(shims: ShimStatus[]): void;
  report(error: unknown): void;
}

/** What is known of one policy's link beside the policy; lost with the process, found again by asking. */
interface Known {
  shim: Shim | null;
  problem?: Problem;
  busy: boolean;
  /** After a failure: how long to wait, milliseconds, and until when by `now`. */
  retryMs: number;
  retryAt?: number;
}

const keyOf = ({ engineId, networkName }: Pick<ShimPolicy, 'engineId' | 'networkName'>): string =>
  `${engineId}/${networkName}`;

const same = (a: Shim | null, b: Shim | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Ends of a change that were read back. */
const certain: ReadonlySet<ChangeRecord['state']> = new Set(['applied', 'undone', 'rolled-back']);

const consentCodes: ReadonlySet<string> = new Set(['toolbox_unasked', 'toolbox_refused']);

/**
 * Keeps the shims that the admin wants: a host forgets its links at a reboot, and containers' addresses change. Each
 * is put there when its engine comes (back) online and whenever what it should be differs from what was put there.
 */
export class ShimPolicies {
  private readonly known = new Map<string, Known>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** The links of engines as they were last read; gone once anything is done there. */
  private readonly seen = new Map<string, readonly Shim[]>();
  /** What is under way. */
  private readonly running = new Set<Promise<void>>();
  /** Engines whose part of the inventory is whole: a half-read one would take routes away. */
  private readonly inStep = new Set<string>();
  private ended = false;

  constructor(private readonly context: ShimContext) {}

  /** What is kept, without its state. */
  policies(): readonly ShimPolicy[] {
    return this.context.file.shims();
  }

  list(): ShimStatus[] {
    return this.context.file.shims().map((policy) => this.statusOf(policy));
  }

  /** What changes do on a host, and what this learns of it: what is read back after they have put or removed a link. */
  hand(engineId: string): HostHand {
    const { tools } = this.context;
    return {
      shims: async () => {
        const there = await tools.shims(engineId);
        this.seen.set(engineId, there);
        return there;
      },
      putShim: async (shim) => {
        this.seen.delete(engineId);
        try {
          await tools.putShim(engineId, shim);
        } catch (error) {
          // One that was to be brought up to date may have been left half-way.
          this.anew(engineId);
          throw error;
        }
      },
      removeShim: async (name) => {
        this.seen.delete(engineId);
        await tools.removeShim(engineId, name);
      },
    };
  }

  /** The policies, as changes write them. */
  readonly keeper: Keeper<'shim'> = {
    now: ({ engineId, name, after }) => {
      const found = this.of(engineId).find((each) => each.networkName === name);
      // A network that was made anew has its policy under another id.
      return found ? { ...found, networkId: after?.networkId ?? found.networkId } : null;
    },
    put: async ({ engineId, name, ...kept }, when) => {
      const policy = kept[when];
      const key = keyOf({ engineId, networkName: name });
      const others = this.context.file.shims().filter((each) => keyOf(each) !== key);
      await this.context.file.set(policy ? [...others, policy] : others);
      this.known.delete(key);
      const link = policy && shimName(policy.networkId);
      const shim = this.seen.get(engineId)?.find((each) => each.name === link);
      if (shim) this.known.set(key, { shim, busy: false, retryMs: times.firstRetry });
      this.changed();
      // Containers may have come since it was planned.
      this.soon(engineId);
    },
    overtaken: ({ engineId, name: network }) => {
      const host = hostName(engineId, this.context.snapshot().engines);
      return problem('change_not_undoable', { context: 'shim', host, network }, { engineId });
    },
  };

  /** The engine is in step again, perhaps after a reboot of its host: nothing is certain of its links. */
  onOnline(engineId: string): void {
    this.inStep.add(engineId);
    this.anew(engineId);
  }

  /** The toolbox was allowed or refused: what could not be done may be possible now, and the other way round. */
  onConsent(engineId: string): void {
    this.anew(engineId);
  }

  onDelta({
    engineId,
    engine,
    engineRemoved,
    networks,
    networksRemoved,
    containers,
    containersRemoved,
  }: Delta): void {
    const mine = this.of(engineId);
    if (engineRemoved || (engine && engine.state !== 'online')) {
      this.inStep.delete(engineId);
      // When it is back it may be after a reboot: until its links are read or put there, none of them is in place.
      for (const policy of mine) this.known.delete(keyOf(policy));
    }
    if (mine.length === 0) return;
    const touched = [networks, networksRemoved, containers, containersRemoved];
    if (touched.some((each) => each.length > 0)) this.soon(engineId);
    if (engine || engineRemoved) this.changed();
  }

  /** A change ended, or was cut off. Where it was not brought to one of its ends nothing is certain of its links. */
  onRecord({ state, hosts }: ChangeRecord): void {
    const touched = hosts.filter(({ steps }) => steps.some(isHostStep));
    if (state === 'applying' || touched.length === 0) return;
    for (const { engineId } of touched) {
      if (certain.has(state)) this.soon(engineId);
      else this.anew(engineId);
    }
    this.changed();
  }

  /** The engine is off the list for good. A link that is on its host stays there until that reboots. */
  async forget(engineId: string): Promise<void> {
    const mine = this.of(engineId);
    if (mine.length === 0) return;
    clearTimeout(this.timers.get(engineId));
    this.timers.delete(engineId);
    for (const policy of mine) this.known.delete(keyOf(policy));
    await this.context.file.set(this.context.file.shims().filter((each) => each.engineId !== engineId));
    this.changed();
  }

  /** Resolves when nothing is under way any more. */
  async dispose(): Promise<void> {
    this.ended = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.running);
  }

  private of(engineId: string): ShimPolicy[] {
    return this.context.file.shims().filter((each) => each.engineId === engineId);
  }

  private anew(engineId: string): void {
    for (const policy of this.of(engineId)) this.known.delete(keyOf(policy));
    this.seen.delete(engineId);
    this.soon(engineId, 0);
  }

  private online(engineId: string): boolean {
    return this.context.snapshot().engines.some((each) => each.id === engineId && each.state === 'online');
  }

  private statusOf(policy: ShimPolicy): ShimStatus {
    const known = this.known.get(keyOf(policy));
    const shim = known?.shim ?? null;
    if (!this.online(policy.engineId) || this.context.readOnly) return { ...policy, shim, state: 'waiting' };
    const problem = this.context.cutOff(policy) ?? known?.problem;
    if (problem) return { ...policy, shim, state: 'failed', problem };
    if (!networkOfShim(policy, this.context.snapshot())) return { ...policy, shim, state: 'no-network' };
    return { ...policy, shim, state: shim && !known?.busy ? 'applied' : 'pending' };
  }

  private changed(): void {
    if (!this.ended) this.context.onChange(this.list());
  }

  private soon(engineId: string, ms = times.gather): void {
    if (this.ended || this.context.readOnly || !this.inStep.has(engineId) || this.of(engineId).length === 0)
      return;
    clearTimeout(this.timers.get(engineId));
    const timer = setTimeout(() => {
      this.timers.delete(engineId);
      this.start(engineId);
    }, ms);
    this.timers.set(engineId, timer);
  }

  /** Waits for the changes of this engine, which wait for it in turn. */
  private start(engineId: string): void {
    const work = async () => {
      const run = this.reconcile(engineId);
      this.running.add(run);
      await run.finally(() => this.running.delete(run));
    };
    void this.context.locks.run(engineId, work).catch(this.context.report);
  }

  private async reconcile(engineId: string): Promise<void> {
    for (const policy of this.of(engineId)) {
      if (!this.ended && this.inStep.has(engineId)) await this.bringUp(policy);
    }
  }

  private async bringUp(policy: ShimPolicy): Promise<void> {
    const inventory = this.context.snapshot();
    const network = networkOfShim(policy, inventory);
    const wanted = network && shimFor(network, policy.address, inventory);
    const before = this.known.get(keyOf(policy));
    if (!network || !wanted || this.context.cutOff(policy)) return this.changed();
    if (before && !before.problem && same(before.shim, wanted)) return;
    const left = (before?.retryAt ?? 0) - this.context.now();
    if (left === Infinity) return;
    if (left > 0) return this.soon(policy.engineId, left);
    const retryMs = before?.retryMs ?? times.firstRetry;
    this.known.set(keyOf(policy), { shim: before?.shim ?? null, busy: true, retryMs });
    this.changed();
    try {
      if (network.id !== policy.networkId) await this.follow(policy, network);
      await this.context.tools.putShim(policy.engineId, wanted);
      this.known.set(keyOf(policy), { shim: wanted, busy: false, retryMs: times.firstRetry });
    } catch (error) {
      this.failed(policy, error, retryMs);
    }
    this.changed();
  }

  /** The network was made anew: its old link, named by the old id, stands in the way of the address. */
  private async follow(policy: ShimPolicy, network: Network): Promise<void> {
    await this.context.tools.removeShim(policy.engineId, shimName(policy.networkId));
    const next = { ...policy, networkId: network.id };
    await this.context.file.set(
      this.context.file.shims().map((each) => (keyOf(each) === keyOf(policy) ? next : each)),
    );
  }

  private failed(policy: ShimPolicy, error: unknown, retryMs: number): void {
    if (!(error instanceof ProblemError)) this.context.report(error);
    const known = error instanceof ProblemError ? error.problem : unexpected(error);
    // Consent is not a matter of time: `onConsent` tells.
    const asked = consentCodes.has(known.code);
    this.known.set(keyOf(policy), {
      shim: null,
      problem: known,
      busy: false,
      retryMs: Math.min(retryMs * 4, times.lastRetry),
      retryAt: asked ? Infinity : this.context.now() + retryMs,
    });
    if (!asked) this.soon(policy.engineId, retryMs);
  }
}
