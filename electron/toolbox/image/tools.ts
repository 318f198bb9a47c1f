import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/rules';

const run = promisify(execFile);

/** Programs that busybox has no equal for: its own `ip` and `tc` know neither JSON nor macvlan. */
export const programs = ['ip', 'tc'] as const;

/** Programs that an image is better with: without `ndisc6`, only hosts with an IPv6 address of the LAN can ask it for one. */
export const optionalPrograms = ['ndisc6'] as const;

/** What the toolbox's scripts use of busybox. */
export const requiredApplets = ['sh', 'awk', 'arping', 'cat', 'ls', 'ping', 'readlink', 'sed'] as const;

/** Where distributions keep them; a desktop's PATH often lacks the sbin folders. */
const folders = ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/local/bin'];

/** Programs that an image can be made of, all for one architecture. */
export interface Tools {
  busybox: string;
  /** Every applet of that busybox. */
  applets: string[];
  /** Name → path. */
  programs: ReadonlyMap<string, string>;
  /** Shared libraries that they all need, the loader included: name in the image → path. */
  libraries: ReadonlyMap<string, string>;
  /** The licences, for what is given away: name in the image → path. */
  documents: ReadonlyMap<string, string>;
}

async function find(name: string, among: readonly string[]): Promise<string | undefined> {
  for (const folder of among) {
    const path = join(folder, name);
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    // Links to busybox are its applets, not the real thing.
    if (usable && (name === 'busybox' || !(await realpath(path)).endsWith('/busybox'))) return path;
  }
  return undefined;
}

/** Lines of ldd: `libc.so.6 => /lib/…/libc.so.6 (0x…)`, `/lib64/ld-linux… (0x…)`. A static program has none. */
export const librariesIn = (text: string): string[] => text.match(/\/\S+(?= \(0x)/g) ?? [];

async function librariesOf(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    // ldd fails for a static program, which then needs nothing.
    paths.map((path) =>
      run('ldd', [path]).then(
        ({ stdout }) => librariesIn(stdout),
        () => [],
      ),
    ),
  );
  return [...new Set(lists.flat())].sort();
}

const unavailable = (missing: readonly string[]): ProblemError =>
  new ProblemError(problem('toolbox_unavailable', { context: 'tools', tools: missing.join(', ') }));

/**
 * Finds the programs on this machine.
 *
 * @throws ProblemError `toolbox_unavailable` (context `tools`) naming all that is missing.
 */
export async function findTools(platform = process.platform, among = folders): Promise<Tools> {
  if (platform !== 'linux') throw unavailable(['Linux']);
  const busybox = await find('busybox', among);
  const found = new Map<string, string>();
  for (const name of [...programs, ...optionalPrograms]) {
    const path = await find(name, among);
    if (path) found.set(name, path);
  }
  const missing: string[] = programs.filter((name) => !found.has(name));
  if (!busybox) throw unavailable(['busybox', ...missing]);
  const list = (await run(busybox, ['--list'])).stdout.split('\n').filter(Boolean);
  missing.push(...requiredApplets.filter((name) => !list.includes(name)).map((name) => `busybox ${name}`));
  if (missing.length > 0) throw unavailable(missing);
  const libraries = await librariesOf([busybox, ...found.values()]);
  return {
    busybox,
    applets: list.filter((name) => name !== 'busybox'),
    programs: found,
    libraries: new Map(libraries.map((path) => [path, path])),
    documents: new Map(),
  };
}
