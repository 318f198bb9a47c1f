/** Events come in bunches (kill, die, disconnect, stop): one read answers them all. Milliseconds. */
const gather = 40;

/** What is read is never older than this on account of the budget. Milliseconds. */
const longestWait = 1_000;

/** So many reads at once without a wait, and so many a second in the long run. */
const size = 200;
const perSecond = 20;

/**
 * How long a read of an engine waits for more events to come. What an admin or a deployment does is read at once; a
 * storm (a container that restarts in a loop, a thousand events a second) is read by the second, so that neither the
 * daemon nor the window is kept busy with it.
 */
export class ReadBudget {
  private left = size;
  private filledAt: number;

  constructor(private readonly now: () => number) {
    this.filledAt = now();
  }

  /** Milliseconds until `count` things may be read. */
  wait(count: number): number {
    this.fill();
    const lacking = Math.min(count, size) - this.left;
    return lacking <= 0 ? gather : Math.min(longestWait, Math.max(gather, (lacking / perSecond) * 1000));
  }

  spend(count: number): void {
    this.fill();
    this.left = Math.max(-perSecond, this.left - count);
  }

  private fill(): void {
    const now = this.now();
    // A clock that is set back fills nothing, and takes nothing away.
    const seconds = Math.max(0, now - this.filledAt) / 1000;
    this.left = Math.min(size, this.left + seconds * perSecond);
    this.filledAt = now;
  }
}
