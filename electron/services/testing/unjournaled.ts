import type { Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import { runWalk, type Outcome } from '../changes/run';
import { Walk, type OnPhase, type WalkContext } from '../changes/walk';
import { newRun, RunJournal } from '../storage/journal';
import { runHosts, type HostJob, type HostsOutcome, type RunHostsContext } from '../changes/run-hosts';

/** Runs as changes make them, with a journal that is on no disk. */
const journalOf = (jobs: readonly HostJob[]): RunJournal => new RunJournal('', newRun('apply', '', jobs));

export function runSteps(
  client: EngineClient,
  steps: Step[],
  onPhase: OnPhase,
  patienceMs?: WalkContext['patienceMs'],
): Promise<Outcome> {
  const { engineId } = client;
  const context = { client: () => client, onPhase, ...(patienceMs === undefined ? {} : { patienceMs }) };
  return runWalk(new Walk(context, journalOf([{ engineId, engineName: engineId, steps }]), 0));
}

export const runJobs = (
  jobs: readonly HostJob[],
  context: RunHostsContext,
  keepPartial = false,
): Promise<HostsOutcome> => runHosts(journalOf(jobs), context, keepPartial);
