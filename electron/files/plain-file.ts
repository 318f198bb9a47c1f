import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/** Why a file is not read though it could be opened. `systemReason` has words for its code. */
export class FileRefusedError extends Error {
  constructor(
    readonly code: 'NOT_PLAIN' | 'TOO_LARGE',
    file: string,
  ) {
    super(code === 'NOT_PLAIN' ? `${file} is not a plain file` : `${file} is too large`);
    this.name = 'FileRefusedError';
  }
}

/** A pipe that nobody writes to would be waited for without end; of a plain file it means nothing. Windows has none. */
export const withoutWaiting = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;
const flags = constants.O_RDONLY | withoutWaiting;

function check(file: string, stats: Stats, most: number): void {
  // Node's own words for it, as when it is read.
  if (stats.isDirectory()) throw Object.assign(new Error(`EISDIR: ${file} is a folder`), { code: 'EISDIR' });
  if (!stats.isFile()) throw new FileRefusedError('NOT_PLAIN', file);
  if (stats.size > most) throw new FileRefusedError('TOO_LARGE', file);
}

/**
 * Reads a file that is a plain one, or a link to one, and no larger than `most` bytes: what it is is known before anything
 * is read of it, and one that grows meanwhile (or a file of /proc, whose size is told as 0) is left at the bound.
 *
 * @throws FileRefusedError besides what the system throws
 */
export async function readPlainFile(file: string, most: number): Promise<Buffer> {
  const handle = await open(file, flags);
  try {
    check(file, await handle.stat(), most);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw new FileRefusedError('TOO_LARGE', file);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

/** The same for what must be there before anything else can begin. */
export function readPlainFileSync(file: string, most: number): Buffer {
  const handle = openSync(file, flags);
  try {
    check(file, fstatSync(handle), most);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}
