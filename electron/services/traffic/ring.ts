/** Seconds of history kept for each interface. */
export const historySeconds = 3_600;

/** Allocated bit by bit, so that a container that lived for a minute does not cost an hour. */
const blockSeconds = 300;

/**
 * The last hour of one interface at one value per second and direction, bits/s as float32: 29 KB when full.
 * Seconds without a measurement are NaN.
 */
export class TrafficRing {
  private readonly blocks: (Float32Array | undefined)[] = [];
  private last = -1;

  /** Stores the rates of one second; `second` is seconds since the epoch and must not go backwards. */
  write(second: number, rxBits: number, txBits: number): void {
    if (second < this.last) return;
    const from = Math.max(this.last + 1, second - historySeconds + 1);
    if (this.last >= 0) for (let gap = from; gap < second; gap++) this.put(gap, NaN, NaN);
    this.put(second, rxBits, txBits);
    this.last = second;
  }

  /** Rates of one second, or NaN. `direction` 0 is received, 1 sent. */
  read(second: number, direction: 0 | 1): number {
    if (second > this.last || second <= this.last - historySeconds) return NaN;
    const slot = second % historySeconds;
    return this.blocks[Math.floor(slot / blockSeconds)]?.[(slot % blockSeconds) * 2 + direction] ?? NaN;
  }

  /** The newest second written, or -1. */
  get newest(): number {
    return this.last;
  }

  private put(second: number, rxBits: number, txBits: number): void {
    const slot = second % historySeconds;
    const index = Math.floor(slot / blockSeconds);
    const block = (this.blocks[index] ??= new Float32Array(blockSeconds * 2).fill(NaN));
    block[(slot % blockSeconds) * 2] = rxBits;
    block[(slot % blockSeconds) * 2 + 1] = txBits;
  }
}
