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
  /** Puts into the plan what consoles that have ended could not write. */
  takeOver(): Promise<void>;
  onRecord(record: ChangeRecord): void;
  report(error: unknown): void;
}

/**
 * What other consoles of the same folder leave to this one. Changes that they were on when it began, those that are just
 * being killed too, are followed to their end, or until that console is gone: then they were cut off, and wait for a decision.
 * What they could not write into the plan before they ended is taken over.
 */
export class OthersChanges implements Service {
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;
  /** Why it could not be looked the last time. */
  private failure = '';

  constructor(private readonly context: OthersContext) {
    this.lookLater();
  }

  /** Looks once, and again later. */
  async look(): Promise<void> {
    await this.follow().then(
      () => (this.failure = ''),
      (error: unknown) => this.failed(error),
    );
    this.lookLater();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  /** Once: it is looked again and again. */
  private failed(error: unknown): void {
    if (this.failure !== String(error)) this.context.report(error);
    this.failure = String(error);
  }

  private async follow(): Promise<void> {
    const { log, alive = isAlive, onRecord, takeOver } = this.context;
    const open = this.open();
    const before = new Map(open.map(({ record }) => [record.id, record]));
    // Asked before it is read what they have written: one that ends in between has written all by then.
    const living = new Set(open.flatMap(({ run }) => (run && alive(run.owner) ? run.owner : [])));
    await log.catchUp((entry) => before.has(entry.record.id) || this.isLeft(entry));
    log.revise((entry) =>
      before.has(entry.record.id) ? asFound(entry, (owner) => living.has(owner)) : null,
    );
    for (const [id, was] of before) {
      const now = log.get(id)?.record;
      if (now && !isDeepStrictEqual(now, was)) onRecord(now);
    }
    if (!this.disposed) await takeOver();
  }

  /** It is done, and not in the plan, and the console that was to put it there has ended. */
  private isLeft({ record, run, owner }: ChangeEntry): boolean {
    const { log, alive = isAlive } = this.context;
    const known = log.get(record.id);
    // What this console has taken in is its own, also where it can't be written down yet.
    if (known && !known.run && known.record.state === record.state) return false;
    return record.unwritten !== undefined && !run && owner !== undefined && !alive(owner);
  }

  private open(): ChangeEntry[] {
    const { log, owner } = this.context;
    return log
      .unsettled()
      .filter(({ record, run }) => run && run.owner !== owner && record.state !== 'interrupted');
  }

  private lookLater(): void {
    if (this.disposed) return;
    this.timer = setTimeout(() => void this.look(), lookMs).unref();
  }
}
