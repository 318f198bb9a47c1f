import { defaultPreferences, preferencesSchema, type Preferences } from '../../shared/model';
import { readPlainFile } from '../files/plain-file';
import type { Storage } from './storage/storage';
import { openUserFile, usualMost, type UserFileWriter } from './storage/user-file';

/** Preferences in one file: read once, written whole and atomically, a broken file set aside and never overwritten. */
export class PreferencesFile {
  private constructor(
    private current: Preferences,
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<PreferencesFile> {
    const { value, writer } = await read(file, storage);
    return new PreferencesFile(value, writer);
  }

  get(): Preferences {
    return this.current;
  }

  set(change: Partial<Preferences>): Preferences {
    this.current = { ...this.current, ...change };
    const text = `${JSON.stringify(this.current, null, 2)}\n`;
    void this.writer.write(text);
    return this.current;
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writer.flush();
  }
}

const parse = (text: string): Partial<Preferences> => preferencesSchema.partial().parse(JSON.parse(text));

/** The language in such a file, which may be another console's: it is only looked at. One that can't be read says `auto`. */
export async function storedLanguage(file: string): Promise<Preferences['language']> {
  try {
    return parse((await readPlainFile(file, usualMost)).toString('utf8')).language ?? 'auto';
  } catch {
    return 'auto';
  }
}

const read = (file: string, storage: Storage) =>
  openUserFile<Preferences>({
    file,
    // Partial, so that a file of an older version keeps what it has.
    parse: (text) => ({ ...defaultPreferences, ...parse(text) }),
    empty: defaultPreferences,
    storage,
  });
