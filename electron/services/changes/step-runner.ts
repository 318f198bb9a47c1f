import { setTimeout as pause } from 'node:timers/promises';
import {
  isHostStep,
  policyKindOf,
  ProblemError,
  puts,
  type HostStep,
  type PolicyKindName,
  type Problem,
  type Step,
} from '../../../shared/model';
import { hostless, problem } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { madeAs, type Done, type HostRun, type RunJournal } from '../storage/journal';
import { effectFor, lookFor, send, type StepTools } from './step-tools';
import { afterHostStep, type HostAccess } from './host-steps';
import { isGone, isGoneFor, strandedByGone } from './gone';
import type { Effect, StepFindings } from './look';
import { isLost, LostError, problemOf, refused } from './lost';
import { byNames } from './last-names';
import { attachmentKey, isPlaceStep } from './others-work';
import { clearLeftover, saysLeftover } from './steps';
import type { AffectedObjects } from './affected-objects';

type ConnectStep = Extract<Step, { op: 'connect' }>;

export type OnPhase = (phase: 'step' | 'verify' | 'rollback', step: number) => void;

export interface RunnerContext {
  /** Asked anew each time: an engine that was lost may be reached by another client when it is back. */
  client(): EngineClient;
  /** For steps on the host itself, of one kind. */
  access?(kind: PolicyKindName): HostAccess;
  onPhase: OnPhase;
  /** Is told what is asked of the engine. */
  affected?: AffectedObjects;
  /** Nobody has asked for what attachments get besides addresses: it is what they had. */
  carries?: boolean;
  /** What is gone by another hand keeps nothing from its end: a step for it is left out, on the way forth and back. */
  leaveOutGone?: boolean;
  /**
   * How long to wait for an engine that does not answer while something must be put back, milliseconds: a tunnel or a
   * daemon that restarts is back by then.
   */
  patienceMs?: number;
}

/** The container to which something was to be given back is not there any more; all else was gone on with. */
export class GoneError extends ProblemError {}

/** What a step would take back is another hand's by now: that is left, and so is all that would follow in its place. */
export class OthersError extends Error {}

/** What came of taking steps back. */
export interface Back {
  /** What was wanted of the engine, and done. */
  sent: Step[];
  /** The first container that is gone: there is nothing to give back to it. */
  gone: GoneError | null;
}

const usualPatience = 10_000;
const pauseMs = 250;
/** An engine that hung may take up a call that was given up long ago, and at the same time answer a look. */
const afterTimeoutMs = 1_000;

/**
 * Goes along the steps of one host, forwards and back, by a journal that is always ahead of it: whoever finds that journal
 * can go on from where this ended.
 */
export class StepRunner implements StepTools {
  /** Why the connect failed of which something is left. */
  cause: Problem | undefined;

  constructor(
    private readonly context: RunnerContext,
    private readonly journal: RunJournal,
    private readonly index: number,
  ) {}

  get host(): HostRun {
    return this.journal.host(this.index);
  }

  /** Its steps take a change back. */
  get undoes(): boolean {
    return this.journal.run.kind === 'undo';
  }

  /** See {@link RunnerContext}. */
  get carries(): boolean {
    return this.context.carries === true;
  }

  get client(): EngineClient {
    return this.context.client();
  }

  accessFor(step: HostStep): HostAccess {
    const access = this.context.access?.(policyKindOf(step));
    if (!access) throw new Error('a step on a host, and no access to it');
    return access;
  }

  tell(...now: Parameters<OnPhase>): void {
    this.context.onPhase(...now);
  }

  /** Does the steps that are not done, up to `end`. Rejects at the first that fails; those before it stay done. */
  async forward(again = false, end = this.host.steps.length): Promise<void> {
    for (let at = this.host.done.length; at < end; at += 1) {
      this.tell('step', at);
      const step = this.resolve(this.host.steps[at] as Step);
      try {
        await this.carryOut(step, at, false, again);
      } catch (error) {
        if (!this.isLeftOut(step, error)) throw error;
        // What takes it back finds the same again, and is left out as well.
        await this.journal.trying(this.index, { at, back: false, inverse: step, existing: [] }, true);
        this.journal.settled(this.index, 'done');
      }
    }
  }

