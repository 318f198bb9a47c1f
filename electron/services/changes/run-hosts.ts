import type { ChangeProgress, HostResult, Problem, RecoverAction, Step } from '../../../shared/model';
import { atHost, problem } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import type { ChangesContext } from './context';
import { standingOn } from './interrupted';
import { goesForward, recoverSteps } from './recover';
import { checkClash, doSteps, takeBack, type Clash, type Outcome, type Taken } from './run';
import type { AffectedObjects } from './affected-objects';
import { problemOf } from './lost';
import { StepRunner } from './step-runner';
import type { ReadBack } from './verify';
import type { Run, RunJournal } from '../storage/journal';

/** The steps of one host. */
export interface HostJob {
  engineId: string;
  engineName: string;
  steps: Step[];
}

export interface RunHostsContext {
  client(engineId: string): EngineClient;
  /** For steps on the hosts themselves. */
  access?: ChangesContext['access'];
  onProgress(progress: Omit<ChangeProgress, 'id'>): void;
  /** Is told what is asked of this engine. */
  affected?(engineId: string): AffectedObjects | undefined;
  clash?: Clash;
  taken?: Taken;
  /** See {@link RunnerContext}. */
  patienceMs?: number;
  /** See {@link RunnerContext}. */
  carries?: boolean;
}

/** How it ended on all hosts together. */
export interface HostsOutcome {
  results: HostResult[];
  /** What takes back what stays done; null when a step of it can't be. */
  inverse: HostJob[] | null;
  /** Every host is done. */
  ok: boolean;
  /** A host was lost on the way, or could not be brought to its end: the journal says how far each came. */
  open: boolean;
}

interface Ran {
  job: HostJob;
  runner: StepRunner;
  outcome: Outcome;
}

/** Where a problem of a whole change is: its host, where it has but one. */
export function placeOf(hosts: readonly Pick<HostJob, 'engineId'>[]): { engineId?: string } {
  const [only, ...others] = hosts;
  return only && others.length === 0 ? { engineId: only.engineId } : {};
}

export const jobOf = ({ engineId, engineName, steps }: HostJob): HostJob => ({ engineId, engineName, steps });

function runnersOf(
  journal: RunJournal,
  context: RunHostsContext,
  leaveOutGone = false,
): { job: HostJob; runner: StepRunner }[] {
  const { patienceMs, access, carries = false } = context;
  return journal.run.hosts.map((host, index) => {
    const { engineId, steps } = host;
    const affected = context.affected?.(engineId);
    const runner = new StepRunner(
      {
        client: () => context.client(engineId),
        ...(access ? { access: (kind) => access(engineId, kind) } : {}),
        onPhase: (phase, step) => context.onProgress({ engineId, phase, step, of: steps.length }),
        ...(affected ? { affected } : {}),
        ...(patienceMs === undefined ? {} : { patienceMs }),
        ...{ leaveOutGone, carries },
      },
      journal,
      index,
    );
    return { job: jobOf(host), runner };
  });
}

/** The addresses that were read back after the last connect. */
export function lastGiven(
  steps: readonly Step[],
  readBack: readonly ReadBack[],
): Pick<HostResult, 'ipv4' | 'ipv6'> {
  const step = steps.findLast((each) => each.op === 'connect');
  const found = readBack.find(
    ({ containerId, networkName }) => containerId === step?.containerId && networkName === step.networkName,
  );
  const { ipv4, ipv6 } = found ?? {};
  return { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) };
}

function result({ job, outcome }: Ran): HostResult {
  if (outcome.ok) {
    const { networkId, readBack, exceptions } = outcome;
    const more = { ...(networkId && { networkId }), ...(exceptions && { exceptions }) };
    return { ...job, state: 'done', ...more, ...lastGiven(job.steps, readBack) };
  }
  const { rolledBack, open } = outcome;
  const problem = atHost(outcome.problem, job.engineName);
  if (open) return { ...job, state: 'interrupted', problem };
  return { ...job, state: rolledBack ? 'failed' : 'rollback-failed', problem };
}

/** Once all hosts are done, so that none is measured against what another one is about to give up. */
async function unlessClash(one: Ran, { clash, taken }: RunHostsContext): Promise<Ran> {
  const { runner, outcome } = one;
  if (!outcome.ok) return one;
  try {
    const readBack = await checkClash(runner, runner.sent(), clash);
    return readBack ? { ...one, outcome: { ...outcome, readBack } } : one;
  } catch (error) {
    return { ...one, outcome: await takeBack(runner, problemOf(error), taken) };
  }
}

