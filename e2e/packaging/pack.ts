import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../fixtures/desktop';
import { makeFakeElectron } from './fake-electron';

const run = promisify(execFile);
const resolveModule = createRequire(import.meta.url).resolve;
export const configPath = resolve(import.meta.dirname, '../../electron-builder.yml');

/** Runs electron-builder as a release does, but for the unpacked target and without any download. */
export async function packUnpacked(folder: string): Promise<string> {
  const electronDist = join(folder, 'electron');
  const manifest = readFileSync(resolveModule('electron/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  await makeFakeElectron(electronDist, version);
  const output = join(folder, 'release');
  const said = await electronBuilder([
    ...['--config', configPath, '--linux', 'dir', '--publish', 'never', '--projectDir', projectFolder],
    `-c.electronDist=${electronDist}`,
    `-c.electronVersion=${version}`,
    `-c.directories.output=${output}`,
  ]);
  // Why the toolbox of an architecture is missing: the tests that look for it can't know.
  for (const line of said.match(/^toolbox for .* because .*$/gm) ?? []) console.warn(line);
  const unpacked = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;
  return join(output, unpacked);
}

/** Gives what electron-builder said. @throws with it */
export async function electronBuilder(args: string[]): Promise<string> {
  const cli = resolveModule('electron-builder/cli.js');
  try {
    const { stdout } = await run(process.execPath, [cli, ...args], { cwd: projectFolder, timeout: 120_000 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`electron-builder failed:\n${stdout}${stderr}`, { cause: error });
  }
}
