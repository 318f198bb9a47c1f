import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ChangeRecord,
  type Container,
  type Delta,
  type Guard,
  type GuardDecision,
  type GuardNote,
  type GuardRefusal,
  type GuardTargets,
  type GuardStatus,
  type Problem,
} from '../../../shared/model';
import {
  guardKey,
  attachmentsToKeep,
  claimantsOf,
  guardFor,
  guardProblem,
  hostName,
  identityName,
  identityOf,
  isLive,
  judgeGuard,
  offlineProblem,
  shortId,
  type Inventory,
} from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import type { Changes } from '../changes/changes';
import { Alarms } from '../policies/alarms';
import type { GuardStore } from '../segments/plan-file';
import type { Service } from '../service';
import { clear, hurry, newMark, rivalsOf, statusOf, type Mark } from './marks';
import { Restores } from './restores';
import { containersOf, guardsAmong, guardsFor, noteOf } from './several';

export interface GuardContext {
  /** What is known of the engines, and of what no engine tells. */
  world(): Inventory;
  store: GuardStore;
  changes: Pick<Changes, 'applyOwn' | 'recover' | 'note'>;
  /** Changes that were cut off, and wait. */
  interrupted(): readonly ChangeRecord[];
  /** What is kept is shown and left alone. */
  readOnly?: boolean;
  now(): number;
  report(error: unknown): void;
  /** All of them anew, whenever any stands otherwise. */
  onChange(statuses: GuardStatus[]): void;
}

/** Ends of changes after which the engines are as somebody wanted them. */
const settled: ReadonlySet<ChangeRecord['state']> = new Set(['applied', 'partial', 'undone', 'kept']);

/**
 * Gives containers back what they had when somebody has made them anew: compose, an updater, a plain `docker run`. It looks
 * at what the inventory tells, and goes the road of all changes.
 */
export class GuardKeeper implements Service {
  private readonly marks = new Map<string, Mark>();
  private readonly running = new Set<Promise<void>>();
  /** Changes of guards that were cut off, and are finished or tried. */
  private readonly finished = new Set<string>();
  private readonly alarms: Alarms;
  private readonly restores: Restores;
  private told = '';
  private disposed = false;

  constructor(private readonly context: GuardContext) {
    this.alarms = new Alarms((engineId) => this.pass(engineId), context.now);
    this.restores = new Restores({
      ...{ world: () => context.world(), changes: context.changes, now: context.now, report: context.report },
      guardsOn: (engineId) => this.guardsOn(engineId),
      markOf: (key) => this.markOf(key),
      lookIn: (engineId, ms) => this.alarms.set(engineId, ms),
      changed: () => this.changed(),
    });
  }

  list(): GuardStatus[] {
    const world = this.context.world();
    const readOnly = this.context.readOnly ?? false;
    const statusNow = (guard: Guard) => ({
      ...statusOf(guard, judgeGuard(guard, world), this.marks.get(guardKey(guard)), readOnly),
      ...rivalsOf(guard, world),
    });
    return this.context.store.list().map(statusNow);
  }

  /** Guards a container as it is now. Rejects with a `ProblemError` where there is none, or nothing to keep. */
  async guard(engineId: string, containerId: string): Promise<GuardStatus[]> {
    const world = this.context.world();
    const container = this.containerIn(world, engineId, containerId);
    const guard = guardFor(container, world, this.context.now());
    if (!guard) throw this.nothing(container);
    const wrong = guardProblem(guard, container, world);
    if (wrong) throw new ProblemError(wrong);
    await this.put(guardKey(guard), guard);
    return this.noted('set', [guard]);
  }

  /** Guards many at once, as they are now; what is guarded already stays as it is. */
  async guardAll(targets: GuardTargets): Promise<{ guards: GuardStatus[]; refused: GuardRefusal[] }> {
    const world = this.context.world();
    const { guards, refused } = guardsFor(containersOf(targets, world), world, this.context.now());
    await this.keep([...this.context.store.list(), ...guards], guards);
    return { guards: await this.noted('set', guards), refused };
  }

  /** Lets a container go. One that is not guarded is no failure. */
  async unguard(engineId: string, identity: Guard['identity']): Promise<GuardStatus[]> {
    const key = guardKey({ engineId, identity });
    const guard = this.find(key);
    await this.put(key, null);
    return this.noted('release', guard ? [guard] : []);
  }

