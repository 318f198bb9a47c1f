import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packedName } from '../definition';
import { buildRootfs } from '../rootfs';
import { unpackDebian } from './apt';
import { toolsFrom } from './debian-tools';

/** The architectures that packages bring a toolbox for: `uname -m`'s name → Debian's. */
export const packedArchitectures = { x86_64: 'amd64', aarch64: 'arm64' } as const;

export type PackedArchitecture = keyof typeof packedArchitectures;

const projectFolder = join(import.meta.dirname, '..', '..', '..', '..');

/** Replaces the file as a whole, or not at all. */
async function replace(file: string, content: Buffer | string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, file);
}

/**
 * Makes the toolbox's file system for an architecture from Debian's packages of it, and beside it a list of these: on
 * any machine with apt, whatever its own architecture.
 *
 * @returns the file's path.
 * @throws Error with one line that says why it can't be made here.
 */
export async function packToolbox(architecture: PackedArchitecture, folder: string): Promise<string> {
  const cache = join(projectFolder, '.cache', 'toolbox', architecture);
  const tree = await mkdtemp(join(tmpdir(), 'trunkline-toolbox-'));
  try {
    const wanted = ['busybox-static', 'iproute2', 'ndisc6'];
    const unpacked = await unpackDebian(packedArchitectures[architecture], wanted, cache, tree);
    const { tools, packages } = await toolsFrom(unpacked, architecture);
    const file = join(folder, packedName(architecture));
    const list = packages.map(({ name, version }) => `${name} ${version}\n`).sort();
    await mkdir(folder, { recursive: true });
    await replace(file, gzipSync(await buildRootfs(tools), { level: 9 }));
    await replace(
      file.replace(/\.tar\.gz$/, '.txt'),
      `Programs and libraries of these Debian packages, unchanged; Debian has their sources under the same versions.\n\n${list.join('')}`,
    );
    return file;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/** Makes them all. One that can't be made is no failure: an earlier one stays, and either is said in one line. */
export async function packToolboxes(folder: string, say: (line: string) => void): Promise<void> {
  for (const architecture of Object.keys(packedArchitectures) as PackedArchitecture[]) {
    try {
      say(`toolbox for ${architecture}: ${await packToolbox(architecture, folder)}`);
    } catch (error) {
      const earlier = await stat(join(folder, packedName(architecture))).catch(() => null);
      const outcome = earlier ? `the one of ${earlier.mtime.toISOString()} stays` : 'the package has none';
      say(`toolbox for ${architecture}: ${outcome}, because ${(error as Error).message}`);
    }
  }
}

// `npm run package` starts it by electron/launch/before-pack.mjs; alone: `npx tsx electron/toolbox/image/pack/index.ts`.
if (process.argv[1] === import.meta.filename) {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  await packToolboxes(process.argv[2] ?? join(projectFolder, 'dist', 'toolbox'), say);
}
