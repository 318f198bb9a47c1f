import {
  isHostStep,
  policyKindOf,
  policySubject,
  type ChangeRecord,
  type KeptPolicy,
  type PolicyKindName,
  type PolicyOf,
  type PolicyRequest,
  type PolicyStatus,
} from '../../../shared/model';
import { hostName, type Inventory, type PolicyPlan } from '../../../shared/rules';
import type { HostAccess } from '../changes/host-steps';
import type { Keeper } from '../changes/kind';
import type { PolicyStanding } from './kind';
import type { ConsolePolicyKind } from './console-kind';
import { Reconciler, type ReconcilerContext } from './reconciler';

/** Ends of a change that were read back. */
const certain: ReadonlySet<ChangeRecord['state']> = new Set(['applied', 'undone', 'rolled-back']);

export interface PolicyKeeperContext<K extends PolicyKindName> extends ReconcilerContext<PolicyOf<K>> {
  /** Any policy of this kind stands otherwise. */
  onChange(): void;
}

/** Keeps the policies of one kind that the admin wants; changes make and remove them. */
export class PolicyKeeper<K extends PolicyKindName, W, R extends string> extends Reconciler<
  PolicyOf<K>,
  W,
  R
> {
  constructor(
    private readonly row: ConsolePolicyKind<K, W, R>,
    private readonly kept: PolicyKeeperContext<K>,
  ) {
    super(row, kept, () => kept.onChange());
  }

  list(): Extract<PolicyStatus, { kind: K }>[] {
    const { kind } = this.row;
    const world = this.kept.snapshot();
    const shown = ({ policy, put, ...status }: PolicyStanding<PolicyOf<K>, W, R>) =>
      ({ kind, ...policy, [kind]: put, ...status, ...this.row.live?.(policy, world) }) as unknown as Extract<
        PolicyStatus,
        { kind: K }
      >;
    return this.statuses().map(shown);
  }

  plan(request: PolicyRequest, world: Inventory, at: number): PolicyPlan {
    return this.row.plan(request as Parameters<typeof this.row.plan>[0], world, this.policies(), at);
  }

  /** What changes do on a host, and what this learns of it: what is read back after they have put or removed something. */
  access(engineId: string): HostAccess<W> {
    const access = this.row.access(engineId);
    return {
      ...access,
      read: async () => {
        const there = await access.read();
        this.noticed(engineId, there);
        return there;
      },
      put: async (it, was) => {
        await this.orDoubt(engineId, access.nameOf(it), access.put(it, was));
        this.sent(engineId, access.nameOf(it), it);
      },
      remove: async (it) => {
        await this.orDoubt(engineId, access.nameOf(it), access.remove(it));
        this.sent(engineId, access.nameOf(it), null);
      },
    };
  }

  /** See `PolicyService.withdraw`. */
  async withdraw(engineId: string): Promise<void> {
    const { withdraw, nameOf } = this.row;
    if (!withdraw) return;
    const here = this.policies().filter((each) => each.engineId === engineId);
    await Promise.all(
      here.map((each) => withdraw(engineId, nameOf(each)).catch((error: unknown) => this.kept.report(error))),
    );
  }

  override async dispose(): Promise<void> {
    await super.dispose();
    this.row.dispose?.();
  }

  /** A change ended, or was cut off. */
  onRecord({ state, hosts }: ChangeRecord): void {
    if (state === 'applying') return;
    for (const { engineId, steps } of hosts)
      if (steps.some((step) => isHostStep(step) && policyKindOf(step) === this.row.kind))
        this.ended(engineId, certain.has(state));
  }

  /** What was to be brought up to date, or removed, may have been left half-way. */
  private async orDoubt(engineId: string, name: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.doubted(engineId, name);
      throw error;
    }
  }

  private find({ engineId, name }: { engineId: string; name: string }): PolicyOf<K> | undefined {
    return this.policies().find((each) => each.engineId === engineId && policySubject(each) === name);
  }

  /** The policies, as changes write them. */
  readonly keeper = {
    now: (kept: KeptPolicy) => {
      const found = this.find(kept);
      // A network that was made anew has its policy under another id.
      return found ? { ...found, networkId: kept.after?.networkId ?? found.networkId } : null;
    },
    put: async (kept: KeptPolicy, when: 'before' | 'after') => {
      const wanted = kept[when] as PolicyOf<K> | null;
      const one = this.find(kept) ?? wanted;
      if (one) await this.keep(this.row.keyOf(one), wanted);
    },
    overtaken: ({ engineId, name }: KeptPolicy) =>
      this.row.overtaken(engineId, hostName(engineId, this.kept.snapshot().engines), name),
  } as unknown as Keeper<K>;
}
