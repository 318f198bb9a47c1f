import { isDeepStrictEqual } from 'node:util';
import {
  isHostStep,
  policyKindOf,
  policySubject,
  type AnyPolicy,
  type PolicyKindName,
  type Problem,
  type Step,
} from '../../../shared/model';
import { problem } from '../../../shared/rules';
import type { ChangeEntry, ChangeLog, Kept } from './change-log';

/** What is put on a host, by its kind and what it is about. */
const putFor = (kind: PolicyKindName, about: Parameters<typeof policySubject>[0]): string =>
  `${kind} ${policySubject(about)}`;

/** Names for what a step touches. A network keeps its name when it is made anew, and an id may not be known yet. */
const touched = (steps: readonly Step[]): Set<string> =>
  new Set(
    steps.flatMap((step) => [
      ...(isHostStep(step) ? [putFor(policyKindOf(step), step)] : []),
      ...('networkName' in step && !isHostStep(step) ? [`network ${step.networkName}`] : []),
      ...('containerId' in step ? [`container ${step.containerId}`] : []),
    ]),
  );

/** What is kept, as far as a change makes it another. */
const keptAs = (kept: Kept | undefined): string | null => {
  if (!kept || isDeepStrictEqual(kept.before, kept.after)) return null;
  return kept.what === 'segment' ? `segment ${kept.id}` : `${kept.what} ${kept.engineId} ${kept.name}`;
};

/**
 * Changes that were cut off, of whatever kind. Until it is decided what becomes of one, nothing else is done on the
 * containers, networks and policies that it speaks of: what its journal knows about them would not be true any more. Others on
 * the same engine are not held up.
 */
export class Unsettled {
  constructor(private readonly log: Pick<ChangeLog, 'unsettled'>) {}

  /** Why these steps have to wait; null when they need not. */
  problemFor(engineId: string, steps: readonly Step[]): Problem | null {
    return this.problemOf(engineId, touched(steps));
  }

  /** Why what a policy has put on its host has to be left as it is; null when it need not. */
  problemOfPolicy(kind: PolicyKindName, policy: AnyPolicy): Problem | null {
    return this.problemOf(policy.engineId, new Set([putFor(kind, policy)]));
  }

  private problemOf(engineId: string, mine: ReadonlySet<string>): Problem | null {
    const host = this.cutOff()
      .flatMap(({ record }) => record.hosts)
      .find((each) => each.engineId === engineId && [...touched(each.steps)].some((name) => mine.has(name)));
    return host ? problem('change_interrupted', { host: host.engineName }, { engineId }) : null;
  }

  /** Why what the console itself keeps has to stay as it is: settling the change that was cut off will write it. */
  keptProblem(kept: Kept | undefined): Problem | null {
    const mine = keptAs(kept);
    if (mine === null) return null;
    const waiting = this.cutOff().find((entry) => keptAs(entry.kept) === mine);
    const host = waiting?.record.hosts.map((each) => each.engineName).join(', ');
    return host === undefined ? null : problem('change_interrupted', { host });
  }

  private cutOff(): ChangeEntry[] {
    return this.log.unsettled().filter(({ record }) => record.state === 'interrupted');
  }
}