/** Takes a host back that had nothing wrong itself, because another had. */
async function undone(one: Ran, taken: Taken | undefined): Promise<HostResult> {
  const { job, runner, outcome } = one;
  if (!outcome.ok) return result(one);
  if (!outcome.inverse) return { ...job, state: 'rollback-failed', problem: irreversible(job) };
  const { engineId } = job;
  const why = problem('rolled_back', { context: 'another' }, { engineId });
  const back = await takeBack(runner, why, taken);
  if (back.ok || back.rolledBack) return { ...job, state: 'rolled-back' };
  return { ...job, state: back.open ? 'interrupted' : 'rollback-failed', problem: back.problem };
}

const irreversible = ({ engineId, engineName }: HostJob): Problem =>
  problem('rollback_failed', { context: 'irreversible', host: engineName }, { engineId });

function inverseOf(ran: Ran[]): HostJob[] | null {
  const jobs = ran.flatMap(({ job, outcome }) => (outcome.ok ? [{ ...job, steps: outcome.inverse }] : []));
  return jobs.every((job): job is HostJob => job.steps !== null) ? jobs : null;
}

/**
 * Each host of a change that is not settled, as the journal of its run tells it.
 *
 * @param before the change's own hosts: where it was being undone, the run's steps are not the change's
 * @param results what went wrong
 */
export function openResults(
  run: Run,
  before: readonly HostResult[],
  results: readonly HostResult[] = [],
): HostResult[] {
  const inRun = run.hosts.map((host, index): HostResult => {
    const found = results[index]?.problem;
    const own = before.find((each) => each.engineId === host.engineId);
    return {
      ...jobOf(host),
      ...(run.kind === 'undo' && own ? { ...bare(own), steps: own.steps } : {}),
      state: 'interrupted',
      ...standingOn(run, index),
      ...(found ? { problem: found } : {}),
    };
  });
  // Where nothing is to be taken back, an undo does not come.
  const others = before.filter((own) => !inRun.some(({ engineId }) => engineId === own.engineId));
  return [...inRun, ...others];
}

/** Without what only a host has on which it was cut off, or failed. */
export function bare(host: HostResult): HostResult {
  const { stepsDone: _steps, recovery: _recovery, problem: _problem, exceptions: _not, ...rest } = host;
  return rest;
}

/**
 * Runs the steps of all hosts at once. A host that fails puts itself back; the others are then taken back as well, unless
 * `keepPartial`: all or nothing. A host that was lost on the way leaves the whole open, and the others where they are:
 * what becomes of all of them is one decision. Never rejects for what an engine says.
 */
export async function runHosts(
  journal: RunJournal,
  context: RunHostsContext,
  keepPartial = false,
): Promise<HostsOutcome> {
  const done = await Promise.all(
    runnersOf(journal, context).map(async (one): Promise<Ran> => ({
      ...one,
      outcome: await doSteps(one.runner, undefined, context.taken),
    })),
  );
  const all = keepPartial || done.every(({ outcome }) => outcome.ok);
  const ran = all ? await Promise.all(done.map((one) => unlessClash(one, context))) : done;
  const open = ran.some(({ outcome }) => !outcome.ok && outcome.open);
  if (open) return { results: ran.map(result), inverse: null, ok: false, open };
  const ok = ran.every(({ outcome }) => outcome.ok);
  const some = ran.some(({ outcome }) => outcome.ok);
  if (ok || (keepPartial && some)) return { results: ran.map(result), inverse: inverseOf(ran), ok, open };
  const results = await Promise.all(ran.map((one) => undone(one, context.taken)));
  if (results.some((each) => each.state === 'interrupted'))
    return { results, inverse: null, ok: false, open: true };
  return { results, inverse: null, ok: false, open };
}

/**
 * Brings all hosts of a run that was cut off to one of its ends. One that can't be leaves the whole open. What is to be as
 * before goes on past what another hand has removed; what is to stand does not.
 *
 * @param gone engines that are left as they are: nobody can ask them
 */
export async function recoverHosts(
  journal: RunJournal,
  context: RunHostsContext,
  action: Exclude<RecoverAction, 'keep'>,
  gone: ReadonlySet<string> = new Set(),
): Promise<HostsOutcome> {
  const past = action === 'roll-back';
  const forward = goesForward(journal.run, action);
  const ended = await Promise.all(
    runnersOf(journal, context, past).map(async (one): Promise<Ran | HostJob> => {
      if (gone.has(one.job.engineId)) return one.job;
      return { ...one, outcome: await recoverSteps(one.runner, forward, context.clash, past) };
    }),
  );
  const ran = ended.filter((one) => 'outcome' in one);
  const ok = ran.every(({ outcome }) => outcome.ok);
  const results = ended.map((one): HostResult => {
    if (!('outcome' in one)) return { ...one, state: 'left' };
    return forward || !ok ? result(one) : { ...one.job, state: 'rolled-back' };
  });
  return { results, inverse: ok && forward ? inverseOf(ran) : null, ok, open: !ok };
}
