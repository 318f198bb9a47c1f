import { watch, type FSWatcher } from 'node:fs';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ProblemError, type EngineConfig, type Problem } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { readSettings, writeSettings, type SettingsRead } from './settings-text';
import type { Addresses } from './ways';

/** An editor's save is several events: they are looked at together. Milliseconds. */
const gatherMs = 100;

/** The engines of the settings, wherever they are kept. */
export interface EngineSettings {
  readonly file: string;
  /** In the admin's order. */
  configs(): readonly EngineConfig[];
  /** Why the file is not followed. */
  problem(): Problem | undefined;
  /** Whether the admin has ever said which engines there are, be it none. */
  readonly decided: boolean;
  /** Takes what another hand has written since; gives whether anything differs. */
  refresh(): Promise<boolean>;
  /**
   * Replaces the engines, on disk first. Call `refresh` before: what it found is what is built on.
   *
   * @throws ProblemError `storage_failed`, and the file's own problem while it can't be written
   */
  save(configs: readonly EngineConfig[]): Promise<void>;
  /** Calls back when another hand has written. */
  watch(onChange: () => void): void;
  dispose(): void;
}

/** No file is read or written: a console of simulated engines alone has no settings. */
export const closedSettings = (file: string): EngineSettings => ({
  file,
  configs: () => [],
  problem: () => undefined,
  decided: false,
  refresh: async () => false,
  save: async () => undefined,
  watch: () => undefined,
  dispose: () => undefined,
});

const textOf = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * `engines.yaml`: written whole and atomically, followed while the console runs. A broken file is set aside at the
 * start; one that breaks later is somebody's work under way and stays where it is, and until it is mended nothing is
 * written. A file of a newer Trunkline is never touched, one of an older is brought up to date and kept beside.
 */
export class EngineSettingsFile implements EngineSettings {
  /** What is in the file as far as we know; null: there is none. */
  private text: string | null = null;
  private current: readonly EngineConfig[] = [];
  private trouble: Problem | undefined;
  /** The file may not be written: it is not ours, or somebody is at it. */
  private blocked = false;
  private watcher: FSWatcher | null = null;
  private timer: NodeJS.Timeout | null = null;

  private constructor(
    readonly file: string,
    private readonly addresses: Addresses,
    private readonly report: (error: unknown) => void,
  ) {}

  static async open(
    file: string,
    addresses: Addresses,
    report: (error: unknown) => void,
  ): Promise<EngineSettingsFile> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const settings = new EngineSettingsFile(file, addresses, report);
    await settings.begin();
    return settings;
  }

  get decided(): boolean {
    return this.text !== null || this.trouble !== undefined;
  }

  configs(): readonly EngineConfig[] {
    return this.current;
  }

  problem(): Problem | undefined {
    return this.trouble;
  }

  async refresh(): Promise<boolean> {
    const text = await textOf(this.file).catch((error: unknown) => {
      throw new ProblemError(this.storageFailed(error), { cause: error });
    });
    // Taken away, or emptied: somebody moves it, or is just saving it. What is known goes on.
    if (text === null || text.trim() === '' || text === this.text) return false;
    const before = { configs: this.current, trouble: this.trouble };
    this.text = text;
    this.take(readSettings(text, this.addresses));
    return before.configs !== this.current || before.trouble !== this.trouble;
  }

  async save(configs: readonly EngineConfig[]): Promise<void> {
    if (this.blocked && this.trouble) throw new ProblemError(this.trouble);
    const text = writeSettings(configs, this.text, this.addresses);
    try {
      await writeFileAtomic(this.file, text, { mode: 0o600 });
    } catch (error) {
      throw new ProblemError(this.storageFailed(error), { cause: error });
    }
    this.text = text;
    this.current = configs;
    // What was set aside at the start has been read by now.
    this.trouble = undefined;
  }

  watch(onChange: () => void): void {
    const look = () => {
      this.timer = null;
      this.refresh().then((differs) => differs && onChange(), this.report);
    };
    // The folder, because a file that is replaced is another file.
    this.watcher = watch(dirname(this.file), { persistent: false }, (_event, name) => {
      if (name === basename(this.file)) this.timer ??= setTimeout(look, gatherMs);
    });
    this.watcher.on('error', this.report);
  }

  dispose(): void {
    this.watcher?.close();
    if (this.timer) clearTimeout(this.timer);
  }

  private async begin(): Promise<void> {
    try {
      this.text = await textOf(this.file);
    } catch (error) {
      this.block(this.storageFailed(error));
    }
    if (this.text === null) return;
    const read = readSettings(this.text, this.addresses);
    if (read.state === 'broken') return this.setAside(read.detail);
    this.take(read);
    if (read.state === 'read' && read.migratedFrom !== undefined) await this.migrate(read.migratedFrom);
  }

  private take(read: SettingsRead): void {
    const { file } = this;
    if (read.state === 'newer') return this.block(problem('settings_newer', { file, version: read.version }));
    if (read.state === 'broken')
      return this.block(problem('settings_broken', { context: 'kept', file, detail: read.detail }));
    this.current = read.configs;
    this.trouble = undefined;
    this.blocked = false;
  }

  private block(trouble: Problem): void {
    this.trouble = trouble;
    this.blocked = true;
  }

  private async setAside(detail: string): Promise<void> {
    const { file } = this;
    const aside = `${file}.broken-${Date.now()}`;
    try {
      await rename(file, aside);
    } catch (error) {
      this.report(error);
      return this.block(problem('settings_broken', { context: 'kept', file, detail }));
    }
    this.text = null;
    this.trouble = problem('settings_broken', { file, detail, aside });
    this.report(new Error(`${this.trouble.message} ${this.trouble.hint ?? ''}`));
  }

  /** The older file stays beside the new one. Where neither can be written, the old one goes on serving. */
  private async migrate(from: number): Promise<void> {
    try {
      await copyFile(this.file, `${this.file}.version-${from}`);
      await this.save(this.current);
    } catch (error) {
      this.report(error);
    }
  }

  private storageFailed(error: unknown): Problem {
    return problem('storage_failed', { detail: messageOf(error), file: this.file });
  }
}
