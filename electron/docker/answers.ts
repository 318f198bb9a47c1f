import { ProblemError } from '../../shared/model';
import type { Connection } from './connection';
import { problemOfGarbage } from './errors';
import { asText, isRecord, isWritable } from './json';

/** What an engine answers, taken for what it must be: a list, a record with an id. Else it is no engine's answer. */
export class Answers {
  constructor(
    private readonly engineId: string,
    private readonly connection: Connection,
  ) {}

  async list(path: string, query?: Record<string, boolean>): Promise<unknown[]> {
    const json = await this.connection.json({ path, ...(query && { query }) });
    if (!Array.isArray(json)) throw this.garbage('no list', json);
    return json;
  }

  async entity(path: string): Promise<Record<string, unknown>> {
    const json = await this.connection.json({ path });
    if (!isRecord(json) || asText(json.Id) === '') throw this.garbage('no record with an id', json);
    return json;
  }

  async versionAndInfo(): Promise<{ version: unknown; info: unknown }> {
    const [version, info] = await Promise.all([
      this.connection.json({ path: '/version' }),
      this.connection.json({ path: '/info' }),
    ]);
    return { version, info };
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
    throw this.garbage('JSON that is nested beyond measure', '');
  }

  garbage(what: string, sample: unknown): ProblemError {
    const text =
      typeof sample === 'string' ? sample : isWritable(sample) ? (JSON.stringify(sample) ?? '') : '';
    return problemOfGarbage(what, text, this.connection.contextOf({ path: '' }));
  }

  /** An empty id or dots would make another path: `/networks/` is the list. */
  private segment(id: string, what: 'network' | 'container'): string {
    if (!/^\.*$/.test(id)) return encodeURIComponent(id);
    throw new ProblemError({
      code: `${what}_not_found`,
      message: `"${id}" names no ${what}.`,
      params: { [what]: id },
      engineId: this.engineId,
    });
  }
}
