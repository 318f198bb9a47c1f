import type { PolicyKindName, PolicyOf, PolicyRequest, Problem } from '../../../shared/model';
import type { Inventory, PolicyPlan } from '../../../shared/rules';
import type { HostAccess } from '../changes/host-steps';
import type { KeptHelpers, RunTask } from '../toolbox/run-task';
import type { PolicyKind } from './kind';

/** What a kind of policy has to do with. */
export interface PolicyTools {
  /** What is known of the engines now. */
  world(): Inventory;
  run: RunTask;
  helpers: KeptHelpers;
  /** How a policy stands differs, as `live` tells. */
  changed(): void;
  /** What is there by that name on a host may not be as it was put: it is looked at, and put there anew. */
  doubted(engineId: string, name: string): void;
}

/** Why an admin has to be asked first: that is no matter of time. */
const consentCodes: ReadonlySet<string> = new Set(['toolbox_unasked', 'toolbox_refused']);
export const wantsConsent = ({ code }: Problem): boolean => consentCodes.has(code);

type RequestOf<K extends PolicyKindName> = Extract<PolicyRequest, { kind: `put-${K}` | `remove-${K}` }>;

/** A kind of policy as the console has it: how it is kept, and how changes put and remove what it wants. */
export interface ConsolePolicyKind<K extends PolicyKindName, W, R extends string> extends PolicyKind<
  PolicyOf<K>,
  W,
  R
> {
  readonly kind: K;
  /** Pure: the same request, world and time give the same plan. @param at milliseconds since the epoch */
  plan(request: RequestOf<K>, world: Inventory, kept: readonly PolicyOf<K>[], at: number): PolicyPlan;
  /** What is told of a policy beside how it stands, as it is now. */
  live?(policy: PolicyOf<K>, world: Inventory): object;
  /** Ends what goes on on a host by the toolbox, which is about to be refused there. */
  withdraw?(engineId: string, name: string): Promise<void>;
  dispose?(): void;
  /** For the steps of changes. */
  access(engineId: string): HostAccess<W>;
  /** Why a change can't be undone whose policy is another by now. @param name see `policySubject` */
  overtaken(engineId: string, host: string, name: string): Problem;
}
