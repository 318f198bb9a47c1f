import {
  policyKindOf,
  policyKindNames,
  type AnyPolicy,
  type PolicyKindName,
  type PolicyOf,
  type PolicyRequest,
  type PolicyStatus,
  type Problem,
} from '../../../shared/model';
import type { Inventory, PolicyPlan } from '../../../shared/rules';
import type { HostAccess } from '../changes/host-steps';
import type { Keepers } from '../changes/kind';
import type { Service } from '../service';
import type { PolicyTools } from './console-kind';
import { PolicyKeeper, type PolicyKeeperContext } from './policy-keeper';
import type { PolicyStore } from './kind';
import { policyKinds } from './kinds';

export interface PoliciesContext extends Omit<
  PolicyKeeperContext<PolicyKindName>,
  'store' | 'cutOff' | 'onChange'
> {
  toolbox: Pick<PolicyTools, 'run' | 'helpers'>;
  /** Where the policies of a kind are kept. */
  store<K extends PolicyKindName>(kind: K): PolicyStore<PolicyOf<K>>;
  /** Why what a policy has put on its host is to be left as it is for now. */
  cutOff(kind: PolicyKindName, policy: AnyPolicy): Problem | null;
  /** All of them anew, whenever any of them stands otherwise. */
  onChange(policies: PolicyStatus[]): void;
}

/** Policies of all kinds as the console uses them. */
export interface PolicyService extends Required<
  Pick<Service, 'onDelta' | 'onOnline' | 'onRecord' | 'onConsent' | 'beforeRefusal' | 'forget' | 'dispose'>
> {
  list(): PolicyStatus[];
  /** What a change of a policy would do. */
  plan(request: PolicyRequest, world: Inventory, at: number): PolicyPlan;
  /** As changes write them. */
  keepers: Pick<Keepers, PolicyKindName>;
  /** For the steps of changes of one kind. */
  access(engineId: string, kind: PolicyKindName): HostAccess;
}

type AnyKept = PolicyKeeper<PolicyKindName, unknown, string>;

/** What keeps policies; they themselves are in the plan. */
export function openPolicies(context: PoliciesContext): PolicyService {
  const { run, helpers } = context.toolbox;
  const toolsFor = (kind: PolicyKindName): PolicyTools => ({
    ...{ run, helpers, world: context.snapshot },
    changed: () => context.onChange(list()),
    doubted: (engineId, name) => of(kind).doubted(engineId, name),
  });
  const open = (kind: PolicyKindName) =>
    new PolicyKeeper(policyKinds[kind](toolsFor(kind)), {
      ...context,
      store: context.store(kind),
      cutOff: (policy) => context.cutOff(kind, policy),
      onChange: () => context.onChange(list()),
    }) as AnyKept;
  const byKind = new Map(policyKindNames.map((kind) => [kind, open(kind)] as const));
  const kept = [...byKind.values()];
  const list = () => kept.flatMap((each) => each.list());
  const of = (kind: PolicyKindName): AnyKept => byKind.get(kind) as AnyKept;
  return {
    list,
    plan: (request, world, at) => of(policyKindOf(request)).plan(request, world, at),
    keepers: Object.fromEntries([...byKind].map(([kind, { keeper }]) => [kind, keeper])) as Pick<
      Keepers,
      PolicyKindName
    >,
    access: (engineId, kind) => of(kind).access(engineId),
    onDelta: (delta) => kept.forEach((each) => each.onDelta(delta)),
    onOnline: (engineId) => kept.forEach((each) => each.onOnline(engineId)),
    onConsent: (engineId) => kept.forEach((each) => each.onConsent(engineId)),
    async beforeRefusal(engineId) {
      await Promise.all(kept.map((each) => each.withdraw(engineId)));
    },
    onRecord: (record) => kept.forEach((each) => each.onRecord(record)),
    async forget(engineId) {
      await Promise.all(kept.map((each) => each.forget(engineId)));
    },
    async dispose() {
      await Promise.all(kept.map((each) => each.dispose()));
    },
  };
}
