import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium that has no window: each start of it takes a sixth of the processor time of a whole one. */
const shells = ['chromium-headless-shell'];
/** What does as well where there is no shell, and alone can be seen. */
const wholes = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Debian's packages of either kind, with glyphs for what is shown in Chinese. */
export const chromiumPackages = {
  shell: ['chromium-headless-shell', 'fonts-noto-cjk'],
  whole: ['chromium', 'fonts-noto-cjk'],
};

type Kind = keyof typeof chromiumPackages;

/** CHROMIUM_PATH, else what is installed of the kinds that are asked for, the first first; undefined where nothing is. */
export function installedChromium(
  kinds: readonly Kind[] = ['shell', 'whole'],
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const given = env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  return kinds
    .flatMap((kind) => (kind === 'shell' ? shells : wholes))
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * The Chromium of every test that needs one.
 *
 * @param kinds which will do, the better first
 * @throws when there is none, naming what to install
 */
export function findChromium(kinds?: readonly Kind[], env: NodeJS.ProcessEnv = process.env): string {
  const found = installedChromium(kinds, env);
  if (found) return found;
  if (env.CHROMIUM_PATH) throw new Error(`CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which does not exist`);
  const packages = chromiumPackages[kinds?.[0] ?? 'shell'].join(' ');
  throw new Error(`No Chromium found: on Debian, apt-get install ${packages}; or set CHROMIUM_PATH`);
}
