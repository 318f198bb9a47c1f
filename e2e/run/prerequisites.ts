// Installs, or names, what the tests need beyond npm packages.
import { existsSync } from 'node:fs';
import { chromiumPackages, findChromium, installedChromium } from '../electron-standin/main/find-chromium';
import { ensurePrerequisites } from '../lab';
import { installPackages } from '../lab/packages';

const onProgress = (line: string) => console.log(line);

/** The end-to-end tests' browser: its shell, or a whole one where the shell can't be had. */
async function ensureChromium(): Promise<void> {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!process.env['CHROMIUM_PATH'] && !installedChromium(['shell']) && canInstall) {
    await install(chromiumPackages.shell).catch(async (error: Error) => {
      onProgress(`not to be had here: ${error.message.split('\n').at(-1)}`);
      if (!installedChromium()) await install(chromiumPackages.whole);
    });
  }
  findChromium();
}

function install(packages: string[]): Promise<void> {
  onProgress(`installing ${packages.join(', ')}`);
  return installPackages(packages);
}

try {
  await ensurePrerequisites({ install: true, onProgress });
  await ensureChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
