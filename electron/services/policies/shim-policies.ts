import {
  ProblemError,
  type Delta,
  type Network,
  type Problem,
  type Shim,
  type ShimPolicy,
  type ShimPreview,
  type ShimStatus,
} from '../../../shared/model';
import { networkOfShim, shimFor, shimName, type Inventory } from '../../../shared/rules';
import { problem, unexpected } from '../../../shared/texts';
import type { PoliciesFile } from './policies-file';
import { putOrTakeBack } from './put-shim';
import { previewShim } from './shim-plan';

/** Milliseconds. Containers come and go in bunches; what failed is tried again less and less often. */
const times = { gather: 300, firstRetry: 5_000, lastRetry: 300_000 };

/** What the toolbox does for shims. All reject with a `ProblemError`. */
export interface ShimTools {
  putShim(engineId: string, shim: Shim): Promise<void>;
  removeShim(engineId: string, name: string): Promise<void>;
  /** All that are on the host. */
  shims(engineId: string): Promise<Shim[]>;
}

export interface ShimContext {
  snapshot(): Inventory;
  tools: ShimTools;
  file: PoliciesFile;
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

const consentCodes: ReadonlySet<string> = new Set(['toolbox_unasked', 'toolbox_refused']);

/**
 * Keeps the shims that the admin wants: a host forgets its links at a reboot, and containers' addresses change. Each
 * is put there when its engine comes (back) online and whenever what it should be differs from what was put there.
 */
export class ShimPolicies {
  private readonly known = new Map<string, Known>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** One task at a time per engine, in order. */
  private readonly queues = new Map<string, Promise<void>>();
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

  preview(network: Network, address?: string): ShimPreview {
    return previewShim(network, address, this.context.file.shims(), this.context.snapshot());
  }

  /**
   * Puts the shim on the host and keeps it as a policy; on failure neither. What was kept before is put back then.
   *
   * @throws ProblemError what the preview says, or what the toolbox met.
   */
  async put(network: Network, address: string): Promise<ShimStatus> {
    const preview = this.preview(network, address);
    const [first] = preview.problems;
    if (first) throw new ProblemError(first);
    const { shim } = preview;
    if (!shim) throw new ProblemError(problem('parent_invalid', { context: 'empty' }));
    const { engineId, id: networkId, name: networkName } = network;
    const policy = { engineId, networkId, networkName, address, since: this.context.now() };
    const kept = this.context.file.shims().some((each) => keyOf(each) === keyOf(policy));
    try {
      await this.inTurn(engineId, () => putOrTakeBack(this.context, network, shim, kept));
    } catch (error) {
      if (kept) this.anew(engineId);
      throw error;
    }
    this.known.set(keyOf(policy), { shim, busy: false, retryMs: times.firstRetry });
    const others = this.context.file.shims().filter((each) => keyOf(each) !== keyOf(policy));
    await this.context.file.set([...others, policy]);
    this.changed();
    return this.statusOf(policy);
  }

  /** Takes the link from the host and forgets the policy; one that can't be reached keeps both. */
  async remove(engineId: string, networkId: string): Promise<void> {
    const policy = this.context.file
      .shims()
      .find((each) => each.engineId === engineId && each.networkId === networkId);
    if (!policy) return;
    const name = this.known.get(keyOf(policy))?.shim?.name ?? shimName(policy.networkId);
    await this.inTurn(engineId, () => this.context.tools.removeShim(engineId, name));
    this.known.delete(keyOf(policy));
    await this.context.file.set(this.context.file.shims().filter((each) => keyOf(each) !== keyOf(policy)));
    this.changed();
  }

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
    if (engineRemoved || (engine && engine.state !== 'online')) this.inStep.delete(engineId);
    if (this.of(engineId).length === 0) return;
    const touched = [networks, networksRemoved, containers, containersRemoved];
    if (touched.some((each) => each.length > 0)) this.soon(engineId);
    if (engine || engineRemoved) this.changed();
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
    await Promise.all(this.queues.values());
  }

  private of(engineId: string): ShimPolicy[] {
    return this.context.file.shims().filter((each) => each.engineId === engineId);
  }

  private anew(engineId: string): void {
    for (const policy of this.of(engineId)) this.known.delete(keyOf(policy));
    this.soon(engineId, 0);
  }

  private online(engineId: string): boolean {
    return this.context.snapshot().engines.some((each) => each.id === engineId && each.state === 'online');
  }

  private statusOf(policy: ShimPolicy): ShimStatus {
    const known = this.known.get(keyOf(policy));
    const shim = known?.shim ?? null;
    if (!this.online(policy.engineId) || this.context.readOnly) return { ...policy, shim, state: 'waiting' };
    if (known?.problem) return { ...policy, shim, state: 'failed', problem: known.problem };
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
      void this.inTurn(engineId, () => this.reconcile(engineId)).catch(this.context.report);
    }, ms);
    this.timers.set(engineId, timer);
  }

  /** Waits for what this engine is doing; a failure is the caller's alone. */
  private inTurn<T>(engineId: string, work: () => Promise<T>): Promise<T> {
    const run = (this.queues.get(engineId) ?? Promise.resolve()).then(work);
    this.queues.set(
      engineId,
      run.then(
        () => undefined,
        () => undefined,
      ),
    );
    return run;
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
    if (!network || !wanted) return this.changed();
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
