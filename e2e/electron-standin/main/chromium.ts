import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './find-chromium';

/** The one that runs the windows: a shell can't show them. */
export const windowChromium = (): string => findChromium(process.env.STANDIN_HEADED ? ['whole'] : undefined);

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
