import { lstat, readFile, readlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { optionalPrograms, programs, requiredApplets, type Tools } from '../tools';
import type { UnpackedPackage } from './apt';
import { readElf, type Elf } from './elf';

/** Where a loader looks, after ld.so(8) with Debian's folders for each architecture. */
const libraryFolders = (architecture: string): string[] => [
  ...[`/lib/${architecture}-linux-gnu`, `/usr/lib/${architecture}-linux-gnu`],
  ...['/lib', '/usr/lib'],
];
const programFolders = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];

interface Found {
  /** Its name under `/`, as it was looked for. */
  name: string;
  /** Where it really lies on this machine; never a link. */
  path: string;
  owner: UnpackedPackage;
}

/** Follows links as if the packages together were `/`. Undefined when none of them has it. */
async function look(
  packages: readonly UnpackedPackage[],
  name: string,
  hops = 0,
): Promise<Found | undefined> {
  for (const owner of packages) {
    const path = join(owner.folder, name);
    const entry = await lstat(path).catch(() => undefined);
    if (entry?.isFile()) return { name, path, owner };
    if (!entry?.isSymbolicLink() || hops > 8) continue;
    const target = resolve(dirname(name), await readlink(path));
    const found = await look(packages, target, hops + 1);
    if (found) return { ...found, name };
  }
  // Where /lib is a link into /usr, packages bring their files there.
  return name.startsWith('/usr/') ? undefined : look(packages, `/usr${name}`, hops);
}

async function lookAmong(
  packages: readonly UnpackedPackage[],
  folders: readonly string[],
  name: string,
): Promise<Found> {
  for (const folder of folders) {
    const found = await look(packages, join(folder, name));
    if (found) return { ...found, name: join(folder, name) };
  }
  throw new Error(`no package has ${name}`);
}

/**
 * The names of a busybox's applets, which can't be asked of one for another architecture: they lie one after another
 * in its file, each ended by a zero byte, in alphabetical order and so with `[` and `[[` first.
 */
export function appletsIn(busybox: Buffer): string[] {
  const start = busybox.indexOf('\0[\0[[\0', 0, 'latin1') + 1;
  const end = busybox.indexOf('\0\0', start, 'latin1');
  const names = start > 0 && end > 0 ? busybox.toString('latin1', start, end).split('\0') : [];
  const missing = requiredApplets.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`this busybox lacks ${missing.join(', ')}`);
  return names.filter((name) => name !== 'busybox');
}

async function elfOf({ name, path }: Found, architecture: string): Promise<Elf> {
  const elf = readElf(await readFile(path));
  if (elf?.architecture === architecture) return elf;
  throw new Error(`${name} is for ${elf?.architecture ?? 'no known machine'}, not ${architecture}`);
}

/** Everything that the programs need to start: their loader and, to the last, their shared libraries. */
async function librariesOf(
  packages: readonly UnpackedPackage[],
  programs: readonly Found[],
  architecture: string,
): Promise<Found[]> {
  // By file name: the C library names the loader among what it needs, which lies in a folder of its own.
  const found = new Map<string, Found>();
  const queue = [...programs];
  for (let each = queue.pop(); each; each = queue.pop()) {
    const { interpreter, needed } = await elfOf(each, architecture);
    if (interpreter) found.set(basename(interpreter), await lookAmong(packages, ['/'], interpreter));
    for (const name of needed.filter((one) => !found.has(one))) {
      const library = await lookAmong(packages, libraryFolders(architecture), name);
      found.set(name, library);
      queue.push(library);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Tools from unpacked packages, and which packages they are of. */
export interface DebianTools {
  tools: Tools;
  packages: UnpackedPackage[];
}

/**
 * Finds the toolbox's programs in unpacked Debian packages, with all that they need.
 *
 * @param architecture as `uname -m` names it.
 * @throws Error when something is missing, or is for another architecture.
 */
export async function toolsFrom(
  packages: readonly UnpackedPackage[],
  architecture: string,
): Promise<DebianTools> {
  const busybox = await lookAmong(packages, programFolders, 'busybox');
  const names = [...programs, ...optionalPrograms];
  const found = await Promise.all(names.map((name) => lookAmong(packages, programFolders, name)));
  const libraries = await librariesOf(packages, [busybox, ...found], architecture);
  const owners = [...new Set([busybox, ...found, ...libraries].map(({ owner }) => owner))];
  const licences = await Promise.all(
    owners.map(({ name }) => lookAmong(packages, [`/usr/share/doc/${name}`], 'copyright')),
  );
  const files = (list: readonly Found[]) => new Map(list.map(({ name, path }) => [name, path]));
  const tools: Tools = {
    busybox: busybox.path,
    applets: appletsIn(await readFile(busybox.path)),
    programs: new Map(names.map((name, index) => [name, found[index]?.path ?? ''])),
    libraries: files(libraries),
    documents: files(licences),
  };
  return { tools, packages: owners };
}
