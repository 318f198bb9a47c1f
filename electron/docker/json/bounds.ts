import { asRecord, asText } from './json';
import { TooManyError } from './json-scan';

/** Ids have 64 digits (25 letters in a swarm). What is longer names nothing, and is not kept. Characters. */
export const LONGEST_ID = 256;

/** Attachments of one container; the kernel's own limits are reached long before. */
const MOST_OF_ONE = 500;
/** Of all containers of one engine together. */
const MOST_OF_ALL = 60_000;

const countOf = (container: unknown): number =>
  Object.keys(asRecord(asRecord(asRecord(container).NetworkSettings).Networks)).length;

/** Counts the attachments that one engine tells of, in its list and one by one: each is kept for as long as the engine is. */
export class EndpointCount {
  private of = new Map<string, number>();
  private all = 0;

  /** A new list replaces all that was told before. Gives what counts its entries. */
  anew(): (container: unknown) => void {
    this.of = new Map();
    this.all = 0;
    return (container) => this.add(container);
  }

  /** @throws TooManyError */
  add(container: unknown): void {
    const id = asText(asRecord(container).Id);
    const count = countOf(container);
    if (count > MOST_OF_ONE) throw new TooManyError('endpoints', MOST_OF_ONE);
    this.all += count - (this.of.get(id) ?? 0);
    this.of.set(id, count);
    if (this.all > MOST_OF_ALL) throw new TooManyError('endpoints', MOST_OF_ALL);
  }
}