  async unguardAll(targets: GuardTargets): Promise<GuardStatus[]> {
    const all = this.context.store.list();
    const gone = guardsAmong(targets, all, this.context.world());
    await this.keep(
      all.filter((one) => !gone.includes(one)),
      gone,
    );
    return this.noted('release', gone);
  }

  /** What the admin decides where a guard asks. */
  async decide(
    engineId: string,
    identity: Guard['identity'],
    decision: GuardDecision,
  ): Promise<GuardStatus[]> {
    const key = guardKey({ engineId, identity });
    const guard = this.find(key);
    const world = this.context.world();
    const judged = guard && judgeGuard(guard, world);
    const [claimant] = guard ? claimantsOf(guard, world.containers) : [];
    const container = judged && 'container' in judged ? judged.container : claimant;
    if (!guard || !container) throw new ProblemError(this.gone(world, engineId, identity));
    // What is known of one that does not answer may not be so any more.
    const offline = offlineProblem(world.engines.find(({ id }) => id === engineId));
    if (offline) throw new ProblemError(offline);
    if (decision === 'adopt') {
      const attachments = attachmentsToKeep(container, world, false);
      if (attachments.length === 0) throw this.nothing(container);
      const adopted = {
        ...guard,
        ...{ containerId: container.id, containerName: container.name, attachments },
      };
      await this.put(key, adopted);
      await this.noted('adopt', [adopted]);
    } else {
      await this.noted('restore', [guard]);
      const mark = this.markOf(key);
      clear(mark);
      mark.insists = container.id;
      if (!this.context.readOnly) await this.restore(engineId);
      if (mark.problem) throw new ProblemError(mark.problem);
    }
    return this.list();
  }

  onDelta({ engineId, engine, engineRemoved, containers, containersRemoved, networks }: Delta): void {
    const touched = containers.length + containersRemoved.length + networks.length > 0;
    if (touched || engine || engineRemoved) this.pass(engineId);
    if (touched || engineRemoved) this.hurryElsewhere(engineId);
  }

