import type { policyStates, Problem } from '../../../shared/model';
import type { Inventory, Policy, PolicyRules } from '../../../shared/rules';

/**
 * A kind of policy: its rules, and how what it wants is read on a host, put there and removed. Whatever touches a host rejects
 * with a `ProblemError`. One engine is asked for one thing at a time.
 */
export interface PolicyKind<P extends Policy, W, R extends string> extends PolicyRules<P, W, R> {
  /** All that there is of this kind on the host, by name, whoever put it there. */
  read(engineId: string): Promise<ReadonlyMap<string, W>>;
  /** Puts it there or brings it up to date, and gives what is there then, as read back. */
  put(engineId: string, wanted: W): Promise<W | null>;
  /**
   * What is not there is no failure.
   * @param policy for which it was put there: what is another console's stays, which is no failure either
   */
  remove(engineId: string, name: string, policy?: P): Promise<void>;
  /** Why it does not count as put there: read back, it is not as it is wanted. */
  notAsPut(policy: P, world: Inventory): Problem;
  /** Whether a problem says that the admin has not allowed it: that is no matter of time. */
  wantsConsent(problem: Problem): boolean;
  /** Whether a problem says that what is there is another console's, which is left to it. Absent: it never is. */
  keptElsewhere?(problem: Problem): boolean;
}

/** How a policy stands on its host. */
export interface PolicyStanding<P, W, R extends string> {
  policy: P;
  state: (typeof policyStates)[number] | R;
  /** As it was put there last; null before. */
  put: W | null;
  problem?: Problem;
}

/** Where the policies of one kind are kept. */
export interface PolicyStore<P> {
  list(): readonly P[];
  /** Replaces all of them at once; resolves when they are on disk. */
  set(policies: readonly P[]): Promise<void>;
}
