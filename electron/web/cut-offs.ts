/** A line a minute at most, however many do it. Milliseconds. */
const pauseMs = 60_000;

/** Counts requests that were cut off while they were sent, for the process's own log. */
export class CutOffs {
  private count = 0;
  private toldAt = -Infinity;

  constructor(
    private readonly note: (line: string) => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {}

  add(): void {
    this.count += 1;
    if (this.now() - this.toldAt < pauseMs) return;
    this.toldAt = this.now();
    this.note(`Requests that were cut off while they were sent, so far: ${String(this.count)}.`);
  }
}