  onOnline(engineId: string): void {
    this.follow(this.finishOwn(engineId));
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

  private guardsOn(engineId: string): readonly Guard[] {
    return this.disposed ? [] : this.context.store.list().filter((each) => each.engineId === engineId);
  }

  private find(key: string): Guard | undefined {
    return this.context.store.list().find((each) => guardKey(each) === key);
  }

  /** Puts down who has said what. Nothing was said where it is about none. */
  private async noted(what: GuardNote['what'], guards: readonly Guard[]): Promise<GuardStatus[]> {
    if (guards.length > 0) await this.context.changes.note(noteOf(what, guards));
    return this.list();
  }

  /** Keeps all of these from now on. @param touched those that are new, or gone */
  private async keep(all: readonly Guard[], touched: readonly Guard[]): Promise<void> {
    if (touched.length === 0) return;
    for (const guard of touched) this.marks.delete(guardKey(guard));
    await this.context.store.set(all);
    this.changed();
    for (const engineId of new Set(touched.map((one) => one.engineId))) this.pass(engineId);
  }

  private nothing({ engineId, name }: Container): ProblemError {
    return new ProblemError(problem('guard_nothing', { container: name }, { engineId }));
  }

  /** Where the guard knew this very container. Where nothing is fixed any more, it asks what is to count. */
  private keepAsItIs(container: Container, world: Inventory): void {
    const { engineId, id } = container;
    const guard = this.find(guardKey({ engineId, identity: identityOf(container) }));
    if (!guard || guard.containerId !== id) return;
    const attachments = attachmentsToKeep(container, world, false);
    const kept = { ...guard, attachments };
    if (attachments.length === 0 || isDeepStrictEqual(kept, guard)) return;
    this.put(guardKey(guard), kept).catch(this.context.report);
  }

  private containerIn(world: Inventory, engineId: string, id: string): Container {
    const container = world.containers.find((one) => one.engineId === engineId && one.id === id);
    if (container) return container;
    const params = { container: shortId(id), host: hostName(engineId, world.engines) };
    throw new ProblemError(problem('container_not_found', params, { engineId }));
  }

  private gone({ engines }: Inventory, engineId: string, identity: Guard['identity']): Problem {
    const container = identityName(identity);
    return problem('container_not_found', { container, host: hostName(engineId, engines) }, { engineId });
  }

  /** Keeps a guard in the place of the one with that key; null: none. */
  private async put(key: string, guard: Guard | null): Promise<void> {
    const all = this.context.store.list();
    const at = all.findIndex((each) => guardKey(each) === key);
    const others = all.filter((each) => guardKey(each) !== key);
    if (!guard && at < 0) return;
    this.marks.delete(key);
    await this.context.store.set(guard ? others.toSpliced(at < 0 ? others.length : at, 0, guard) : others);
    this.changed();
    if (guard) this.pass(guard.engineId);
  }

  private markOf(key: string): Mark {
    const mark = this.marks.get(key) ?? newMark();
    this.marks.set(key, mark);
    return mark;
  }

  /** Whoever has an address of a LAN may be on another host, and gone now. */
  private hurryElsewhere(engineId: string): void {
    const now = this.context.now();
    for (const guard of this.context.store.list()) {
      const mark = this.marks.get(guardKey(guard));
      if (guard.engineId === engineId || !mark?.problem || mark.cuts > 0) continue;
      hurry(mark, now);
      this.alarms.set(guard.engineId, Math.max(mark.retryAt - now, 0));
    }
  }

  /** A console before this one was killed while it gave something back, or lost the engine: nobody else knows what was meant. */
  private async finishOwn(engineId: string): Promise<void> {
    if (this.context.readOnly) return;
    for (const { id, by, hosts } of this.context.interrupted()) {
      if (by !== 'guard' || hosts[0]?.engineId !== engineId || this.finished.has(id)) continue;
      this.finished.add(id);
      await this.context.changes.recover(id, 'finish').catch((error: unknown) => this.letGo(id, error));
    }
    this.pass(engineId);
  }

  /**
   * One of its containers was made anew since: what is to be done is judged anew for each of them, and the rest of the change would
   * only keep its networks from that. Whatever else is in the way the admin decides, as of any change.
   */
  private async letGo(id: string, error: unknown): Promise<void> {
    const gone = error instanceof ProblemError && error.problem.code === 'container_not_found';
    if (gone) await this.context.changes.recover(id, 'keep').catch(() => undefined);
  }

  /** Looks at all guards of an engine, and gives back what is missing. */
  private pass(engineId: string): void {
    const guards = this.guardsOn(engineId);
    if (this.disposed || guards.length === 0) return;
    const world = this.context.world();
    for (const guard of guards) {
      const judged = judgeGuard(guard, world);
      const mark = this.marks.get(guardKey(guard));
      if (judged.state === 'kept' && !mark?.busy) this.noteKept(guard, judged.container);
      else this.noteLost(guard);
    }
    this.changed();
    if (!this.context.readOnly) this.follow(this.restore(engineId));
  }

  /** What came while it was done has been passed over. */
  private async restore(engineId: string): Promise<void> {
    if (await this.restores.run(engineId)) this.pass(engineId);
  }

  private follow(work: Promise<void>): void {
    const safe = work.catch(this.context.report);
    this.running.add(safe);
    void safe.finally(() => this.running.delete(safe));
  }

  /** All of it is there, as its engine tells: from now on this very container is the one that has it. */
  private noteKept(guard: Guard, container: Container): void {
    const { id, name } = container;
    const before = this.marks.get(guardKey(guard));
    const rests = before?.had ? (before.restsSince ?? this.context.now()) : 0;
    const restsSince = isLive(container) ? {} : { restsSince: rests };
    this.marks.set(guardKey(guard), { ...newMark(), had: true, ...restsSince });
    if (this.context.readOnly || (guard.containerId === id && guard.containerName === name)) return;
    const kept = { ...guard, containerId: id, containerName: name };
    const all = this.context.store.list().map((each) => (each === guard ? kept : each));
    this.context.store.set(all).catch(this.context.report);
  }

  private noteLost(guard: Guard): void {
    const mark = this.markOf(guardKey(guard));
    if (mark.had && !mark.busy) mark.lostAt ??= mark.restsSince ?? this.context.now();
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
