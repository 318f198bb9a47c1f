import type { Guard } from '../../../shared/model';
import { guardKey } from '../../../shared/rules';
import type { GuardStore } from '../segments/plan-file';
import { newMark, type Mark } from './marks';

/** The guards that are kept, and what is known of each beside the engines. */
export class GuardBook {
  private readonly marks = new Map<string, Mark>();

  /** @param onTouched guards of these engines are new, or gone */
  constructor(
    private readonly store: GuardStore,
    private readonly onTouched: (engineIds: ReadonlySet<string>) => void,
  ) {}

  list(): readonly Guard[] {
    return this.store.list();
  }

  on(engineId: string): readonly Guard[] {
    return this.list().filter((each) => each.engineId === engineId);
  }

  find(key: string): Guard | undefined {
    return this.list().find((each) => guardKey(each) === key);
  }

  /** What is known of a guard; undefined where nothing is yet. */
  marked(guard: Guard): Mark | undefined {
    return this.marks.get(guardKey(guard));
  }

  /** The same, begun where nothing is. */
  markOf(key: string): Mark {
    const mark = this.marks.get(key) ?? newMark();
    this.marks.set(key, mark);
    return mark;
  }

  mark(guard: Guard, mark: Mark): void {
    this.marks.set(guardKey(guard), mark);
  }

  /** Keeps a guard from now on, in the place of the one of the same container. */
  put(guard: Guard): Promise<void> {
    const key = guardKey(guard);
    const all = this.list();
    const known = all.some((each) => guardKey(each) === key);
    return this.keep(known ? all.map((each) => (guardKey(each) === key ? guard : each)) : [...all, guard], [
      guard,
    ]);
  }

  /** Keeps these, too. */
  add(guards: readonly Guard[]): Promise<void> {
    return this.keep([...this.list(), ...guards], guards);
  }

  /** Keeps these no more. */
  drop(guards: readonly Guard[]): Promise<void> {
    return this.keep(
      this.list().filter((each) => !guards.includes(each)),
      guards,
    );
  }

  /** The same guard by another name or id of its container: what is known of it stays. */
  rename(guard: Guard, now: Guard): Promise<void> {
    return this.store.set(this.list().map((each) => (each === guard ? now : each)));
  }

  /** An engine is off the list. */
  async forget(engineId: string): Promise<void> {
    await this.drop(this.on(engineId));
  }

  /** @param touched those that are new, or gone: what was known of them no longer counts */
  private async keep(all: readonly Guard[], touched: readonly Guard[]): Promise<void> {
    if (touched.length === 0) return;
    for (const guard of touched) this.marks.delete(guardKey(guard));
    await this.store.set(all);
    this.onTouched(new Set(touched.map((one) => one.engineId)));
  }
}
