import { isLive } from '../../demo/engine/model';
import type { PlayedEngine } from './in-process';
import { heldOn, type Held } from './site';

export interface Hold extends Held {
  key: string;
  /** When it came to be so, counted in things that were done. */
  since: number;
  by: 'console' | 'hand';
}

const attachmentKey = ({ host, container, network }: Held): string => `${host} ${container.id} ${network}`;

/** What the attachment is to whoever looks: nothing, what is fixed, or what an engine gave. */
export const fixedOf = (held: Held | undefined): string => (held ? held.pin || 'automatic' : 'none');

/** Who has had which address since when, and who has touched what last: noted after each thing that is done on an engine. */
export class Ledger {
  /** Things done so far. */
  count = 0;
  /** When another hand has done anything last. */
  lastHand = 0;
  private holds = new Map<string, Hold>();
  private fixed = new Map<string, string>();
  private readonly touched = new Map<string, { hand: number; console: number }>();

  constructor(private readonly engines: readonly PlayedEngine[]) {
    this.note('hand');
  }

  all(): Hold[] {
    return [...this.holds.values()];
  }

  /** What is fixed on each attachment now. */
  picture(): ReadonlyMap<string, string> {
    return new Map(this.fixed);
  }

  /** When another hand has touched it last. */
  handAt(key: string): number {
    return this.touched.get(key)?.hand ?? 0;
  }

  consoleAt(key: string): number {
    return this.touched.get(key)?.console ?? 0;
  }

  /** Something was done, by whomever. */
  note(by: Hold['by']): void {
    this.count += 1;
    if (by === 'hand') this.lastHand = this.count;
    const holds = new Map<string, Hold>();
    const fixed = new Map<string, string>();
    for (const held of this.engines.flatMap(heldOn)) {
      const key = attachmentKey(held);
      // Whether it runs counts as well: the same change may stop and start it.
      fixed.set(key, fixedOf(held));
      if (!held.address) continue;
      const before = this.holds.get(`${key} ${held.address}`);
      const known = before && isLive(before.container) === isLive(held.container) ? before : undefined;
      holds.set(`${key} ${held.address}`, { ...held, key, since: this.count, by, ...keptOf(known) });
    }
    for (const key of new Set([...fixed.keys(), ...this.fixed.keys()]))
      if (fixed.get(key) !== this.fixed.get(key)) this.touch(key, by);
    this.holds = holds;
    this.fixed = fixed;
  }

  private touch(key: string, by: Hold['by']): void {
    const known = this.touched.get(key) ?? { hand: 0, console: 0 };
    this.touched.set(key, { ...known, [by]: this.count });
  }
}

const keptOf = (known: Hold | undefined): Partial<Hold> =>
  known ? { since: known.since, by: known.by } : {};
