import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ChangeRecord,
  type Container,
  type Delta,
  type Guard,
  type GuardDecision,
  type GuardStatus,
  type Problem,
} from '../../../shared/model';
import {
  attachmentsToKeep,
  claimantsOf,
  guardFor,
  hostName,
  identityKey,
  identityOf,
  judgeGuard,
  shortId,
  type GuardJudgement,
  type Inventory,
} from '../../../shared/rules';
import { problem, unexpected } from '../../../shared/texts';
import type { Changes } from '../changes/changes';
import { Alarms } from '../policies/alarms';
import type { GuardStore } from '../segments/plan-file';
import type { Service } from '../service';

/** Milliseconds. What could not be given back is tried again, less and less often. */
const times = { firstRetry: 1_000, lastRetry: 300_000 };

export interface GuardContext {
  /** What is known of the engines, and of what no engine tells. */
  world(): Inventory;
  store: GuardStore;
  changes: Pick<Changes, 'preview' | 'apply'>;
  /** What is kept is shown and left alone. */
  readOnly?: boolean;
  now(): number;
  report(error: unknown): void;
  /** All of them anew, whenever any stands otherwise. */
  onChange(statuses: GuardStatus[]): void;
}

type Restore = Extract<GuardJudgement, { state: 'restoring' }>['request'];

/** What is known of one guard beside the engines; lost with the process. */
interface Mark {
  busy: boolean;
  problem?: Problem;
  /** For which container it failed. */
  failedFor?: string;
  retryMs: number;
  retryAt: number;
  /** The admin wants this container to get it back, whatever the guard makes of it. */
  insists?: string;
}

const keyOf = ({ engineId, identity }: Pick<Guard, 'engineId' | 'identity'>): string =>
  `${engineId} ${identityKey(identity)}`;

/** Ends of changes after which the engines are as somebody wanted them. */
const settled: ReadonlySet<ChangeRecord['state']> = new Set(['applied', 'partial', 'undone', 'kept']);

/** Tries at once, where the container went on between the plan and the change, as one that is being started does. */
const mostAtOnce = 4;

/**
 * Gives containers back what they had when somebody has made them anew: compose, an updater, a plain `docker run`. It looks
 * at what the inventory tells, and goes the road of all changes.
 */
export class GuardKeeper implements Service {
  private readonly marks = new Map<string, Mark>();
  private readonly running = new Set<Promise<void>>();
  private readonly alarms: Alarms;
  private told = '';
  private disposed = false;

  constructor(private readonly context: GuardContext) {
    this.alarms = new Alarms((engineId) => this.pass(engineId), context.now);
  }

  list(): GuardStatus[] {
    const world = this.context.world();
    return this.context.store.list().map((guard) => this.statusOf(guard, judgeGuard(guard, world)));
  }

  /** Guards a container as it is now. Rejects with a `ProblemError` where there is none, or nothing to keep. */
  async guard(engineId: string, containerId: string): Promise<GuardStatus[]> {
    const world = this.context.world();
    const container = this.containerIn(world, engineId, containerId);
    const guard = guardFor(container, world, this.context.now());
    if (!guard) throw new ProblemError(problem('guard_nothing', { container: container.name }, { engineId }));
    await this.put(keyOf(guard), guard);
    return this.list();
  }

  /** Lets a container go. One that is not guarded is no failure. */
  async unguard(engineId: string, identity: Guard['identity']): Promise<GuardStatus[]> {
    await this.put(keyOf({ engineId, identity }), null);
    return this.list();
  }

  /** What the admin decides where a guard asks. */
  async decide(
    engineId: string,
    identity: Guard['identity'],
    decision: GuardDecision,
  ): Promise<GuardStatus[]> {
    const key = keyOf({ engineId, identity });
    const guard = this.find(key);
    const world = this.context.world();
    const [container] = guard ? claimantsOf(guard, world.containers) : [];
    if (!guard || !container) throw new ProblemError(this.gone(world, engineId, identity));
    if (decision === 'adopt') {
      const attachments = attachmentsToKeep(container, world, false);
      const kept = { ...guard, containerId: container.id, containerName: container.name, attachments };
      await this.put(key, attachments.length > 0 ? kept : null);
    } else {
      const mark = this.markOf(key);
      this.clear(mark);
      mark.insists = container.id;
      await this.restoreIfDue(guard, judgeGuard(guard, world));
      if (mark.problem) throw new ProblemError(mark.problem);
    }
    return this.list();
  }

