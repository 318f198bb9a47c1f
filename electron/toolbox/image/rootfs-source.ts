import { readFile } from 'node:fs/promises';
import { machine as thisMachine } from 'node:os';
import { join } from 'node:path';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { packedName } from './definition';
import { buildRootfs } from './rootfs';
import { findTools } from './tools';

/** Where file systems of the toolbox come from. */
export interface RootfsSource {
  /**
   * The file system for an architecture, as `uname -m` names it.
   *
   * @throws ProblemError `toolbox_unavailable`: context `architecture` when there is none for it, `tools` when it can't
   * be made here. `host` is whom it is for, in words.
   */
  get(architecture: string, host: string): Promise<Buffer>;
  /** The architecture of this machine. */
  readonly own: string;
}

/** `uname -m`'s name for an architecture: engines say it that way, Podman in Go's, macOS in its own. */
export function unameOf(architecture: string): string {
  const names: Record<string, string> = { amd64: 'x86_64', arm64: 'aarch64' };
  return names[architecture] ?? architecture;
}

/** Folders inside an app.asar are none to anybody but Electron. */
const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code));

/** The one that lies beside the app. */
async function packaged(folders: readonly string[], architecture: string): Promise<Buffer | null> {
  for (const folder of folders) {
    const file = await readFile(join(folder, packedName(architecture))).catch((error: unknown) => {
      if (isAbsent(error)) return null;
      throw error;
    });
    if (file) return promisify(gunzip)(file);
  }
  return null;
}

/** What this machine is; tests say otherwise. */
const here = { machine: thisMachine(), platform: process.platform };

/** Packaged file systems first, else one made of this machine's programs. Each is made once. */
export function rootfsSource(folders: readonly string[], { machine, platform } = here): RootfsSource {
  const own = unameOf(machine);
  const made = new Map<string, Promise<Buffer>>();
  const make = async (architecture: string, host: string): Promise<Buffer> => {
    const found = await packaged(folders, architecture);
    if (found) return found;
    // Engines are Linux, and so must be the machine whose programs they are to run.
    if (architecture === own && platform === 'linux') return buildRootfs(await findTools());
    throw new ProblemError(problem('toolbox_unavailable', { context: 'architecture', architecture, host }));
  };
  return {
    own,
    get(named, host) {
      const architecture = unameOf(named);
      const known = made.get(architecture);
      if (known) return known;
      const making = make(architecture, host);
      made.set(architecture, making);
      // What failed may succeed later, once the programs are installed.
      making.catch(() => made.delete(architecture));
      return making;
    },
  };
}
