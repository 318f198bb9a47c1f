import type { Lease } from '../../../shared/model';
import { readLeaseLine } from '../../toolbox';
import type { PolicyTools } from './console-kind';

/** Milliseconds until a helper whose words have ended is looked for again: its engine starts it anew meanwhile. */
const again = { first: 1_000, last: 15_000 };

interface Followed {
  /** By which it is followed. */
  connection: unknown;
  dispose(): void;
  timer?: NodeJS.Timeout;
  /** Its engine did not answer: whoever has heard of it since is to follow anew. */
  lost?: boolean;
  retryMs: number;
}

/** What helpers that lease say, followed line by line for as long as they are there. */
export class LeaseWatch {
  private readonly leases = new Map<string, Lease>();
  private readonly followed = new Map<string, Followed>();
  private disposed = false;

  constructor(private readonly tools: Pick<PolicyTools, 'helpers' | 'changed' | 'doubted'>) {}

  /** As its helper told last; null before it has said anything. */
  of(engineId: string, name: string): Lease | null {
    return this.leases.get(`${engineId} ${name}`) ?? null;
  }

  /** It was seen there: it is followed, unless it is by this very connection already. */
  follow(engineId: string, name: string): void {
    const key = `${engineId} ${name}`;
    const connection = this.tools.helpers.connection(engineId);
    const known = this.followed.get(key);
    if (this.disposed || (known && known.connection === connection && !known.lost)) return;
    this.end(key);
    const mine: Followed = { connection, dispose: () => undefined, retryMs: again.first };
    this.followed.set(key, mine);
    this.open(engineId, name, mine);
  }

  /** It is not there any more, or another one is put in its place. */
  drop(engineId: string, name: string): void {
    const key = `${engineId} ${name}`;
    this.end(key);
    if (this.leases.delete(key)) this.tools.changed();
  }

  dispose(): void {
    this.disposed = true;
    for (const key of [...this.followed.keys()]) this.end(key);
  }

  private end(key: string): void {
    const one = this.followed.get(key);
    this.followed.delete(key);
    clearTimeout(one?.timer);
    one?.dispose();
  }

  private open(engineId: string, name: string, mine: Followed): void {
    const key = `${engineId} ${name}`;
    const onLine = (line: string) => {
      const lease = readLeaseLine(line, this.leases.get(key) ?? null);
      if (!lease || this.followed.get(key) !== mine) return;
      mine.retryMs = again.first;
      this.leases.set(key, lease);
      this.tools.changed();
    };
    const onEnd = () => {
      if (this.disposed || this.followed.get(key) !== mine) return;
      this.later(engineId, name, mine);
    };
    const { dispose } = this.tools.helpers.follow(engineId, name, onLine, onEnd);
    mine.dispose = dispose;
  }

  private later(engineId: string, name: string, mine: Followed): void {
    mine.timer = setTimeout(() => void this.goOn(engineId, name, mine), mine.retryMs).unref();
    mine.retryMs = Math.min(mine.retryMs * 2, again.last);
  }

  /** Its words have ended: it may be about to be started again, or be gone for good. */
  private async goOn(engineId: string, name: string, mine: Followed): Promise<void> {
    const key = `${engineId} ${name}`;
    const all = await this.tools.helpers.list(engineId, 'dhcp').catch(() => null);
    if (this.disposed || this.followed.get(key) !== mine) return;
    mine.lost = all === null;
    if (all === null) return this.later(engineId, name, mine);
    const found = all.find((each) => each.name === name);
    if (found && !found.ended) return this.open(engineId, name, mine);
    this.drop(engineId, name);
    this.tools.doubted(engineId, name);
  }
}