  onDelta({ engineId, engine, engineRemoved, containers, containersRemoved, networks }: Delta): void {
    const touched = containers.length + containersRemoved.length + networks.length > 0;
    if (touched || engine || engineRemoved) this.pass(engineId);
  }

  onOnline(engineId: string): void {
    this.pass(engineId);
  }

  /** A change has ended: where an admin's has given guarded containers other addresses, those are kept now. */
  onRecord({ by, state, hosts }: ChangeRecord): void {
    if (by || !settled.has(state)) return;
    const world = this.context.world();
    for (const { engineId, steps } of hosts) {
      const touched = new Set(
        steps.flatMap((step) =>
          step.op === 'connect' || step.op === 'disconnect' ? [step.containerId] : [],
        ),
      );
      for (const container of world.containers)
        if (container.engineId === engineId && touched.has(container.id)) this.keepAsItIs(container, world);
    }
  }

  async forget(engineId: string): Promise<void> {
    this.alarms.clear(engineId);
    const kept = this.context.store.list().filter((each) => each.engineId !== engineId);
    if (kept.length < this.context.store.list().length) await this.context.store.set(kept);
    this.changed();
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.alarms.clearAll();
    await Promise.allSettled(this.running);
  }

  private find(key: string): Guard | undefined {
    return this.context.store.list().find((each) => keyOf(each) === key);
  }

  /** Where the guard knew this very container. One that has nothing fixed any more is not guarded any longer. */
  private keepAsItIs(container: Container, world: Inventory): void {
    const { engineId, id } = container;
    const guard = this.find(keyOf({ engineId, identity: identityOf(container) }));
    if (!guard || guard.containerId !== id) return;
    const attachments = attachmentsToKeep(container, world, false);
    const kept = attachments.length > 0 ? { ...guard, attachments } : null;
    if (kept && isDeepStrictEqual(kept, guard)) return;
    this.put(keyOf(guard), kept).catch(this.context.report);
  }

  private containerIn(world: Inventory, engineId: string, id: string): Container {
    const container = world.containers.find((one) => one.engineId === engineId && one.id === id);
    if (container) return container;
    const params = { container: shortId(id), host: hostName(engineId, world.engines) };
    throw new ProblemError(problem('container_not_found', params, { engineId }));
  }

  private gone({ engines }: Inventory, engineId: string, identity: Guard['identity']): Problem {
    const container =
      identity.by === 'name' ? identity.name : `${identity.project}/${identity.service}/${identity.number}`;
    return problem('container_not_found', { container, host: hostName(engineId, engines) }, { engineId });
  }

  /** Keeps a guard in the place of the one with that key; null: none. */
  private async put(key: string, guard: Guard | null): Promise<void> {
    const all = this.context.store.list();
    const at = all.findIndex((each) => keyOf(each) === key);
    const others = all.filter((each) => keyOf(each) !== key);
    if (!guard && at < 0) return;
    this.marks.delete(key);
    await this.context.store.set(guard ? others.toSpliced(at < 0 ? others.length : at, 0, guard) : others);
    this.changed();
    if (guard) this.pass(guard.engineId);
  }

  private markOf(key: string): Mark {
    const mark = this.marks.get(key) ?? { busy: false, retryMs: times.firstRetry, retryAt: 0 };
    this.marks.set(key, mark);
    return mark;
  }

  private clear(mark: Mark): void {
    delete mark.problem;
    delete mark.failedFor;
    Object.assign(mark, { retryMs: times.firstRetry, retryAt: 0 });
  }

