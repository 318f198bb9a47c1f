import { ProblemError, type Delta } from '../../../shared/model';
import type { Inventory, Policy } from '../../../shared/rules';
import { unexpected } from '../../../shared/texts';
import type { Locks } from '../changes/locks';
import { Alarms } from './alarms';
import type { PolicyKind, PolicyStanding } from './kind';
import { Known, type KnownContext } from './known';
import { newMark, noteFailure, noteRead, waitOf, type Mark } from './marks';

/** Milliseconds. Containers come and go in bunches; what is in place is looked at again now and then. */
const times = { gather: 300, look: 300_000 };

export interface ReconcilerContext<P> extends KnownContext<P> {
  /** Those of the changes: nothing is put or removed while a change holds its engine. */
  locks: Pick<Locks, 'run'>;
  now(): number;
  report(error: unknown): void;
}

/**
 * Keeps on hosts what the admin wants of one kind: a host forgets at a reboot, what is wanted follows the containers, and
 * other hands are on the host too. It goes by how things are and not by what happened: each policy is put there when its
 * engine comes (back) online, and whenever what it wants differs from what is known to be there.
 */
export class Reconciler<P extends Policy, W, R extends string> {
  private readonly known: Known<P, W, R>;
  private readonly alarms: Alarms;
  /** What is under way. */
  private readonly running = new Set<Promise<void>>();
  /** Engines whose part of the inventory is whole, since when: a half-read one would take away what is wanted. */
  private readonly inStep = new Map<string, symbol>();
  /** When the things on an engine's host are looked at again, by `now`. */
  private readonly looks = new Map<string, number>();
  private disposed = false;

  /** @param onChange everything anew, whenever any of it differs */
  constructor(
    private readonly kind: PolicyKind<P, W, R>,
    private readonly context: ReconcilerContext<P>,
    private readonly onChange: (statuses: PolicyStanding<P, W, R>[]) => void,
  ) {
    this.known = new Known(kind, context);
    this.alarms = new Alarms((engineId) => this.start(engineId), context.now);
  }

  /** What is kept, without how it stands. */
  policies(): readonly P[] {
    return this.known.policies();
  }

  statuses(): PolicyStanding<P, W, R>[] {
    return this.known.statuses();
  }

  /**
   * Keeps a policy from now on in the place of the one with that key, `null` none, as a change has it that has been carried
   * out on the host.
   */
  async keep(key: string, policy: P | null): Promise<void> {
    const before = this.policies().find((each) => this.kind.keyOf(each) === key);
    const others = this.policies().filter((each) => this.kind.keyOf(each) !== key);
    await this.context.store.set(policy ? [...others, policy] : others);
    if (policy) this.known.adopt(policy);
    // Whether that is on the host is nobody's affair from here: kept again, it is looked for anew.
    else if (before) this.known.marks.forget(before.engineId, this.kind.nameOf(before));
    this.changed();
    // The world may differ by now from the one that it was planned for.
    if (policy) this.soon(policy.engineId);
  }

  /** All things on a host have been read, under the engine's lock. */
  noticed(engineId: string, there: ReadonlyMap<string, W>): void {
    if (this.known.read(engineId, there)) this.soon(engineId);
    if (this.known.of(engineId).length > 0) this.changed();
  }

  /** A change has put it there, or removed it; it is certain once it is read. */
  sent(engineId: string, name: string, put: W | null): void {
    const { marks } = this.known;
    marks.forget(engineId, name);
    if (put !== null) marks.at(engineId, name).sent = put;
    this.soon(engineId);
  }

  /** A change has tried to put it there or to remove it: how it is now, nobody knows. */
  doubted(engineId: string, name: string): void {
    this.known.marks.forget(engineId, name);
    this.soon(engineId, 0);
  }

  /**
   * A change on this host has come to an end, or was cut off.
   * @param certain what it did was read back; otherwise nothing is certain of what is there
   */
  ended(engineId: string, certain: boolean): void {
    if (certain) this.soon(engineId);
    else this.anew(engineId);
    this.changed();
  }

  /** The engine is in step again, perhaps after a reboot of its host: nothing is certain of what is there. */
  onOnline(engineId: string): void {
    this.inStep.set(engineId, Symbol(engineId));
    this.anew(engineId);
  }

  /** Allowed or refused: what could not be done may be possible now, and the other way round. */
  onConsent(engineId: string): void {
    this.anew(engineId);
  }

  onDelta({ engineId, engine, engineRemoved, ...touched }: Delta): void {
    if (engineRemoved || (engine && engine.state !== 'online')) {
      this.inStep.delete(engineId);
      // When it is back it may be after a reboot: until it is put there anew, nothing is in place.
      this.known.marks.forget(engineId);
    }
    if (this.known.of(engineId).length === 0) return;
    const { networks, networksRemoved, containers, containersRemoved } = touched;
    const differ = [networks, networksRemoved, containers, containersRemoved];
    if (differ.some((each) => each.length > 0)) this.soon(engineId);
    if (engine || engineRemoved) this.changed();
  }

  /** The engine is off the list for good. What is on its host stays there until that reboots. */
  async forget(engineId: string): Promise<void> {
    this.alarms.clear(engineId);
    this.known.marks.forget(engineId);
    this.looks.delete(engineId);
    if (this.known.of(engineId).length === 0) return;
    await this.context.store.set(this.policies().filter((each) => each.engineId !== engineId));
    this.changed();
  }

