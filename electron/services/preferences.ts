import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { defaultPreferences, preferencesSchema, type Preferences } from '../../shared/model';
import { readUserFile } from './user-file';

/** Preferences in one file: read once, written whole and atomically, a broken file set aside and never overwritten. */
export class PreferencesFile {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private current: Preferences,
    private readonly report: (error: unknown) => void,
  ) {}

  static async open(file: string, report: (error: unknown) => void): Promise<PreferencesFile> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return new PreferencesFile(file, await read(file, report), report);
  }

  get(): Preferences {
    return this.current;
  }

  set(change: Partial<Preferences>): Preferences {
    this.current = { ...this.current, ...change };
    const text = `${JSON.stringify(this.current, null, 2)}\n`;
    this.writing = this.writing
      .then(() => writeFileAtomic(this.file, text, { mode: 0o600 }))
      .catch(this.report);
    return this.current;
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writing;
  }
}

const read = (file: string, report: (error: unknown) => void): Promise<Preferences> =>
  readUserFile({
    file,
    what: 'Preferences',
    // Partial, so that a file of an older version keeps what it has.
    parse: (text) => ({ ...defaultPreferences, ...preferencesSchema.partial().parse(JSON.parse(text)) }),
    empty: defaultPreferences,
    report,
  });
