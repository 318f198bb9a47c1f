import type { Problem } from '../../../shared/model';
import type { Inventory, Policy } from '../../../shared/rules';
import type { PolicyKind, PolicyStanding, PolicyStore } from './kind';
import { Marks, noteRead, type Mark } from './marks';

export interface KnownContext<P> {
  store: PolicyStore<P>;
  snapshot(): Inventory;
  /** Why a policy's thing is to be left as it is for now: a change of it was cut off, and waits for a decision. */
  cutOff(policy: P): Problem | null;
  /** What is kept is shown and left alone: nothing is put back. */
  readOnly?: boolean;
}

/** What is known of the policies of one kind: what is kept, what is on the hosts for it, and how it stands by both. */
export class Known<P extends Policy, W, R extends string> {
  readonly marks = new Marks<W>();

  constructor(
    private readonly kind: PolicyKind<P, W, R>,
    private readonly context: KnownContext<P>,
  ) {}

  policies(): readonly P[] {
    return this.context.store.list();
  }

  of(engineId: string): P[] {
    return this.policies().filter((each) => each.engineId === engineId);
  }

  markOf(policy: P): Mark<W> | undefined {
    return this.marks.get(policy.engineId, this.kind.nameOf(policy));
  }

  statuses(): PolicyStanding<P, W, R>[] {
    const world = this.context.snapshot();
    return this.policies().map((policy) => this.statusOf(policy, world));
  }

  inPlace(mark: Mark<W>, wanted: W): boolean {
    return mark.there !== undefined && !this.kind.differs(wanted, mark.there);
  }

  /** The things on a host have been read. Gives whether another hand was there. */
  read(engineId: string, there: ReadonlyMap<string, W>): boolean {
    const world = this.context.snapshot();
    const { nameOf, wanted: wantedBy, differs } = this.kind;
    const wanted = new Map(this.of(engineId).map((each) => [nameOf(each), wantedBy(each, world)]));
    // Also what no policy stands for yet: it may be kept next.
    for (const name of there.keys()) this.marks.at(engineId, name);
    for (const [name, mark] of this.marks.of(engineId))
      noteRead(mark, there.get(name) ?? null, wanted.get(name) ?? null, differs);
    return this.of(engineId).some((each) => this.markOf(each)?.drifted);
  }

  /** A policy is new, or another: what has been read counts for it, and earlier failures do not. */
  adopt(policy: P): void {
    const { engineId } = policy;
    const name = this.kind.nameOf(policy);
    const there = this.marks.get(engineId, name)?.there;
    this.marks.forget(engineId, name);
    if (there === undefined) return;
    const wanted = this.kind.wanted(policy, this.context.snapshot());
    noteRead(this.marks.at(engineId, name), there, wanted, this.kind.differs);
  }

  private stateBy(problem: Problem): 'unlooked' | 'kept-elsewhere' | 'failed' {
    // Nothing has failed: the admin has yet to allow it, or has taken that back.
    if (this.kind.wantsConsent(problem)) return 'unlooked';
    return this.kind.keptElsewhere?.(problem) ? 'kept-elsewhere' : 'failed';
  }

  private statusOf(policy: P, world: Inventory): PolicyStanding<P, W, R> {
    const mark = this.markOf(policy);
    const put = mark?.confirmed ?? null;
    const online = world.engines.some((each) => each.id === policy.engineId && each.state === 'online');
    if (!online || this.context.readOnly) return { policy, put, state: 'waiting' };
    const rests = this.kind.rests(policy, world);
    if (rests) return { policy, put, state: rests };
    const cutOff = this.context.cutOff(policy);
    if (cutOff) return { policy, put, state: 'undecided', problem: cutOff };
    const problem = this.kind.problems(policy, world)[0] ?? mark?.problem;
    if (problem) return { policy, put, state: this.stateBy(problem), problem };
    if (mark?.drifted) return { policy, put, state: 'drifted' };
    const wanted = this.kind.wanted(policy, world);
    const applied = wanted && mark && !mark.busy && this.inPlace(mark, wanted);
    return { policy, put, state: applied ? 'applied' : 'pending' };
  }
}
