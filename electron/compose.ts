import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppInfo } from '../shared/model';
import { openDoor } from './door/door';
import { knock, type RunningConsole } from './door/knock';
import { startingEngines } from './engines';
import { mayJoin, type LaunchOptions } from './launch/options.mjs';
import { log } from './log';
import { createConsole, type TrunklineConsole } from './services/console';
import { dispatch } from './services/dispatch';
import type { Keychain } from './services/engines/secrets';
import { importInThread } from './services/segments/import-worker';
import { lockFolder } from './services/storage/folder-lock';
import { Storage } from './services/storage/storage';

/** The folder of the project or of the package: two above each bundle. */
export const appRoot = join(import.meta.dirname, '..', '..');

/** Where `vite build` puts the window. */
export const rendererDir = join(appRoot, 'dist', 'renderer');

/** As `package.json` has it. */
export const version = (): string =>
  (JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as { version: string }).version;

/** Electron's own folder beside app.asar; Node has none. */
const resources = (process as { resourcesPath?: string }).resourcesPath;

/** The program of the thread that reads pasted texts. */
const importThread = join(appRoot, 'dist', 'threads', 'import.cjs');

/** Where file systems of the toolbox may lie: in a package's resources, or where they are made for it. */
const toolboxDirs = [...(resources ? [join(resources, 'toolbox')] : []), join(appRoot, 'dist', 'toolbox')];

/** To the process's own log. A cause is part of the story; a request's body or a secret never is. */
export function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause =
    error instanceof Error && error.cause instanceof Error ? `\n  cause: ${error.cause.message}` : '';
  // Engines' words are in it: none may speak to the terminal that shows it.
  log(`${text}${cause}`);
}

/** What a transport brings. */
export interface Surroundings {
  transport: AppInfo['transport'];
  /** Exists. */
  userDataDir: string;
  /** The operating system's, BCP 47. */
  locale: string;
  /** Null where the system keeps no secrets for us: passphrases then end with the console. */
  keychain: Keychain | null;
  /** Where what is wrong with files of that folder is told of; one of its own unless given. */
  storage?: Storage;
  /** An address that opens the console in a browser once, where it serves one by now. */
  address?: () => string | null;
}

/** Everything but the transport. @throws ProblemError `folder_in_use` while another console works in its folder */
export async function composeConsole(
  options: LaunchOptions,
  surroundings: Surroundings,
): Promise<TrunklineConsole> {
  const { userDataDir: folder, address = () => null } = surroundings;
  const lock = await lockFolder(folder, report);
  try {
    const core = await composeIn(options, surroundings, lock.held);
    const door = { folder, version: version(), address, report, run: runOn(core), subscribe: core.subscribe };
    // Where no lock could be made, another console may have its door there; one that ends by itself is none to join.
    const opens = lock.held && options.apply === undefined;
    const close = opens ? await openDoor(door) : async () => undefined;
    return {
      ...core,
      async dispose() {
        try {
          await close();
          await core.dispose();
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Runs a command of a console of this process; never rejects. */
export const runOn =
  ({ handlers }: Pick<TrunklineConsole, 'handlers'>) =>
  (name: string, input: unknown) =>
    dispatch(handlers, name, input, (_command, error) => report(error));

/** The console that works in the folder already and has all that this start asks for; null where there is none. */
export const runningConsole = async (
  options: LaunchOptions,
  folder: string,
): Promise<RunningConsole | null> => (mayJoin(options) ? knock(folder, version()) : null);

async function composeIn(
  options: LaunchOptions,
  { transport, userDataDir, locale, keychain, storage = new Storage(report) }: Surroundings,
  alone: boolean,
): Promise<TrunklineConsole> {
  const { engines, demo } = await startingEngines(options, userDataDir, keychain, storage);
  try {
    return await createConsole({
      engines,
      userDataDir,
      alone,
      toolboxDirs,
      importer: importInThread(importThread),
      report,
      storage,
      info: {
        version: version(),
        transport,
        readOnly: options.readOnly,
        ...(options.listen ? { remote: true } : {}),
        ...demo,
        locale,
        platform: process.platform,
      },
    });
  } catch (error) {
    await engines.endDemo();
    throw error;
  }
}
