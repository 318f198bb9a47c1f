/** Seconds of history kept for each series. */
export const historySeconds = 3_600;

/** Allocated bit by bit, so that a series that lived for a minute does not cost an hour. */
const blockSeconds = 300;

/**
 * The last hour of one series at one row of `width` values per second, as float32: 14 KB a column when full. Seconds
 * without a measurement are NaN.
 */
export class Ring {
  private readonly blocks: (Float32Array | undefined)[] = [];
  private last = -1;

  constructor(private readonly width: number) {}

  /**
   * Stores the values of one second, one for each column; `second` is seconds since the epoch. What lies before the newest
   * second is dropped.
   */
  write(second: number, values: readonly number[]): void {
    if (second < this.last) return;
    const from = Math.max(this.last + 1, second - historySeconds + 1);
    if (this.last >= 0) for (let gap = from; gap < second; gap++) this.put(gap, []);
    this.put(second, values);
    this.last = second;
  }

  /** The value of one second, or NaN. Columns count from 0. */
  read(second: number, column: number): number {
    if (second > this.last || second <= this.last - historySeconds) return NaN;
    const slot = second % historySeconds;
    return this.blocks[Math.floor(slot / blockSeconds)]?.[(slot % blockSeconds) * this.width + column] ?? NaN;
  }

  /** The newest second written, or -1. */
  get newest(): number {
    return this.last;
  }

  private put(second: number, values: readonly number[]): void {
    const slot = second % historySeconds;
    const index = Math.floor(slot / blockSeconds);
    const block = (this.blocks[index] ??= new Float32Array(blockSeconds * this.width).fill(NaN));
    const at = (slot % blockSeconds) * this.width;
    for (let column = 0; column < this.width; column++) block[at + column] = values[column] ?? NaN;
  }
}
