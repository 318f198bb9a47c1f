import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ChangeRecord,
  type Container,
  type Delta,
  type Guard,
  type GuardStatus,
} from '../../../shared/model';
import {
  groupBy,
  attachmentsToKeep,
  guardKey,
  identityOf,
  isLive,
  judgeGuard,
  networkOf,
  type Inventory,
} from '../../../shared/rules';
import { Alarms } from '../policies/alarms';
import type { Service } from '../service';
import type { GuardContext } from './context';
import { GuardBook } from './guard-book';
import { GuardRequests } from './guard-requests';
import { hurry, newMark, rivalsOf, statusOf } from './marks';
import { Restores } from './restores';

/** Ends of changes after which the engines are as somebody wanted them. */
const settled: ReadonlySet<ChangeRecord['state']> = new Set(['applied', 'partial', 'undone', 'kept']);

/** Whether the inventory has each network that a container is on, of those on which a guard keeps something. */
const knowsNetworks = (
  { attachments, engineId }: Guard,
  { endpoints }: Container,
  world: Inventory,
): boolean => {
  const here = world.networks.filter((one) => one.engineId === engineId);
  return endpoints
    .filter(({ networkName }) => attachments.some((each) => each.networkName === networkName))
    .every((each) => networkOf(each, here) !== null);
};

/**
 * Gives containers back what they had when somebody has made them anew: compose, an updater, a plain `docker run`. It looks
 * at what the inventory tells, and goes the road of all changes.
 */
export class GuardKeeper implements Service {
  /** What an admin asks of them. */
  readonly requests: GuardRequests;
  private readonly book: GuardBook;
  private readonly running = new Set<Promise<void>>();
  /** Changes of guards that were cut off, and are finished or tried. */
  private readonly finished = new Set<string>();
  private readonly alarms: Alarms;
  private readonly restores: Restores;
  private told = '';
  private disposed = false;

  constructor(private readonly context: GuardContext) {
    this.alarms = new Alarms((engineId) => this.pass(engineId), context.now);
    this.book = new GuardBook(context.store, (engineIds) => {
      this.changed();
      // One that is kept no more may have been in the way of any other.
      this.hurry(() => true);
      for (const engineId of engineIds) this.pass(engineId);
    });
    this.restores = new Restores({
      ...{ world: () => context.world(), changes: context.changes, now: context.now, report: context.report },
      guardsOn: (engineId) => this.guardsOn(engineId),
      markOf: (key) => this.book.markOf(key),
      lookIn: (engineId, ms) => this.alarms.set(engineId, ms),
      changed: () => this.changed(),
    });
    this.requests = new GuardRequests({
      ...{ world: () => context.world(), changes: context.changes, now: context.now },
      ...(context.readOnly && { readOnly: true }),
      book: this.book,
      list: () => this.list(),
      restore: (engineId) => this.restore(engineId),
    });
  }

  list(): GuardStatus[] {
    const world = this.context.world();
    const readOnly = this.context.readOnly ?? false;
    const statusNow = (guard: Guard) => ({
      ...statusOf(guard, judgeGuard(guard, world), this.book.marked(guard), readOnly),
      ...rivalsOf(guard, world),
    });
    return this.book.list().map(statusNow);
  }

  onDelta({ engineId, engine, engineRemoved, containers, containersRemoved, networks }: Delta): void {
    const touched = containers.length + containersRemoved.length + networks.length > 0;
    if (touched || engine || engineRemoved) this.pass(engineId);
    // Whoever has an address of a LAN may be on another host, and gone now.
    if (touched || engineRemoved) this.hurry((guard) => guard.engineId !== engineId);
  }

  onOnline(engineId: string): void {
    this.follow(this.finishOwn(engineId));
    this.pass(engineId);
  }

  /** A change has ended: where an admin's has given guarded containers other addresses, those are kept now. */
  onRecord({ by, state, hosts }: ChangeRecord): void {
    if (by === 'guard' || !settled.has(state)) return;
    for (const { engineId, steps } of hosts) {
      const touched = groupBy(
        steps.flatMap((step) => (step.op === 'connect' || step.op === 'disconnect' ? [step] : [])),
        ({ containerId }) => containerId,
      );
      for (const { containerId } of this.guardsOn(engineId)) {
        const names = new Set(touched.get(containerId)?.map(({ networkName }) => networkName));
        if (names.size > 0) this.follow(this.keepAsItIs(containerId, engineId, names));
      }
    }
  }

  async forget(engineId: string): Promise<void> {
    this.alarms.clear(engineId);
    await this.book.forget(engineId);
    this.changed();
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.alarms.clearAll();
    await Promise.allSettled(this.running);
  }

  private guardsOn(engineId: string): readonly Guard[] {
    return this.disposed ? [] : this.book.on(engineId);
  }

  /**
   * Where the guard knew this very container: by what its engine says, as the inventory may not have it yet. Where that can't be
   * read, or nothing is fixed any more, it asks what is to count.
   *
   * @param touched the names of the networks that the change was about: of others it may be read in the midst of a change
   */
  private async keepAsItIs(id: string, engineId: string, touched: ReadonlySet<string>): Promise<void> {
    const container = await this.context.read(engineId, id).catch(() => null);
    const guard = container && this.book.find(guardKey({ engineId, identity: identityOf(container) }));
    if (!guard || guard.containerId !== id) return;
    const world = this.context.world();
    if (!knowsNetworks(guard, container, world)) return;
    const isTouched = ({ networkName }: { networkName: string }) => touched.has(networkName);
    const found = attachmentsToKeep(container, world, false).filter(isTouched);
    const attachments = [...guard.attachments.filter((each) => !isTouched(each)), ...found];
    const kept = { ...guard, attachments };
    if (attachments.length === 0 || isDeepStrictEqual(kept, guard)) return;
    await this.book.put(kept);
  }

  /** What could not be given back before anything was done is tried again soon. */
  private hurry(isMeant: (guard: Guard) => boolean): void {
    const now = this.context.now();
    for (const guard of this.book.list()) {
      const mark = this.book.marked(guard);
      if (!isMeant(guard) || !mark?.problem || mark.cuts > 0) continue;
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
      const mark = this.book.marked(guard);
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
    const before = this.book.marked(guard);
    const rests = before?.had ? (before.restsSince ?? this.context.now()) : 0;
    const restsSince = isLive(container) ? {} : { restsSince: rests };
    this.book.mark(guard, { ...newMark(), had: true, ...restsSince });
    if (this.context.readOnly || (guard.containerId === id && guard.containerName === name)) return;
    const kept = { ...guard, containerId: id, containerName: name };
    this.book.rename(guard, kept).catch(this.context.report);
  }

  private noteLost(guard: Guard): void {
    const mark = this.book.markOf(guardKey(guard));
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
