import type { HostResult, Problem, SegmentProgress, Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import { runSteps, type Outcome } from '../changes/run';

/** The steps of one host. */
export interface HostJob {
  engineId: string;
  engineName: string;
  steps: Step[];
}

export interface RunHostsContext {
  client(engineId: string): EngineClient;
  onProgress(progress: Omit<SegmentProgress, 'id'>): void;
}

/** How it ended on all hosts together. */
export interface HostsOutcome {
  results: HostResult[];
  /** What takes back what stays done; null when a step of it can't be. */
  inverse: HostJob[] | null;
  /** Every host is done. */
  ok: boolean;
}

interface Ran {
  job: HostJob;
  outcome: Outcome;
}

function run(job: HostJob, context: RunHostsContext, rollback = false): Promise<Outcome> {
  const { engineId, steps } = job;
  return runSteps(context.client(engineId), steps, (phase, step) =>
    context.onProgress({ engineId, phase: rollback ? 'rollback' : phase, step, of: steps.length }),
  );
}

function result({ job, outcome }: Ran): HostResult {
  if (outcome.ok)
    return { ...job, state: 'done', ...(outcome.networkId ? { networkId: outcome.networkId } : {}) };
  return { ...job, state: outcome.rolledBack ? 'failed' : 'rollback-failed', problem: outcome.problem };
}

/** Takes a host back that had nothing wrong itself, because another had. */
async function takeBack(one: Ran, context: RunHostsContext): Promise<HostResult> {
  const { job, outcome } = one;
  if (!outcome.ok) return result(one);
  if (!outcome.inverse) return { ...job, state: 'rollback-failed', problem: irreversible(job) };
  const back = await run({ ...job, steps: outcome.inverse }, context, true);
  if (back.ok) return { ...job, state: 'rolled-back' };
  return { ...job, state: 'rollback-failed', problem: { ...back.problem, code: 'rollback_failed' } };
}

const irreversible = ({ engineId, engineName }: HostJob): Problem => ({
  code: 'rollback_failed',
  message: `What was done on ${engineName} can’t be taken back by itself: one of its networks could not be made again.`,
  hint: 'Look at the networks of this host as they are now.',
  params: { host: engineName },
  engineId,
});

function inverseOf(ran: Ran[]): HostJob[] | null {
  const jobs = ran.flatMap(({ job, outcome }) => (outcome.ok ? [{ ...job, steps: outcome.inverse }] : []));
  return jobs.every((job): job is HostJob => job.steps !== null) ? jobs : null;
}

/**
 * Runs the steps of all hosts at once. A host that fails puts itself back; the others are then taken back as well, unless
 * `keepPartial`: all or nothing. Never rejects for what an engine says.
 */
export async function runHosts(
  jobs: readonly HostJob[],
  context: RunHostsContext,
  keepPartial = false,
): Promise<HostsOutcome> {
  const ran = await Promise.all(
    jobs.map(async (job): Promise<Ran> => ({ job, outcome: await run(job, context) })),
  );
  const ok = ran.every(({ outcome }) => outcome.ok);
  const some = ran.some(({ outcome }) => outcome.ok);
  if (ok || (keepPartial && some)) return { results: ran.map(result), inverse: inverseOf(ran), ok };
  return { results: await Promise.all(ran.map((one) => takeBack(one, context))), inverse: null, ok: false };
}
