import { trafficColumns, type TrafficIndex, type TrafficTick } from '../../shared/model';
import { containerKey } from '../../shared/rules';

/** Current rates of one thing, bits and packets per second; errors and drops per second. */
export interface Rates {
  rxBits: number;
  txBits: number;
  rxPackets: number;
  txPackets: number;
  errors: number;
  drops: number;
}

/**
 * `engine/container` for a container, `engine/container@network` for one of its attachments, `engine@network` for a
 * network, `engine` for a host.
 */
export type TrafficKey = string;

export const attachmentKey = (engineId: string, containerId: string, networkId: string): TrafficKey =>
  `${containerKey(engineId, containerId)}@${networkId}`;

export const networkKey = (engineId: string, networkId: string): TrafficKey => `${engineId}@${networkId}`;

/**
 * Live rates with subscriptions per id, outside of React and of zustand: a tick costs only what is on screen
 * (a selector over all nodes would cost every node, every second).
 */
export class TrafficStore {
  private rows = new Map<TrafficKey, number[]>();
  private count = 0;
  private version = -1;
  private tick: TrafficTick | null = null;
  private readonly byKey = new Map<TrafficKey, Set<() => void>>();
  private readonly cache = new Map<TrafficKey, Rates | null>();
  private readonly all = new Set<() => void>();

  setIndex(index: TrafficIndex): void {
    this.rows = new Map();
    index.series.forEach((series, row) => {
      const container = containerKey(series.engineId, series.containerId);
      const keys = [
        series.engineId,
        networkKey(series.engineId, series.networkId),
        container,
        `${container}@${series.networkId}`,
      ];
      for (const key of keys) {
        const rows = this.rows.get(key);
        if (rows) rows.push(row);
        else this.rows.set(key, [row]);
      }
    });
    this.count = index.series.length;
    // The rows of the last tick mean other things now.
    if (this.tick?.version !== index.version) this.tick = null;
    this.version = index.version;
    this.cache.clear();
  }

  /** Ticks of another index version are of rows that we don't know: dropped, the next one fits. */
  setTick(tick: TrafficTick): void {
    if (tick.version !== this.version) return;
    this.tick = tick;
    this.cache.clear();
    for (const set of this.byKey.values()) for (const listener of set) listener();
    for (const listener of this.all) listener();
  }

  /** Calls back on each tick while something shows this key. */
  subscribe(key: TrafficKey, listener: () => void): () => void {
    const set = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.byKey.get(key) === set) this.byKey.delete(key);
    };
  }

  /** For the canvas, which redraws everything that it shows at once. */
  subscribeAll(listener: () => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  /** When the last tick was taken, milliseconds since the epoch; 0 before the first. */
  lastAt(): number {
    return this.tick?.at ?? 0;
  }

  /** The same object until the next tick; null when nothing is measured. */
  get(key: TrafficKey): Rates | null {
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const rates = this.sum(key);
    this.cache.set(key, rates);
    return rates;
  }

  private sum(key: TrafficKey): Rates | null {
    const rows = this.rows.get(key);
    if (!rows || !this.tick) return null;
    const { values } = this.tick;
    const total: Rates = { rxBits: 0, txBits: 0, rxPackets: 0, txPackets: 0, errors: 0, drops: 0 };
    let measured = false;
    for (const row of rows) {
      trafficColumns.forEach((column, at) => {
        const value = values[at * this.count + row] ?? NaN;
        if (Number.isNaN(value)) return;
        total[column] += value;
        measured = true;
      });
    }
    return measured ? total : null;
  }
}
