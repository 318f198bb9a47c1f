import { open } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/**
 * Puts a text in the place of a file: all of it, or nothing.
 *
 * The library asks the system once to take all, and does not look at how much it took: on a disk that is nearly full that
 * is a part, which it then puts in the file's place. So all is in its file before it writes there, or this rejects.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const mode = 0o600;
  // Awaited, whatever its type says.
  const tmpfileCreated: (unfinished: string) => unknown = async (unfinished) => {
    const handle = await open(unfinished, 'r+');
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  };
  await writeFileAtomic(file, text, { mode, tmpfileCreated });
}
