import type { Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import { doSteps, type Outcome } from '../changes/run';
import { StepRunner, type OnPhase, type RunnerContext } from '../changes/step-runner';
import { newRun, RunJournal } from '../storage/journal';
import { runHosts, type HostJob, type HostsOutcome, type RunHostsContext } from '../changes/run-hosts';

/** Runs as changes make them, with a journal that is on no disk. */
const journalOf = (jobs: readonly HostJob[]): RunJournal => new RunJournal('', newRun('apply', '', jobs));

export function runSteps(
  client: EngineClient,
  steps: Step[],
  onPhase: OnPhase,
  patienceMs?: RunnerContext['patienceMs'],
): Promise<Outcome> {
  const { engineId } = client;
  const context = { client: () => client, onPhase, ...(patienceMs === undefined ? {} : { patienceMs }) };
  return doSteps(new StepRunner(context, journalOf([{ engineId, engineName: engineId, steps }]), 0));
}

export const runJobs = (
  jobs: readonly HostJob[],
  context: RunHostsContext,
  keepPartial = false,
): Promise<HostsOutcome> => runHosts(journalOf(jobs), context, keepPartial);
