import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type * as Asar from '@electron/asar';
import type { BootContext } from './boot-context';

/** What the command line names: a folder with a package.json, a script, or an app.asar. */
export interface Entry {
  /** The script to run. */
  main: string;
  appPath: string;
  /** The folder that app.asar, or the app's own, lies in. */
  resourcesPath: string;
  manifest: BootContext['manifest'];
  packaged: boolean;
}

function manifestIn(folder: string): Entry['manifest'] | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Entry['manifest'];
  } catch {
    return undefined;
  }
}

function nearestManifest(folder: string): Entry['manifest'] {
  const found = manifestIn(folder);
  if (found) return found;
  const parent = dirname(folder);
  return parent === folder ? {} : nearestManifest(parent);
}

/** Node can't read inside an archive as Electron does, so the stand-in unpacks it for as long as it runs. */
function unpack(archive: string): string {
  const { extractAll } = createRequire(__filename)('@electron/asar') as typeof Asar;
  const folder = mkdtempSync(join(tmpdir(), 'standin-asar-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  extractAll(archive, folder);
  return folder;
}

/** @throws when there is nothing at the path */
export function findEntry(path: string): Entry {
  const given = resolve(path);
  if (!existsSync(given)) throw new Error(`Unable to find Electron app at ${given}`);
  const packaged = basename(given).endsWith('.asar') && statSync(given).isFile();
  const folder = packaged ? unpack(given) : given;
  if (statSync(folder).isDirectory()) {
    const manifest = manifestIn(folder) ?? {};
    const main = join(folder, manifest.main ?? 'index.js');
    return { main, appPath: folder, resourcesPath: dirname(given), manifest, packaged };
  }
  const appPath = dirname(given);
  const resourcesPath = dirname(appPath);
  return { main: given, appPath, resourcesPath, manifest: nearestManifest(appPath), packaged };
}

/** Whether Node would take the script for an ES module. */
export const isModule = ({ main, manifest }: Entry): boolean =>
  main.endsWith('.mjs') || (manifest.type === 'module' && !main.endsWith('.cjs'));
