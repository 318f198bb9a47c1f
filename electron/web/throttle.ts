import { keepNewest } from '../services/storage/newest';
import { networkOf } from './network-of';

/** Wrong passwords that an address may send at once; then each waits twice as long as the one before. */
const free = 5;
const longestMs = 15 * 60_000;
/** Addresses remembered; a flood from more can't fill the memory. */
const kept = 10_000;
/** Over all addresses: so many wrong ones at once, and one more each second. */
const overall = { burst: 60, perSecond: 1 };

interface Tries {
  failures: number;
  /** Nothing is tried before this time. */
  until: number;
}

/** Slows down whoever guesses passwords, and all together when many addresses do. Times in milliseconds. */
export class Throttle {
  private readonly tries = new Map<string, Tries>();
  private tokens = overall.burst;
  private filledAt: number;

  constructor(private readonly now: () => number = Date.now) {
    this.filledAt = now();
  }

  /** How long this address has to wait before it may try; 0 when it may now. */
  waitOf(address: string): number {
    this.fill();
    const own = Math.max(0, (this.tries.get(networkOf(address))?.until ?? 0) - this.now());
    return this.tokens >= 1 ? own : Math.max(own, Math.ceil((1 - this.tokens) * 1000));
  }

  failed(address: string): void {
    const key = networkOf(address);
    const failures = (this.tries.get(key)?.failures ?? 0) + 1;
    const wait = failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), longestMs);
    // To the end of the map, so that the ones heard of longest ago are forgotten first.
    this.tries.delete(key);
    this.tries.set(key, { failures, until: this.now() + wait });
    keepNewest(this.tries, kept);
    this.tokens = Math.max(0, this.tokens - 1);
  }

  succeeded(address: string): void {
    this.tries.delete(networkOf(address));
  }

  private fill(): void {
    const now = this.now();
    this.tokens = Math.min(overall.burst, this.tokens + ((now - this.filledAt) / 1000) * overall.perSecond);
    this.filledAt = now;
  }
}
