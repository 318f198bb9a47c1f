/** Timers by name, of which the earliest counts: what has to be soon is not put off by what may be later. */
export class Alarms {
  private readonly timers = new Map<string, { timer: NodeJS.Timeout; at: number }>();

  constructor(
    private readonly ring: (key: string) => void,
    private readonly now: () => number,
  ) {}

  /** Rings in so many milliseconds, unless it does before. */
  set(key: string, ms: number): void {
    const at = this.now() + ms;
    const known = this.timers.get(key);
    if (known && known.at <= at) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.ring(key);
    }, ms);
    this.timers.set(key, { timer, at });
  }

  clear(key: string): void {
    clearTimeout(this.timers.get(key)?.timer);
    this.timers.delete(key);
  }

  clearAll(): void {
    for (const key of [...this.timers.keys()]) this.clear(key);
  }
}
