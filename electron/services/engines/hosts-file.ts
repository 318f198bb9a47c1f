import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type EngineConfig,
  type EngineConnection,
  type Problem,
  type Reason,
} from '../../../shared/model';
import { problem, reason, systemReason } from '../../../shared/rules';
import { readPlainFile } from '../../files/plain-file';
import type { GivenEngine } from './engine-list';
import { followFile, type Following } from './follow-file';
import { readSettings, settingsMost } from './settings-text';
import type { Addresses } from './ways';

/** A plain list has addresses and nothing else; what begins like YAML is YAML. */
const yamlBegins = /^(?:---|[-[{%]|(?:version|engines|hosts)\s*:)/;

const withoutComment = (line: string): string => line.replace(/(^|\s)#.*$/, '').trim();

function asSettings(text: string): string {
  const lines = text.split(/\r?\n/).map(withoutComment);
  const first = lines.find(Boolean);
  if (first === undefined || yamlBegins.test(first)) return text;
  const seen = new Set(['']);
  // The lines stay where they are: what is said of one then names it as it stands in the file.
  return lines
    .map((line) => {
      if (seen.has(line)) return '';
      seen.add(line);
      return `- ${JSON.stringify(line)}`;
    })
    .join('\n');
}

const textOf = async (file: string): Promise<string> =>
  (await readPlainFile(file, settingsMost)).toString('utf8');

/** The engines in the text, or why they can't be had. */
function readHosts(text: string, addresses: Addresses): readonly EngineConfig[] | { wrong: Reason } {
  const read = readSettings(asSettings(text), addresses);
  if (read.state === 'read') return read.configs;
  return {
    wrong: read.state === 'broken' ? read.detail : reason('settings_of_newer', { version: read.version }),
  };
}

/** Whoever writes tcp:// there has been told what it means; the log says it again. */
export const accepted = (connection: EngineConnection): EngineConnection =>
  connection.kind === 'tcp' ? { ...connection, plainAccepted: true } : connection;

/**
 * What `--hosts-file` names: the same as `engines.yaml`, or a plain list with one address a line, `#` before what is no
 * address. It is never written, and followed while the console runs: one that breaks meanwhile is somebody's work under
 * way, and its engines go on as they were.
 */
export class HostsFile {
  private current: readonly EngineConfig[] = [];
  private text = '';
  private trouble: Problem | undefined;
  private following: Following | null = null;

  private constructor(
    private readonly file: string,
    private readonly addresses: Addresses,
  ) {}

  /** @throws ProblemError `invalid_input` for a file that can't be read or is wrong: it was asked for */
  static async open(file: string, addresses: Addresses): Promise<HostsFile> {
    const refuse = (why: Reason, cause?: unknown) =>
      new ProblemError(problem('invalid_input', { detail: reason('hosts_file', { file, why }) }), { cause });
    const hosts = new HostsFile(resolve(file), addresses);
    hosts.text = await textOf(file).catch((error: Error) => {
      throw refuse(systemReason(error), error);
    });
    const read = readHosts(hosts.text, addresses);
    if ('wrong' in read) throw refuse(read.wrong);
    hosts.current = read;
    return hosts;
  }

  engines(): GivenEngine[] {
    return this.current.map((config) => ({
      config: { ...config, connection: accepted(config.connection) },
      source: 'file',
    }));
  }

  /** Why the file is not followed. */
  problem(): Problem | undefined {
    return this.trouble;
  }

  /** Calls back when another hand has written something that differs. */
  watch(onChange: () => void, report: (error: unknown) => void): void {
    this.following = followFile(this.file, () => this.refresh(), onChange, report);
  }

  dispose(): void {
    this.following?.end();
  }

  private async refresh(): Promise<boolean> {
    const text = await textOf(this.file).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? '' : { wrong: systemReason(error) },
    );
    const before = [this.current, this.trouble];
    let read: ReturnType<typeof readHosts>;
    if (typeof text === 'string') {
      if (text.trim() === '') return this.without();
      if (text === this.text) return false;
      this.text = text;
      read = readHosts(text, this.addresses);
    } else {
      // Whatever comes after it is read.
      this.text = '';
      read = text;
    }
    if ('wrong' in read)
      this.trouble = problem('settings_broken', { context: 'hosts', file: this.file, detail: read.wrong });
    else [this.current, this.trouble] = [read, undefined];
    return !isDeepStrictEqual(before, [this.current, this.trouble]);
  }
  /**
   * Taken away, or emptied: somebody moves it, or is just saving it. What is known goes on; what was wrong went with it, and
   * is told again should the same come back.
   */
  private without(): boolean {
    this.text = '';
    const had = this.trouble !== undefined;
    this.trouble = undefined;
    return had;
  }
}
