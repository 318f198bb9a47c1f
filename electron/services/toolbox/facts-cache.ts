import type { HostFacts } from '../../../shared/model';

/** How long a look at a host is good for, milliseconds. */
const goodFor = 10_000;

/** What began longer ago, milliseconds, is not waited for by who wants it as it is now: on a slow host a look takes long. */
const joinedFor = 5_000;

interface Entry {
  facts: Promise<HostFacts>;
  began: number;
  /** When the look was over; null while it is under way. */
  at: number | null;
}

/** Looks at hosts, each once at a time unless that takes long. Failures are not kept. */
export class FactsCache {
  private readonly entries = new Map<string, Entry>();
  /** The last look of each host, however long ago. */
  private readonly found = new Map<string, HostFacts>();

  constructor(
    private readonly read: (engineId: string) => Promise<HostFacts>,
    private readonly now: () => number,
  ) {}

  get(engineId: string, refresh: boolean): Promise<HostFacts> {
    const known = this.entries.get(engineId);
    const underWay = known?.at === null && !(refresh && this.now() - known.began > joinedFor);
    const fresh = known && !refresh && known.at !== null && this.now() - known.at < goodFor;
    if (known && (underWay || fresh)) return known.facts;
    const entry: Entry = { facts: this.read(engineId), began: this.now(), at: null };
    this.entries.set(engineId, entry);
    entry.facts.then(
      (facts) => {
        entry.at = this.now();
        // What was dropped in the meantime is out of date already.
        if (this.entries.get(engineId) === entry) this.found.set(engineId, facts);
      },
      () => {
        if (this.entries.get(engineId) === entry) this.entries.delete(engineId);
      },
    );
    return entry.facts;
  }

  /** What the last looks found; asks nobody. */
  last(): HostFacts[] {
    return [...this.found.values()];
  }

  /** The next caller looks anew: what was known has just been changed, or may not be known any more. */
  drop(engineId: string): void {
    this.entries.delete(engineId);
    this.found.delete(engineId);
  }
}
