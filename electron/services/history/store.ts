import { bucketsOf, sumOf, type Buckets, type Span } from './query';
import { historySeconds, Ring } from './ring';

/** Series that are written no more, at most: where things come and go by the second, an hour has thousands. */
const keptEnded = 1_000;

/** Which series, of which columns, and when. */
export interface HistoryQuery<S, C extends string> extends Span {
  of(series: S): boolean;
  columns: readonly C[];
}

/** The series that were asked for, summed: when each bucket begins (milliseconds since the epoch), and its columns. */
export interface HistoryAnswer<C extends string> {
  at: number[];
  columns: Record<C, Buckets>;
}

/**
 * What was measured second by second, in series of one shape: `S` says what a series is of, `C` are its columns. Whoever
 * measures knows this and not where it is kept.
 */
export interface History<S, C extends string> {
  /**
   * Begins a series, or goes on with the one of that key; what it is of may be told anew. What writes it gets one row a
   * second, with a value for each column.
   */
  series(key: string, of: S): HistoryWriter;
  query(query: HistoryQuery<S, C>): Promise<HistoryAnswer<C>>;
  /** Lets go of all series of which this is true. */
  forget(of: (series: S) => boolean): void;
  /** Of the series that nobody writes any more: lets go of what is over, and of the oldest of too many. */
  trim(second: number, written: ReadonlySet<HistoryWriter>): void;
}

export interface HistoryWriter {
  /** `second` since the epoch; values in the order of the columns. */
  write(second: number, values: readonly number[]): void;
}

/** Keeps the last hour of each series in memory. */
export class MemoryHistory<S, C extends string> implements History<S, C> {
  private readonly kept = new Map<string, { of: S; ring: Ring }>();

  constructor(private readonly columns: readonly C[]) {}

  get size(): number {
    return this.kept.size;
  }

  /** What is gone on with stands at the end of the map, so that what ended longest ago comes first. */
  series(key: string, of: S): HistoryWriter {
    const ring = this.kept.get(key)?.ring ?? new Ring(this.columns.length);
    this.kept.delete(key);
    this.kept.set(key, { of, ring });
    return ring;
  }

  async query({ of, columns, ...span }: HistoryQuery<S, C>): Promise<HistoryAnswer<C>> {
    const rings = [...this.kept.values()].filter((each) => of(each.of)).map(({ ring }) => ring);
    const buckets = bucketsOf(span);
    const answers = columns.map((each) => [each, sumOf(rings, buckets, this.columns.indexOf(each))] as const);
    return {
      at: buckets.starts.map((second) => second * 1_000),
      columns: Object.fromEntries(answers) as Record<C, Buckets>,
    };
  }

  forget(of: (series: S) => boolean): void {
    for (const [key, each] of this.kept) if (of(each.of)) this.kept.delete(key);
  }

  trim(second: number, written: ReadonlySet<HistoryWriter>): void {
    const ended = [...this.kept].filter(([, { ring }]) => !written.has(ring));
    const surplus = ended.length - keptEnded;
    for (const [at, [key, { ring }]] of ended.entries())
      if (at < surplus || ring.newest < second - historySeconds) this.kept.delete(key);
  }
}