  /**
   * Takes back the steps that are done, last first and down to `end`, and skips what is back already. A container that is
   * gone does not keep the others from what was theirs, nor does a network: unless a container would only lose by it, which
   * rejects then.
   *
   * @param allow rejects for a step that must not be done any more; with {@link OthersError} the others are still done. `at` is
   *   the index of what it takes back
   */
  async back(end = 0, allow?: (step: Step, at: number) => Promise<void>): Promise<Back> {
    const sent: Step[] = [];
    const left = new Set<string>();
    let gone: GoneError | null = null;
    const count = this.host.done.length;
    if (!this.context.leaveOutGone) await this.checkStranded(end);
    for (let at = count - 1; at >= end; at -= 1) {
      this.tell('rollback', count - 1 - at);
      const { inverse } = this.host.done[at] as Done;
      const { steps } = this.host;
      const planned = steps[at];
      // What a failed connect had left was no attachment: nothing needs to be put back.
      if (!inverse && planned?.op === 'disconnect' && planned.leftover) continue;
      if (!inverse) throw new ProblemError(this.irreversible());
      const step = this.resolve(inverse);
      if (isPlaceStep(step) && left.has(attachmentKey(step))) continue;
      try {
        await this.patiently(async () => {
          await allow?.(step, at);
          await this.carryOut(step, at, true, true);
        });
        sent.push(step);
      } catch (error) {
        if (this.isLeftOut(step, error)) continue;
        if (error instanceof OthersError && isPlaceStep(step)) {
          left.add(attachmentKey(step));
          continue;
        }
        if (step.op === 'connect' && isGone(error, 'network_not_found')) {
          await this.checkStranded(end);
          continue;
        }
        if (!isGone(error, 'container_not_found') || !('containerId' in step)) throw error;
        gone ??= new GoneError(error.problem, { cause: error });
      }
    }
    return { sent, gone };
  }

  /** Before going on from a journal that another has left: what became of the last call. */
  async resume(): Promise<void> {
    const { doubt, done, steps } = this.host;
    if (!doubt) return;
    const planned = doubt.back ? done[doubt.at]?.inverse : steps[doubt.at];
    if (!planned) return this.journal.settled(this.index, 'missed');
    const step = this.resolve(planned);
    this.context.affected?.add(step);
    const effect = effectFor(this, step, doubt.existing).catch(byNames(step, this.host.engineName));
    this.settle(step, await effect);
  }

  /**
   * What a step means now: once a network has been made in this run, which no plan could know, its name means that one. One
   * of that name that another hand has made is never meant.
   */
  resolve(step: Step): Step {
    if (!('networkId' in step) || isHostStep(step)) return step;
    const networkId = madeAs(step.networkName, this.host);
    return networkId ? { ...step, networkId } : step;
  }

  /** All of its steps, as they mean it now. */
  sent(): Step[] {
    return this.host.steps.map((step) => this.resolve(step));
  }

  /** @throws ProblemError why a container would only lose by what is left to be taken back */
  private async checkStranded(end: number): Promise<void> {
    const { engineId, engineName, done } = this.host;
    const steps = done
      .slice(end)
      .reverse()
      .flatMap(({ inverse }) => inverse ?? []);
    const found = await strandedByGone(this.client, { engineId, engineName, steps }, this.host);
    if (found) throw new ProblemError(found);
  }

  private isLeftOut(step: Step, error: unknown): boolean {
    return this.context.leaveOutGone === true && isGoneFor(step, error);
  }

  private irreversible(): Problem {
    const { engineId, engineName } = this.host;
    return problem('change_not_undoable', { context: 'irreversible', host: engineName }, { engineId });
  }

  private restartingProblem(container: string): Problem {
    const { engineId } = this.host;
    return problem('container_restarting', { container }, { engineId });
  }

  private attachedProblem({ containerName: container, networkName: network }: ConnectStep): Problem {
    return hostless('change_stale', { context: 'attached', container, network }, this.host);
  }

  private settle(step: Step, effect: Effect): void {
    if (effect.done) this.context.affected?.add(step, effect.networkId);
    this.journal.settled(
      this.index,
      effect.done ? 'done' : 'missed',
      effect.done ? effect.networkId : undefined,
    );
  }

