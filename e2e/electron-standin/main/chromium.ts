import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @throws when there is none, naming what to install */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const given = env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`electron-standin: CHROMIUM_PATH names ${given}, which does not exist`);
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found) return found;
  }
  throw new Error('electron-standin: no Chromium found; install the package chromium, or set CHROMIUM_PATH');
}

/** Switches that are ours to set, or Node's: never handed on from the app's own command line. */
const reserved = new Set(['inspect', 'inspect-brk', 'user-data-dir', 'remote-debugging-port', 'user-data']);

export function chromiumArgs(userData: string, switches: Map<string, string>): string[] {
  const profile = join(userData, 'standin-chromium');
  mkdirSync(profile, { recursive: true });
  const asked = [...switches].filter(([name]) => !reserved.has(name));
  return [
    ...(process.env.STANDIN_HEADED ? [] : ['--headless=new']),
    '--remote-debugging-pipe',
    `--remote-debugging-port=${switches.get('remote-debugging-port') || '0'}`,
    `--user-data-dir=${profile}`,
    '--no-startup-window',
    '--no-first-run',
    '--allow-file-access-from-files',
    '--disable-component-update',
    '--disable-background-networking',
    '--disable-default-apps',
    '--password-store=basic',
    '--enable-blink-features=MessagePortCloseEvent',
    // Chromium refuses to run its sandbox as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...asked.map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
  ];
}