  /** Resolves when nothing is under way any more. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.alarms.clearAll();
    await Promise.allSettled(this.running);
  }

  private anew(engineId: string): void {
    this.known.marks.forget(engineId);
    this.looks.delete(engineId);
    this.soon(engineId, 0);
  }

  private changed(): void {
    if (!this.disposed) this.onChange(this.statuses());
  }

  private soon(engineId: string, ms = times.gather): void {
    const idle = !this.inStep.has(engineId) || this.known.of(engineId).length === 0;
    if (!this.disposed && !this.context.readOnly && !idle) this.alarms.set(engineId, ms);
  }

  /** Waits for the changes of this engine, which wait for it in turn. */
  private start(engineId: string): void {
    const work = async () => {
      const run = this.reconcile(engineId);
      this.running.add(run);
      await run.finally(() => this.running.delete(run));
    };
    void this.context.locks.run(engineId, work).catch(this.context.report);
  }

  private async reconcile(engineId: string): Promise<void> {
    const step = this.inStep.get(engineId);
    // Once it was away and is back, another run has been asked for.
    const goesOn = () => !this.disposed && step !== undefined && this.inStep.get(engineId) === step;
    if (goesOn() && this.isToBeRead(engineId)) await this.look(engineId, goesOn);
    for (const policy of this.known.of(engineId))
      if (goesOn() && this.policies().includes(policy)) await this.bringUp(policy);
    this.lookLater(engineId);
  }

  /** Whether a change has left something unread, or it is time to see whether another hand was there. */
  private isToBeRead(engineId: string): boolean {
    const due = (this.looks.get(engineId) ?? Infinity) <= this.context.now();
    const marks = this.known.of(engineId).map((each) => this.known.markOf(each));
    return marks.some((mark) => (mark?.sent ?? null) !== null || (due && (mark?.confirmed ?? null) !== null));
  }

  private async look(engineId: string, goesOn: () => boolean): Promise<void> {
    const marks = this.known.of(engineId).flatMap((each) => this.known.markOf(each) ?? []);
    this.looks.delete(engineId);
    try {
      const there = await this.kind.read(engineId);
      if (goesOn()) this.noticed(engineId, there);
    } catch (error) {
      // Nobody can say any more that it is in place.
      for (const mark of marks) if (!mark.problem) this.failed(engineId, mark, error);
      this.changed();
    }
  }

  private lookLater(engineId: string): void {
    if (!this.known.of(engineId).some((each) => (this.known.markOf(each)?.confirmed ?? null) !== null))
      return;
    const now = this.context.now();
    const at = Math.min(this.looks.get(engineId) ?? Infinity, now + times.look);
    this.looks.set(engineId, at);
    this.soon(engineId, at - now);
  }

  private async bringUp(policy: P): Promise<void> {
    const { engineId } = policy;
    const world = this.context.snapshot();
    const wanted = this.kind.wanted(policy, world);
    if (this.context.cutOff(policy)) return this.changed();
    if (wanted === null) return this.clearIdle(policy, world);
    const mark = this.known.marks.at(engineId, this.kind.nameOf(policy));
    if (!mark.problem && this.known.inPlace(mark, wanted)) return;
    const wait = waitOf(mark, this.context.now());
    if (wait === Infinity) return;
    if (wait > 0) return this.soon(engineId, wait);
    mark.busy = true;
    this.changed();
    try {
      await this.put(policy, mark, wanted, world);
    } catch (error) {
      this.failed(engineId, mark, error);
    }
    mark.busy = false;
    this.changed();
  }

  /** What was put there for what is gone is of no use, and would be there for good. */
  private async clearIdle(policy: P, world: Inventory): Promise<void> {
    const { engineId } = policy;
    const name = this.kind.nameOf(policy);
    this.changed();
    if (!this.kind.idle?.(policy, world)) return;
    const mark = this.known.marks.at(engineId, name);
    if (mark.there === null || waitOf(mark, this.context.now()) > 0) return;
    try {
      await this.kind.remove(engineId, name, policy);
      Object.assign(mark, { ...newMark<W>(), there: null });
      delete mark.problem;
    } catch (error) {
      this.failed(engineId, mark, error);
    }
    this.changed();
  }

  private async put(policy: P, mark: Mark<W>, wanted: W, world: Inventory): Promise<void> {
    const { engineId } = policy;
    const renewed = await this.renew(policy, mark, world);
    // Forgotten meanwhile, or its engine was lost.
    if (!this.known.marks.holds(engineId, mark)) return;
    const there = await this.kind.put(engineId, wanted);
    if (this.kind.differs(wanted, there)) throw new ProblemError(this.kind.notAsPut(renewed, world));
    noteRead(mark, there, wanted, this.kind.differs);
  }

  /** What it is about was made anew: what was put there for it before stands in the way. */
  private async renew(policy: P, mark: Mark<W>, world: Inventory): Promise<P> {
    const { kind } = this;
    const { marks } = this.known;
    const { engineId } = policy;
    const renewed = kind.renewed(policy, world);
    if (kind.nameOf(renewed) === kind.nameOf(policy)) return policy;
    await kind.remove(engineId, kind.nameOf(policy), policy);
    if (!marks.holds(engineId, mark)) return policy;
    marks.forget(engineId, kind.nameOf(policy));
    marks.set(engineId, kind.nameOf(renewed), mark);
    await this.context.store.set(this.policies().map((each) => (each === policy ? renewed : each)));
    return renewed;
  }

  private failed(engineId: string, mark: Mark<W>, error: unknown): void {
    if (!(error instanceof ProblemError)) this.context.report(error);
    if (!this.known.marks.holds(engineId, mark)) return;
    const problem = error instanceof ProblemError ? error.problem : unexpected(error);
    const { retryMs } = mark;
    // Consent is not a matter of time: `onConsent` tells.
    const asked = this.kind.wantsConsent(problem);
    noteFailure(mark, problem, this.context.now(), asked);
    if (!asked) this.soon(engineId, retryMs);
  }
}
