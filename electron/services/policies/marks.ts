import type { Problem } from '../../../shared/model';

/** Milliseconds. What failed is tried again less and less often. */
const times = { firstRetry: 5_000, lastRetry: 300_000 };

/** What is known of one thing on a host; lost with the process, and found again by asking. */
export interface Mark<W> {
  /** As last read; absent while it has not been read since anything was done to it. */
  there?: W | null;
  /** Put there, by whomever of this console, and not read since. */
  sent: W | null;
  /** As it was when it was last read to be as it should. What differs from that later, another hand has changed. */
  confirmed: W | null;
  drifted: boolean;
  busy: boolean;
  problem?: Problem;
  /** After a failure: how long to wait the next time, milliseconds, and until when by the console's clock. */
  retryMs: number;
  retryAt: number;
}

export const newMark = <W>(): Mark<W> => ({
  ...{ sent: null, confirmed: null, drifted: false, busy: false },
  ...{ retryMs: times.firstRetry, retryAt: 0 },
});

type Differs<W> = (wanted: W, there: W | null) => boolean;

/** It was read. @param wanted what it should be by now, which another hand may have seen to */
export function noteRead<W>(mark: Mark<W>, there: W | null, wanted: W | null, differs: Differs<W>): void {
  const is = (one: W | null): boolean => one !== null && !differs(one, there);
  if (is(mark.sent) || is(wanted)) {
    Object.assign(mark, { ...newMark<W>(), there, confirmed: there, busy: mark.busy });
    delete mark.problem;
    return;
  }
  mark.there = there;
  mark.drifted = mark.confirmed !== null && differs(mark.confirmed, there);
}

/** It could not be read or put there. @param untilAsked only the admin can help */
export function noteFailure<W>(mark: Mark<W>, problem: Problem, now: number, untilAsked: boolean): void {
  const { retryMs } = mark;
  delete mark.there;
  Object.assign(mark, {
    ...{ sent: null, confirmed: null, drifted: false, busy: false, problem },
    retryMs: Math.min(retryMs * 2, times.lastRetry),
    retryAt: untilAsked ? Infinity : now + retryMs,
  });
}

/** How long it has to be left alone yet, milliseconds; never longer than it ever is, should the clock be set. */
export const waitOf = ({ retryAt }: Mark<unknown>, now: number): number =>
  retryAt === Infinity ? Infinity : Math.min(retryAt - now, times.lastRetry);

/** What is known of the things on all hosts, by engine and name. */
export class Marks<W> {
  private readonly engines = new Map<string, Map<string, Mark<W>>>();

  of(engineId: string): ReadonlyMap<string, Mark<W>> {
    return this.engines.get(engineId) ?? new Map<string, Mark<W>>();
  }

  get(engineId: string, name: string): Mark<W> | undefined {
    return this.engines.get(engineId)?.get(name);
  }

  /** The one that there is, or a new one. */
  at(engineId: string, name: string): Mark<W> {
    return this.get(engineId, name) ?? this.set(engineId, name, newMark());
  }

  set(engineId: string, name: string, mark: Mark<W>): Mark<W> {
    const own = this.engines.get(engineId) ?? new Map<string, Mark<W>>();
    this.engines.set(engineId, own.set(name, mark));
    return mark;
  }

  /** Whether it still counts: what was forgotten meanwhile does not. */
  holds(engineId: string, mark: Mark<W>): boolean {
    return [...this.of(engineId).values()].includes(mark);
  }

  forget(engineId: string, name?: string): void {
    if (name === undefined) this.engines.delete(engineId);
    else this.engines.get(engineId)?.delete(name);
  }
}
