import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Storage } from './storage';

/** Under which name a file of an earlier version stays beside what has taken its place: one that nothing has yet. */
export function olderName(file: string): string {
  const older = `${file}.old`;
  return existsSync(older) ? `${older}-${String(Date.now())}` : older;
}

/** Puts a file of an earlier version aside as it is, once what it says is elsewhere. A failure is only told. */
export async function retire(file: string, storage: Storage): Promise<void> {
  if (!existsSync(file)) return;
  await rename(file, olderName(file)).catch((error: unknown) => storage.report(error));
}
