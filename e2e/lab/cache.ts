import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from './procfs';

const draftPrefix = (pid: number) => `draft-${pid}-`;
const isDraft = (name: string) => name.startsWith('draft-');

/**
 * The folder `name` of a cache, made by `build` unless it is there. It appears whole or not at all: two processes may
 * ask for it at once, and either may be killed.
 * @throws whatever `build` throws; nothing is left behind then.
 */
export async function cachedFolder(
  cache: string,
  name: string,
  build: (draft: string) => Promise<void>,
): Promise<string> {
  const dir = join(cache, name);
  if (existsSync(dir)) return dir;
  mkdirSync(cache, { recursive: true });
  removeDrafts(cache);
  const draft = mkdtempSync(join(cache, draftPrefix(process.pid)));
  try {
    await build(draft);
    publish(draft, dir);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return dir;
}

function publish(draft: string, dir: string): void {
  try {
    renameSync(draft, dir);
  } catch (error) {
    // Another process was first: its folder is from the same inputs.
    if (!existsSync(dir)) throw error;
  }
}

/** Everything in the cache that `keep` doesn't want and nobody is making. */
export function pruneCache(cache: string, keep: (name: string) => boolean): void {
  for (const name of readdirSync(cache)) {
    if (!isDraft(name) && !keep(name)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** Drafts of builders that were killed. */
function removeDrafts(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1];
    if (pid && !identify(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}
