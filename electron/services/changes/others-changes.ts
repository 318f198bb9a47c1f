import { isDeepStrictEqual } from 'node:util';
import type { ChangeRecord } from '../../../shared/model';
import type { Service } from '../service';
import { isAlive } from '../storage/owner';
import { asFound, type ChangeEntry, type ChangeLog } from './change-log';

/** Milliseconds until it is looked again how another console gets on. */
const lookMs = 2_000;

interface OthersContext {
  log: Pick<ChangeLog, 'unsettled' | 'get' | 'catchUp' | 'revise'>;
  /** This console's own name. */
  owner: string;
  alive?: (owner: string) => boolean;
  onRecord(record: ChangeRecord): void;
  report(error: unknown): void;
}

/**
 * Changes that another console of the same folder was on when this one began: one that is just being killed, too. They are
 * followed to their end, or until that console is gone: then they were cut off, and wait for a decision.
 */
export class OthersChanges implements Service {
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(private readonly context: OthersContext) {
    this.lookLater();
  }

  /** Looks once, and again later while any is open. */
  async look(): Promise<void> {
    const { log, alive = isAlive, onRecord, report } = this.context;
    const open = this.open();
    const before = new Map(open.map(({ record }) => [record.id, record]));
    // Asked before it is read what they have written: one that ends in between has written all by then.
    const living = new Set(open.flatMap(({ run }) => (run && alive(run.owner) ? run.owner : [])));
    const read = await log.catchUp([...before.keys()]).catch((error: unknown) => {
      report(error);
      return false;
    });
    if (read)
      log.revise((entry) =>
        before.has(entry.record.id) ? asFound(entry, (owner) => living.has(owner)) : null,
      );
    for (const [id, was] of before) {
      const now = log.get(id)?.record;
      if (now && !isDeepStrictEqual(now, was)) onRecord(now);
    }
    this.lookLater();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  private open(): ChangeEntry[] {
    const { log, owner } = this.context;
    return log
      .unsettled()
      .filter(({ record, run }) => run && run.owner !== owner && record.state !== 'interrupted');
  }

  private lookLater(): void {
    if (this.disposed || this.open().length === 0) return;
    this.timer = setTimeout(() => void this.look(), lookMs).unref();
  }
}
