/** What became of things while an answer of the engine was on its way: that answer may be older than this. */
export interface Race {
  /** Spoken of by an event, or read anew. */
  readonly touched: ReadonlySet<string>;
  /** Gone for good: engines never use an id twice. */
  readonly removed: ReadonlySet<string>;
}

/**
 * Keeps answers that were overtaken from undoing what came later: a list that left the engine before a container was
 * made must not take it away again, and an inspect from before its end must not bring it back.
 */
export class Races {
  private readonly open = new Set<{ touched: Set<string>; removed: Set<string> }>();

  /** Runs a question; `take` gets its answer and what happened in between. */
  async run<T>(ask: () => Promise<T>, take: (answer: T, race: Race) => void): Promise<void> {
    const race = { touched: new Set<string>(), removed: new Set<string>() };
    this.open.add(race);
    try {
      take(await ask(), race);
    } finally {
      this.open.delete(race);
    }
  }

  touch(id: string): void {
    for (const race of this.open) race.touched.add(id);
  }

  remove(id: string): void {
    for (const race of this.open) race.removed.add(id);
  }
}
