import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const standin = resolve(import.meta.dirname, '../electron-standin/electron');

/** By which @electron/fuses finds the fuses in a binary: then a version, their number, and one character for each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = `${sentinel}\x01\x09${'1'.repeat(9)}`;

/**
 * What an unpacked Electron looks like to electron-builder: its binary is the stand-in, made to run the app.asar that
 * will lie beside it, with fuses of its own to be flipped.
 */
export async function makeFakeElectron(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'), { recursive: true });
  const launcher = [
    '#!/bin/sh',
    'here=$(cd -- "$(dirname -- "$0")" && pwd)',
    'STANDIN_APP="$here/resources/app.asar" STANDIN_EXECUTABLE="$here/$(basename -- "$0")"',
    'export STANDIN_APP STANDIN_EXECUTABLE',
    `exec '${standin}' "$@"`,
    `# ${fuses}`,
    '',
  ];
  await writeFile(join(folder, 'electron'), launcher.join('\n'), { encoding: 'latin1', mode: 0o755 });
  await writeFile(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
    await writeFile(join(folder, name), '');
}
