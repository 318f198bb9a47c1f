import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppInfo } from '../shared/contract';
import { ownAccess } from './docker';
import { chooseEngines } from './engines';
import type { LaunchOptions } from './launch/options.mjs';
import { createConsole, type TrunklineConsole } from './services/console';

/** The folder of the project or of the package: two above each bundle. */
export const appRoot = join(import.meta.dirname, '..', '..');

/** Where `vite build` puts the window. */
export const rendererDir = join(appRoot, 'dist', 'renderer');

const version = (): string =>
  (JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as { version: string }).version;

/** Electron's own folder beside app.asar; Node has none. */
const resources = (process as { resourcesPath?: string }).resourcesPath;

/** Where file systems of the toolbox may lie: in a package's resources, or where they are made for it. */
const toolboxDirs = [...(resources ? [join(resources, 'toolbox')] : []), join(appRoot, 'dist', 'toolbox')];

/** To the process's own log. A cause is part of the story; a request's body or a secret never is. */
export function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause =
    error instanceof Error && error.cause instanceof Error ? `\n  cause: ${error.cause.message}` : '';
  process.stderr.write(`[trunkline] ${text}${cause}\n`);
}

/** Everything but the transport. */
export async function composeConsole(
  options: LaunchOptions,
  transport: AppInfo['transport'],
  userDataDir: string,
  locale: string,
): Promise<TrunklineConsole> {
  const engines = await chooseEngines(options, ownAccess(userDataDir));
  try {
    const core = await createConsole({
      clients: engines.clients,
      demoIds: engines.demoIds,
      userDataDir,
      toolboxDirs,
      report,
      info: {
        version: version(),
        transport,
        demo: engines.demoIds.size > 0,
        readOnly: options.readOnly,
        ...(options.listen ? { remote: true } : {}),
        ...(engines.demoReason ? { demoReason: engines.demoReason } : {}),
        locale,
        platform: process.platform,
      },
    });
    return {
      ...core,
      async dispose() {
        await core.dispose();
        await engines.close();
      },
    };
  } catch (error) {
    await engines.close();
    throw error;
  }
}
