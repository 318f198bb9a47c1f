import { ProblemError, type EngineRequest, type Guard } from '../../../shared/model';
import {
  guardKey,
  hostName,
  judgeGuard,
  problem,
  restorable,
  type GuardJudgement,
  type Inventory,
} from '../../../shared/rules';
import { unexpected } from '../../../shared/texts';
import type { Changes } from '../changes/changes';
import { isLost } from '../changes/lost';
import { clear, noteDone, noteFailure, type Mark } from './marks';

/** Milliseconds. An address that was lost longer ago may be somebody else's by now: the LAN is asked for it. */
const freshMs = 10_000;

type Restore = Extract<GuardJudgement, { state: 'restoring' }>['request'];

export interface RestoresContext {
  world(): Inventory;
  guardsOn(engineId: string): readonly Guard[];
  markOf(key: string): Mark;
  changes: Pick<Changes, 'applyOwn'>;
  now(): number;
  report(error: unknown): void;
  /** Has an engine looked at again in so many milliseconds. */
  lookIn(engineId: string, ms: number): void;
  /** A mark stands otherwise. */
  changed(): void;
}

/** What a guard's container is to get back. */
interface Due {
  /** It is tried now; else only with others. */
  now: boolean;
  key: string;
  mark: Mark;
  request: Restore;
}

/** Whether a failure is about one of several that were given back by one change. */
function isAbout({ request }: Due, error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { address, container } = error.problem.params ?? {};
  const addresses = request.attachments.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  if (address !== undefined) return addresses.some((one) => one !== undefined && one === address);
  return container !== undefined && request.containerId.startsWith(String(container));
}

/**
 * Gives back what is due, all of an engine at once: whoever makes many containers anew does so within milliseconds, and each change
 * holds the LAN. What becomes due while a change waits for its turn goes with it; what does so later, with the next.
 */
export class Restores {
  private readonly running = new Map<string, { now: Promise<boolean>; next: Promise<boolean> | null }>();

  constructor(private readonly context: RestoresContext) {}

  /** Resolves when nothing is due any more that was so when it was asked for, with whether anything was. Never rejects. */
  run(engineId: string): Promise<boolean> {
    const at = this.running.get(engineId);
    if (at) {
      at.next ??= at.now.then(() => this.run(engineId));
      return at.next;
    }
    if (this.due(engineId).length === 0) return Promise.resolve(false);
    const now = this.all(engineId).finally(() => this.running.delete(engineId));
    this.running.set(engineId, { now, next: null });
    return now;
  }

  private async all(engineId: string): Promise<boolean> {
    while (this.due(engineId).length > 0) await this.round(engineId);
    return true;
  }

  private due(engineId: string): Due[] {
    return this.wanted(engineId).filter(({ now }) => now);
  }

  /**
   * Those that are due, and those that were refused before: what was in their way may be on its way to what is its own.
   *
   * @param only the one guard that this is about; else all
   */
  private wanted(engineId: string, only?: string): Due[] {
    const world = this.context.world();
    return this.context.guardsOn(engineId).flatMap((guard) => {
      const key = guardKey(guard);
      if (only !== undefined && key !== only) return [];
      const judged = judgeGuard(guard, world);
      if (judged.state !== 'restoring' && judged.state !== 'asked') return [];
      return this.wantedOf(engineId, key, judged);
    });
  }

  private wantedOf(
    engineId: string,
    key: string,
    { state, container, request }: Extract<GuardJudgement, { state: 'restoring' | 'asked' }>,
  ): Due[] {
    const mark = this.context.markOf(key);
    if (mark.failedFor !== undefined && mark.failedFor !== container.id) clear(mark);
    if (!request || (state === 'asked' && mark.insists !== container.id)) return [];
    const wait = mark.retryAt - this.context.now();
    if (wait > 0 && wait !== Infinity) this.context.lookIn(engineId, wait);
    const now = wait <= 0;
    return now || (mark.refused && wait !== Infinity) ? [{ key, mark, request, now }] : [];
  }

  /** Those that nobody need be asked for go first. One that can't get it back as things are keeps no other from it. */
  private chosen(engineId: string, only?: string): Due[] {
    const wanted = this.wanted(engineId, only);
    const certain = wanted.filter((one) => this.isCertain(one));
    const first = certain.some(({ now }) => now) ? certain : wanted;
    const containers = first.map(({ request }) => request);
    const { refused } = restorable({ kind: 'restore-several', engineId, containers }, this.context.world());
    return first.filter((one) => {
      const why = refused.get(one.request.containerId);
      if (!why) return true;
      if (one.now) this.failed(engineId, one, new ProblemError(why));
      one.mark.refused = true;
      return false;
    });
  }

  private isCertain({ mark }: Due): boolean {
    return mark.lostAt !== undefined && this.context.now() - mark.lostAt < freshMs;
  }

  private async round(engineId: string, only?: string): Promise<void> {
    let members: Due[] = [];
    const take = (): EngineRequest | null => {
      const next = this.chosen(engineId, only);
      for (const { mark } of members) mark.busy = false;
      for (const { mark } of next) mark.busy = true;
      members = next;
      this.context.changed();
      return asOne(engineId, next);
    };
    let failure: unknown;
    try {
      const certain = () => members.every((one) => this.isCertain(one));
      const record = await this.context.changes.applyOwn({ engineId, by: 'guard', request: take, certain });
      if (record && record.state !== 'applied')
        throw new ProblemError(record.hosts[0]?.problem ?? unexpected(new Error(record.state)));
      const host = hostName(engineId, this.context.world().engines);
      for (const { mark, request } of members) {
        const { containerId } = request;
        const unseen = {
          containerId,
          problem: problem('verify_failed', { host }, { engineId }),
        };
        noteDone(mark, unseen, this.context.now());
      }
    } catch (error) {
      failure = error;
    }
    for (const { mark } of members) mark.busy = false;
    if (failure !== undefined) await this.failedTogether(engineId, members, failure);
    this.context.changed();
  }

  /** What one of several failed for does not keep the others from what is theirs: they are tried without it, or each by itself. */
  private async failedTogether(engineId: string, members: readonly Due[], error: unknown): Promise<void> {
    const about = members.filter((one) => isAbout(one, error));
    const blamed = members.length === 1 || isLost(error) ? members : about;
    for (const one of blamed) this.failed(engineId, one, error);
    if (blamed.length > 0) return;
    if (members.length === 0 && !(error instanceof ProblemError)) this.context.report(error);
    for (const { key } of members) await this.round(engineId, key);
  }

  private failed(engineId: string, { mark, request }: Due, error: unknown): void {
    if (!(error instanceof ProblemError)) this.context.report(error);
    noteFailure(mark, request.containerId, error, this.context.now());
    if (mark.retryAt !== Infinity) this.context.lookIn(engineId, mark.retryAt - this.context.now());
  }
}

/** One change, of one container or of several. */
function asOne(engineId: string, due: readonly Due[]): EngineRequest | null {
  const [first, ...more] = due.map(({ request }) => request);
  if (!first) return null;
  if (more.length === 0) return first;
  const containers = [first, ...more].map(({ containerId, attachments }) => ({ containerId, attachments }));
  return { kind: 'restore-several', engineId, containers };
}
