import type { Recovery, Step } from '../../../shared/model';
import type { HostRun, Run } from '../storage/journal';

/** Where a run stands on one host, in terms of the change: how much of it holds, what is missing, what takes it back. */
export interface Standing {
  stepsDone: number;
  recovery: Recovery;
}

/** The same in terms of the run, whose steps may be those that take a change back. */
function standingOf({ steps, done, doubt }: HostRun): {
  surely: number;
  ahead: Step[];
  behind: Step[] | null;
} {
  const surely = doubt?.back ? doubt.at : done.length;
  const inDoubt = doubt ? [doubt.back ? (done[doubt.at]?.inverse ?? null) : doubt.inverse] : [];
  const inverses = [...done.slice(0, surely).map((each) => each.inverse), ...inDoubt].reverse();
  const behind = inverses.every((step) => step !== null) ? inverses : null;
  return { surely, ahead: steps.slice(surely), behind };
}

/** What a journal says about a change that was cut off. */
export function standingOn(run: Run, index: number): Standing {
  const host = run.hosts[index];
  if (!host) throw new Error(`this run has no host ${index}`);
  const { surely, ahead, behind } = standingOf(host);
  const doubtful = host.doubt !== null;
  if (run.kind === 'apply')
    return { stepsDone: surely, recovery: { doubtful, finish: ahead, rollBack: behind } };
  // It was being undone: its steps ahead are those that take the change back.
  return {
    stepsDone: host.steps.length - surely - (doubtful ? 1 : 0),
    recovery: { doubtful, finish: behind, rollBack: ahead },
  };
}
