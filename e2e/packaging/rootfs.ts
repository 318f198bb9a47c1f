import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { buffer } from 'node:stream/consumers';
import { readElf, type Elf } from '../../electron/toolbox/image/pack/elf';

/** A file system that the package brings, as a loader would see it. */
export interface PackedRootfs {
  /** Bytes, uncompressed. */
  size: number;
  /** Regular files by their path under `/`. */
  files: Map<string, Buffer>;
  /** Path → target. */
  links: Map<string, string>;
}

export async function readRootfs(file: string): Promise<PackedRootfs> {
  const tar = gunzipSync(await readFile(file));
  const [files, links] = [new Map<string, Buffer>(), new Map<string, string>()];
  const entries = extract();
  entries.end(tar);
  for await (const entry of entries) {
    const { name, type, linkname }: Header = entry.header;
    const content = await buffer(entry);
    if (type === 'file') files.set(`/${name}`, content);
    if (type === 'symlink') links.set(`/${name}`, posix.join('/', posix.dirname(name), linkname ?? ''));
  }
  return { size: tar.length, files, links };
}

/** Programs and libraries. */
export const elvesIn = ({ files }: PackedRootfs): Map<string, Elf> =>
  new Map(
    [...files].flatMap(([path, content]) => {
      const elf = readElf(content);
      return elf ? [[path, elf] as const] : [];
    }),
  );

/**
 * What a program or library asks for and the file system lacks. The loader itself, which the C library names too, is in
 * memory by then, wherever it came from.
 */
export function lacking(rootfs: PackedRootfs, architecture: string): string[] {
  const elves = elvesIn(rootfs);
  const loaders = [...elves.values()].flatMap(({ interpreter }) => interpreter ?? []);
  const folders = [
    `/lib/${architecture}-linux-gnu`,
    `/usr/lib/${architecture}-linux-gnu`,
    '/lib',
    '/usr/lib',
  ];
  const there = (name: string) =>
    folders.some((folder) => elves.has(`${folder}/${name}`)) ||
    loaders.some((loader) => posix.basename(loader) === name && elves.has(loader));
  return [
    ...loaders.filter((loader) => !elves.has(loader)),
    ...[...elves].flatMap(([path, { needed }]) =>
      needed.filter((name) => !there(name)).map((name) => `${name}, for ${path}`),
    ),
  ];
}
