import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ProblemError, type EngineConfig, type Problem, type Reason } from '../../../shared/model';
import { problem, systemReason } from '../../../shared/rules';
import { readPlainFile } from '../../files/plain-file';
import type { Storage } from '../storage/storage';
import { moveAside, UserFileWriter } from '../storage/user-file';
import { followFile, type Following } from './follow-file';
import { mergeConfigs } from './settings-merge';
import { readSettings, settingsMost, writeSettings, type SettingsRead } from './settings-text';
import type { Addresses } from './ways';

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
   * Replaces the engines. Call `refresh` before: what it found is what is built on. Resolves when they are on disk, or
   * could not be put there for now: then they are kept in memory, the admin is told, and it is tried again.
   *
   * @throws ProblemError the file's own problem while it is not ours to write
   */
  save(configs: readonly EngineConfig[]): Promise<void>;
  /** Calls back when another hand has written. */
  watch(onChange: () => void): void;
  /** Resolves when everything is on disk, or could not be put there. */
  dispose(): Promise<void>;
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
  dispose: async () => undefined,
});

/** What is there; null: nothing. */
const textOf = (file: string): Promise<string | null | { unreadable: Reason }> =>
  readPlainFile(file, settingsMost).then(
    (content) => content.toString('utf8'),
    (error: NodeJS.ErrnoException) =>
      ['ENOENT', 'ENOTDIR'].includes(error.code ?? '') ? null : { unreadable: systemReason(error) },
  );

/**
 * `engines.yaml`: written whole and atomically, followed while the console runs. A broken file is set aside at the
 * start; one that breaks later is somebody's work under way and stays where it is, and until it is mended nothing is
 * written. A file of a newer Trunkline is never touched, one of an older is brought up to date and kept beside.
 */
export class EngineSettingsFile implements EngineSettings {
  /** What is in the file as far as we know; null: there is none. */
  private text: string | null = null;
  /** What is about to be there, and of which engines it was made. */
  private coming: string | null = null;
  private composed: readonly EngineConfig[] = [];
  /** The engines of `text`. */
  private written: readonly EngineConfig[] = [];
  /** Those that count. */
  private current: readonly EngineConfig[] = [];
  /** Those that counted when the file was in step; others than the current ones while these could not be written. */
  private saved: readonly EngineConfig[] = this.current;
  /** How often it was written by us. */
  private writes = 0;
  private trouble: Problem | undefined;
  /** The file may not be written: it is not ours, or somebody is at it. */
  private blocked = false;
  private following: Following | null = null;
  private onChange: () => void = () => undefined;
  private readonly writer: UserFileWriter;

  private constructor(
    readonly file: string,
    private readonly addresses: Addresses,
    private readonly storage: Storage,
  ) {
    this.writer = new UserFileWriter(file, storage, (text) => this.wrote(text), undefined, settingsMost);
  }

  static async open(file: string, addresses: Addresses, storage: Storage): Promise<EngineSettingsFile> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const settings = new EngineSettingsFile(file, addresses, storage);
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
    const found = await this.read();
    const before = { configs: this.current, trouble: this.trouble };
    if (typeof found === 'string') this.find(found);
    else if (found !== null) this.keep(found.unreadable);
    // Taken away: somebody moves it. What is known goes on; where nothing ever was, nothing is in the way any more.
    else if (this.text === null && this.blocked) this.unblock();
    return before.configs !== this.current || before.trouble !== this.trouble;
  }

  /** What is in the file now: a text that we wrote over while it was read would pass for another hand's. */
  private async read(): ReturnType<typeof textOf> {
    for (;;) {
      const { writes } = this;
      const found = await textOf(this.file);
      if (writes === this.writes) return found;
    }
  }

  async save(configs: readonly EngineConfig[]): Promise<void> {
    if (this.blocked && this.trouble) throw new ProblemError(this.trouble);
    this.current = configs;
    // What was set aside at the start has been read by now.
    this.trouble = undefined;
    await this.writer.write(() => this.compose());
  }

  watch(onChange: () => void): void {
    this.onChange = onChange;
    this.following = followFile(this.file, () => this.refresh(), onChange, this.storage.report);
  }

  async dispose(): Promise<void> {
    this.following?.end();
    this.onChange = () => undefined;
    await this.writer.flush();
  }

  private async begin(): Promise<void> {
    const found = await textOf(this.file);
    if (found === null) return;
    if (typeof found !== 'string') return this.keep(found.unreadable);
    this.text = found;
    const read = readSettings(found, this.addresses);
    if (read.state === 'broken') return this.setAside(read.detail);
    this.take(read);
    if (read.state === 'read' && read.migratedFrom !== undefined) await this.migrate(read.migratedFrom);
  }

  /** In the moment of writing, which may be long after the engines were changed: nothing of another hand is lost. */
  private async compose(): Promise<string> {
    if (await this.refresh()) this.onChange();
    if (this.blocked && this.trouble) throw new ProblemError(this.trouble);
    this.composed = this.current;
    this.coming = writeSettings(this.current, this.text, this.addresses);
    return this.coming;
  }

  private wrote(text: string): void {
    this.writes += 1;
    const read = readSettings(text, this.addresses);
    this.text = text;
    this.coming = null;
    this.saved = this.composed;
    this.written = read.state === 'read' ? read.configs : this.composed;
  }

  private find(text: string): void {
    // Emptied: somebody is just saving it.
    if (text.trim() === '' || (!this.blocked && (text === this.text || text === this.coming))) return;
    this.text = text;
    this.take(readSettings(text, this.addresses));
  }

  private take(read: SettingsRead): void {
    const { file } = this;
    if (read.state === 'newer') return this.block(problem('settings_newer', { file, version: read.version }));
    if (read.state === 'broken') return this.keep(read.detail);
    const unsaved = this.current !== this.saved;
    this.current = unsaved
      ? mergeConfigs(this.written, this.current, read.configs, this.addresses)
      : read.configs;
    this.written = this.saved = read.configs;
    this.unblock();
  }

  private unblock(): void {
    this.trouble = undefined;
    this.blocked = false;
  }

  private block(trouble: Problem): void {
    this.blocked = true;
    if (!isDeepStrictEqual(this.trouble, trouble)) this.trouble = trouble;
  }

  /** It can't be read, and stays where it is. */
  private keep(detail: Reason): void {
    this.block(problem('settings_broken', { context: 'kept', file: this.file, detail }));
  }

  private async setAside(detail: Reason): Promise<void> {
    const { file } = this;
    try {
      const aside = await moveAside(file);
      this.text = null;
      if (aside === null) return;
      this.trouble = problem('settings_broken', { file, detail, aside });
      this.storage.report(new Error(`${this.trouble.message} ${this.trouble.hint ?? ''}`));
    } catch (error) {
      this.storage.report(error);
      this.keep(detail);
    }
  }

  /** The older file stays beside the new one. Where neither can be written, the old one goes on serving. */
  private async migrate(from: number): Promise<void> {
    try {
      await copyFile(this.file, `${this.file}.version-${from}`);
      await this.save(this.current);
    } catch (error) {
      this.storage.report(error);
    }
  }
}
