import type { AnyPolicy, ChangePreview, HostPlan, Problem } from '../../model';
import type { Inventory } from '../inventory/inventory';

/** What an admin wants to be so on a host, and no engine can hold. */
export interface Policy {
  readonly engineId: string;
}

/**
 * The rules of one kind of policy: pure, the same policy and world give the same answer.
 *
 * @typeParam P the policy
 * @typeParam W what is put on a host for it
 * @typeParam R states of its own in which there is nothing to be put
 */
export interface PolicyRules<P extends Policy, W, R extends string> {
  /** Tells the policies of all engines apart; stays when what a policy is about is made anew. */
  keyOf(policy: P): string;
  /** By what name the host has what is put there for it. */
  nameOf(policy: P): string;
  /** The state of its own that it is in, if any: what it is about is gone. */
  rests(policy: P, world: Inventory): R | null;
  /** Why there can be nothing of it on the host as the world is; empty where there can. */
  problems(policy: P, world: Inventory): Problem[];
  /** What has to be on the host. Null where it rests or has problems. */
  wanted(policy: P, world: Inventory): W | null;
  /**
   * While it rests: whether what was put there for it is of no use to anybody any more, and has to go. Left out: it stays until
   * it is put anew.
   */
  idle?(policy: P, world: Inventory): boolean;
  /** The policy as it has to be kept by now: what it is about may have been made anew under another id. */
  renewed(policy: P, world: Inventory): P;
  /** Whether what is on the host is not what is wanted; null stands for nothing at all. */
  differs(wanted: W, there: W | null): boolean;
  /** What was put for a network that has another id by now, as it has to be for that; left out: the same. */
  renamed?(put: W, networkId: string): W;
}

/** What a change of a policy would do on its host, and what is kept of the policy before and after. */
export interface PolicyPlan
  extends
    Pick<HostPlan, 'steps' | 'notices' | 'problems'>,
    Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'> {
  /** See `policySubject`. */
  name: string;
  before: AnyPolicy | null;
  after: AnyPolicy | null;
}