  private carryOut(step: Step, ...how: [at: number, back: boolean, again: boolean]): Promise<void> {
    return this.carry(step, ...how).catch(byNames(step, this.host.engineName));
  }

  /** @param again what is as it should be is left so, instead of being asked for */
  private async carry(step: Step, at: number, back: boolean, again: boolean): Promise<void> {
    this.context.affected?.add(step);
    const findings = await lookFor(this, step, again);
    const { inverse, existing, holds, networkId, restarting } = findings;
    if (restarting && !(again && holds)) throw new ProblemError(this.restartingProblem(restarting));
    // An engine takes a second one for a stopped container with “done”, and ignores it: what takes ours back would take theirs.
    if (step.op === 'connect' && existing.length > 0 && !(again && holds))
      throw new ProblemError(this.attachedProblem(step));
    // On the way back a full disk must not stop it: what the journal says then is no more than what is true.
    await this.journal.trying(this.index, { at, back, inverse, existing }, !back);
    // What is gone from a host already is not asked for: another's may be in its place, and would be refused.
    const left = holds && (again || (isHostStep(step) && !puts(step)));
    const effect: Effect = left
      ? { done: true, ...(networkId ? { networkId } : {}) }
      : await this.send(step, findings);
    this.settle(step, effect);
    if (effect.done && effect.wrong) throw new ProblemError(effect.wrong);
  }

  /** Rejects when it surely had no effect; a call that nobody answered is looked after. */
  private async send(step: Step, findings: StepFindings): Promise<Effect> {
    try {
      const networkId = await send(this, step, findings);
      return { done: true, ...(networkId ? { networkId } : {}) };
    } catch (error) {
      const effect = await this.afterwards(step, findings, error);
      if (effect.done) return effect;
      this.journal.settled(this.index, 'missed');
      throw error;
    }
  }

  /** An answer of the toolbox may come after it was stopped on the way. */
  private async onHost(step: HostStep, findings: StepFindings, error: unknown): Promise<Effect> {
    try {
      const { engineName } = this.host;
      return await this.patiently(() =>
        afterHostStep(this.accessFor(step), step, findings, error, engineName),
      );
    } catch (second) {
      if (isLost(second)) throw new LostError(problemOf(error));
      this.journal.settled(this.index, 'missed');
      throw second;
    }
  }

  private async afterwards(step: Step, findings: StepFindings, error: unknown): Promise<Effect> {
    const { existing } = findings;
    if (isHostStep(step)) return this.onHost(step, findings, error);
    if (refused(error)) {
      if (step.op === 'connect') await this.cleared(step, existing, error);
      return { done: false };
    }
    const look = () => this.patiently(() => effectFor(this, step, existing));
    try {
      const effect = await look();
      if (effect.done || problemOf(error).code !== 'engine_timeout') return effect;
      await pause(afterTimeoutMs);
      return await look();
    } catch (second) {
      // What a failed call left behind, and the engine does not let go of, is known well enough.
      if (!saysLeftover(problemOf(second))) throw new LostError(problemOf(error));
      this.journal.settled(this.index, 'missed');
      throw this.withCause(second, error);
    }
  }

  /** `existing` as it was before the call. */
  private async cleared(step: ConnectStep, existing: readonly string[], first: unknown): Promise<void> {
    try {
      await this.patiently(() => clearLeftover(this.client, step, existing));
    } catch (error) {
      // What can't be read may have anything of it: the call stays in doubt, and what settles the change looks again.
      if (!saysLeftover(problemOf(error))) throw new LostError(problemOf(error));
      this.journal.settled(this.index, 'missed');
      throw this.withCause(error, first);
    }
  }

  /** What a failed connect left, with what the engine said of the connect itself. */
  private withCause(leftover: unknown, first: unknown): ProblemError {
    this.cause = problemOf(first);
    const engineText = this.cause.engineText ?? this.cause.message;
    return new ProblemError({ ...problemOf(leftover), engineText }, { cause: first });
  }

  /** Tries again while nobody answers, for as long as patience lasts. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    const end = performance.now() + (this.context.patienceMs ?? usualPatience);
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isLost(error) || performance.now() >= end) throw error;
      }
      await pause(pauseMs);
    }
  }
}
