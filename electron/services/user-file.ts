import { readFile, rename } from 'node:fs/promises';

export interface UserFile<T> {
  file: string;
  /** What it holds, as a sentence begins: `Preferences`. */
  what: string;
  /** Throws on text that is not such a file. */
  parse(text: string): T;
  /** What counts while there is no file, or none that can be read. */
  empty: T;
  report(error: unknown): void;
}

/** Reads a file of the user-data folder. A broken one is set aside, whole, and reported; it is never overwritten. */
export async function readUserFile<T>({ file, what, parse, empty, report }: UserFile<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(error);
    return empty;
  }
  try {
    return parse(text);
  } catch (error) {
    const aside = `${file}.broken-${Date.now()}`;
    await rename(file, aside).catch(report);
    report(new Error(`${what} could not be read; the file was set aside as ${aside}`, { cause: error }));
    return empty;
  }
}
