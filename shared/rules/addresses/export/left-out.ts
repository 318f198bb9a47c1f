import { leftOutReasons, type Entry, type LeftOut, type LeftOutReason } from './kinds';

/** How an address or a range is called. */
export const spanText = ({ address, last }: Pick<Entry, 'address' | 'last'>): string =>
  last === null ? address : `${address}-${last}`;

/** What is left out, gathered by its reason. */
export class Leaving {
  readonly #by = new Map<LeftOutReason, Set<string>>();

  put(reason: LeftOutReason, entry: Entry): void {
    const there = this.#by.get(reason) ?? new Set();
    this.#by.set(reason, there.add(spanText(entry)));
  }

  list(): LeftOut[] {
    return leftOutReasons.flatMap((reason) => {
      const addresses = this.#by.get(reason);
      return addresses ? [{ reason, addresses: [...addresses] }] : [];
    });
  }
}