  private statusOf(guard: Guard, judged: GuardJudgement): GuardStatus {
    const mark = this.marks.get(keyOf(guard));
    const { differences } = judged;
    const current = 'container' in judged ? judged.container.id : null;
    const told = (state: GuardStatus['state'], problem?: Problem): GuardStatus => ({
      ...guard,
      ...{ state, current, differences },
      ...(problem && { problem }),
    });
    if (this.context.readOnly && judged.state !== 'kept') return told('waiting');
    if (judged.state === 'failed') return told('failed', judged.problem);
    const failed = mark?.problem !== undefined && mark.failedFor === current;
    if (failed && judged.state !== 'kept') return told('failed', mark.problem);
    return told(mark?.busy && judged.state !== 'kept' ? 'restoring' : judged.state);
  }

  /** Looks at all guards of an engine, and gives back what is missing. */
  private pass(engineId: string): void {
    const guards = this.context.store.list().filter((each) => each.engineId === engineId);
    if (this.disposed || guards.length === 0) return;
    const world = this.context.world();
    for (const guard of guards) {
      const judged = judgeGuard(guard, world);
      if (judged.state === 'kept') this.noteKept(guard, judged.container);
      else this.follow(this.restoreIfDue(guard, judged));
    }
    this.changed();
  }

  private follow(work: Promise<void>): void {
    const safe = work.catch(this.context.report);
    this.running.add(safe);
    void safe.finally(() => this.running.delete(safe));
  }

  /** All of it is there, as its engine tells: from now on this very container is the one that has it. */
  private noteKept(guard: Guard, { id, name }: Container): void {
    this.marks.delete(keyOf(guard));
    if (this.context.readOnly || (guard.containerId === id && guard.containerName === name)) return;
    const kept = { ...guard, containerId: id, containerName: name };
    const all = this.context.store.list().map((each) => (each === guard ? kept : each));
    this.context.store.set(all).catch(this.context.report);
  }

  private async restoreIfDue(guard: Guard, judged: GuardJudgement): Promise<void> {
    if (this.context.readOnly || (judged.state !== 'restoring' && judged.state !== 'asked')) return;
    const mark = this.markOf(keyOf(guard));
    const { container, request } = judged;
    if (mark.failedFor !== undefined && mark.failedFor !== container.id) this.clear(mark);
    const wanted = judged.state === 'restoring' || mark.insists === container.id;
    if (mark.busy || !wanted || !request) return;
    const wait = mark.retryAt - this.context.now();
    if (wait > 0) return this.alarms.set(guard.engineId, wait);
    mark.busy = true;
    this.changed();
    try {
      await this.restore(guard, request);
      delete mark.insists;
      this.clear(mark);
    } catch (error) {
      this.failed(mark, container.id, error);
      this.alarms.set(guard.engineId, mark.retryMs);
    } finally {
      mark.busy = false;
      this.changed();
    }
    // What came meanwhile has been passed over.
    this.pass(guard.engineId);
  }

  private async restore(guard: Guard, asked: Restore): Promise<void> {
    let request: Restore | null = asked;
    for (let tries = 1; request; tries += 1) {
      try {
        const preview = await this.context.changes.preview(request);
        const [wrong] = preview.problems;
        if (wrong) throw new ProblemError(wrong);
        const { state, hosts } = await this.context.changes.apply(preview.id, false, 'guard');
        if (state !== 'applied') throw new ProblemError(hosts[0]?.problem ?? unexpected(new Error(state)));
        return;
      } catch (error) {
        const stale = error instanceof ProblemError && error.problem.code === 'change_stale';
        if (!stale || tries >= mostAtOnce) throw error;
        const judged = judgeGuard(guard, this.context.world());
        request = 'request' in judged ? judged.request : null;
      }
    }
  }

  private failed(mark: Mark, containerId: string, error: unknown): void {
    if (!(error instanceof ProblemError)) this.context.report(error);
    mark.problem = error instanceof ProblemError ? error.problem : unexpected(error);
    mark.failedFor = containerId;
    mark.retryAt = this.context.now() + mark.retryMs;
    mark.retryMs = Math.min(mark.retryMs * 2, times.lastRetry);
  }

  private changed(): void {
    if (this.disposed) return;
    const statuses = this.list();
    const text = JSON.stringify(statuses);
    if (text === this.told) return;
    this.told = text;
    this.context.onChange(statuses);
  }
}
