import { groupBy } from '../../../shared/rules';

/** Several that start at once are asked about together. Milliseconds. */
const settleMs = 500;
/** As often as this within {@link windowMs} a thing is asked about at once; more often it waits until the first of those is that old. */
const atOnce = 3;
/** Milliseconds. */
const windowMs = 5 * 60_000;

export interface AskingQueueContext<T> {
  keyOf(one: T): string;
  /** Each host is asked one thing after the other, the hosts beside each other. */
  hostOf(one: T): string;
  /** Never rejects. */
  ask(all: readonly T[]): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
}

interface Due<T> {
  one: T;
  /** Not before then. */
  at: number;
  /** Something has happened to it. */
  happened: boolean;
}

/** What is to be asked about on hosts: what comes while a host is being asked is next, and what comes again and again waits. */
export class AskingQueue<T> {
  private readonly due = new Map<string, Due<T>>();
  private readonly asking = new Map<string, Promise<void>>();
  /** When each thing was asked about lately because something had happened to it, oldest first. */
  private readonly lately = new Map<string, readonly number[]>();
  private timer: { at: number; id: ReturnType<typeof setTimeout> } | undefined;
  private disposed = false;

  constructor(private readonly context: AskingQueueContext<T>) {}

  /** Something has happened to it: asked about at once, unless that has happened too often. */
  add(one: T): void {
    const key = this.context.keyOf(one);
    const now = this.context.now();
    const times = (this.lately.get(key) ?? []).filter((at) => now - at < windowMs);
    this.lately.set(key, times);
    const before = times.at(-atOnce);
    this.set(one, before === undefined ? now : before + windowMs, true);
  }

  /** To be asked about at this time, whatever has happened to it. */
  put(one: T, at: number): void {
    this.set(one, at, false);
  }

  /** Nothing is to be asked about it any more. */
  remove(key: string): void {
    this.due.delete(key);
  }

  /** It is gone for good. */
  forget(key: string): void {
    this.remove(key);
    this.lately.delete(key);
  }

  has(key: string): boolean {
    return this.due.has(key);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.timer?.id);
    await Promise.allSettled(this.asking.values());
  }

  private set(one: T, at: number, happened: boolean): void {
    const key = this.context.keyOf(one);
    const before = this.due.get(key);
    this.due.set(key, {
      one,
      at: Math.min(at, before?.at ?? at),
      happened: happened || before?.happened === true,
    });
    this.goOn();
  }

  private goOn(): void {
    if (this.disposed) return;
    const waiting = [...this.due.values()].filter(({ one }) => !this.asking.has(this.context.hostOf(one)));
    if (waiting.length === 0) return;
    const now = this.context.now();
    const first = waiting.reduce((least, { at }) => Math.min(least, at), Infinity);
    const at = Math.max(first, now + settleMs);
    if (this.timer && this.timer.at <= at) return;
    clearTimeout(this.timer?.id);
    this.timer = { at, id: setTimeout(() => this.askDue(), at - now) };
  }

  private askDue(): void {
    this.timer = undefined;
    const now = this.context.now();
    const ripe = [...this.due.values()].filter(({ at }) => at <= now);
    for (const [host, all] of groupBy(ripe, ({ one }) => this.context.hostOf(one))) {
      if (this.asking.has(host)) continue;
      for (const each of all) this.take(each, now);
      const asked = this.context.ask(all.map(({ one }) => one)).finally(() => {
        this.asking.delete(host);
        this.goOn();
      });
      this.asking.set(host, asked);
    }
    this.goOn();
  }

  private take({ one, happened }: Due<T>, now: number): void {
    const key = this.context.keyOf(one);
    this.due.delete(key);
    if (happened) this.lately.set(key, [...(this.lately.get(key) ?? []), now]);
  }
}
