import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** The log of changes: every console makes one. */
const isUsed = (folder: string): boolean => existsSync(join(folder, 'changes.jsonl'));

/** Where Electron has an app's data: `app.getPath('appData')` and the name of the product. */
function desktopFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  const name = 'Trunkline';
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), name);
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), name);
}

/**
 * The folder of a console that nobody names one for: the desktop app's, so that both are one console. The one that consoles without
 * Electron had before goes on where only that is used.
 */
export function usualUserData(
  platform = process.platform,
  env = process.env,
  home = homedir(),
  older = envPaths('trunkline', { suffix: '' }).config,
): string {
  const desktop = desktopFolder(platform, env, home);
  return !isUsed(desktop) && isUsed(older) ? older : desktop;
}
