import { ProblemError, type Reason } from '../../../shared/model';
import { hostless, reason } from '../../../shared/texts';
import { LONGEST_ID } from '../json/bounds';
import type { Connection } from './connection';
import { problemOfGarbage, problemOfNumber } from '../errors/errors';
import { asRecord, asText, isRecord, isWritable } from '../json/json';
import { TooManyError } from '../json/json-scan';

/** What an engine answers, taken for what it must be: a list, a record with an id. Else it is no engine's answer. */
export class Answers {
  /** By path, how many entries of its last list have no id. */
  private readonly lacking = new Map<string, number>();

  constructor(
    private readonly engineId: string,
    private readonly connection: Connection,
  ) {}

  /**
   * Whether an entry of a list can be spoken of: it has an id.
   *
   * @throws ProblemError for an id that is none
   */
  hasId(json: unknown): boolean {
    const id = asText(asRecord(json).Id);
    if (id.length > LONGEST_ID) throw this.garbage(reason('answer_long_id'), id.slice(0, LONGEST_ID));
    return id !== '';
  }

  /** @param take makes of an entry what is kept of it; undefined is left out */
  list<T>(
    path: string,
    take: (json: unknown) => T | undefined,
    query?: Record<string, boolean>,
  ): Promise<T[]> {
    return this.connection.list({ path, ...(query && { query }) }, take);
  }

  /** Entries without an id are counted, and left out. */
  async listWithIds<T>(
    path: string,
    take: (json: unknown) => T | undefined,
    query?: Record<string, boolean>,
  ): Promise<T[]> {
    let lacking = 0;
    const taken = (json: unknown) => {
      if (this.hasId(json)) return take(json);
      lacking += 1;
      return undefined;
    };
    const list = await this.list(path, taken, query);
    this.lacking.set(path, lacking);
    return list;
  }

  /** How many entries of the last lists have no id. */
  nameless(): number {
    return [...this.lacking.values()].reduce((sum, each) => sum + each, 0);
  }

  async entity(path: string): Promise<Record<string, unknown>> {
    const json = await this.connection.json({ path });
    if (!isRecord(json) || !this.hasId(json)) throw this.garbage(reason('answer_id'), json);
    return json;
  }

  async versionAndInfo(): Promise<{ version: unknown; info: unknown }> {
    const [version, info] = await Promise.all([
      this.connection.json({ path: '/version' }),
      this.connection.json({ path: '/info' }),
    ]);
    return { version, info };
  }

  /** What the engine says of a network of that name. One of dots alone would make another path: by the list it has an id. */
  async networkNamed(name: string): Promise<Record<string, unknown>> {
    const found = /^\.+$/.test(name)
      ? (await this.list('/networks', asRecord)).find(({ Name }) => asText(Name) === name)
      : undefined;
    return this.entity(this.networkPath(found ? asText(found.Id) : name));
  }

  networkPath(id: string): string {
    return `/networks/${this.segment(id, 'network')}`;
  }

  containerPath(id: string): string {
    return `/containers/${this.segment(id, 'container')}`;
  }

  /** JSON as it came, where it can be written down again at all. */
  writable(json: unknown): unknown {
    if (isWritable(json)) return json;
    throw this.garbage(reason('answer_deep'), '');
  }

  /** Runs what counts the parts of an answer. @throws ProblemError where there are too many */
  counted(count: () => void): void {
    try {
      count();
    } catch (error) {
      if (!(error instanceof TooManyError)) throw error;
      throw problemOfNumber(error, this.connection.contextOf({ path: '' }));
    }
  }

  garbage(what: Reason, sample: unknown): ProblemError {
    const text =
      typeof sample === 'string' ? sample : isWritable(sample) ? (JSON.stringify(sample) ?? '') : '';
    return problemOfGarbage(what, text, this.connection.contextOf({ path: '' }));
  }

  /** An empty id or dots would make another path: `/networks/` is the list. */
  private segment(id: string, what: 'network' | 'container'): string {
    if (!/^\.*$/.test(id)) return encodeURIComponent(id);
    const place = { engineId: this.engineId };
    throw new ProblemError(
      what === 'network'
        ? hostless('network_not_found', { context: 'impossible', network: id }, place)
        : hostless('container_not_found', { context: 'impossible', container: id }, place),
    );
  }
}
