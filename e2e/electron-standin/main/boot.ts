/** What Electron does before an app's first line: shapes `process`, makes `electron` resolve, runs main, gets ready. */
import Module, { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setBootContext } from './boot-context';
import type * as ElectronModule from './electron';
import { findEntry, isModule, type Entry } from './entry';

const electronPath = join(__dirname, 'electron.cjs');
const requireHere = createRequire(__filename);

// Made now: Node 20 makes these on first use, which can race with an inspector that attaches at the same moment. Used,
// not only named: a bundler drops what has no effect.
performance.now();
new Request('data:,');

/** `-r` scripts and switches come first, then the app, then the app's own arguments. */
function readArguments(argv: string[]) {
  const preloads: string[] = [];
  const flags: string[] = [];
  let at = 0;
  for (; at < argv.length && argv[at]?.startsWith('-'); at++) {
    const argument = argv[at] ?? '';
    if (argument === '-r' || argument === '--require') preloads.push(argv[++at] ?? '');
    else flags.push(argument);
  }
  const rest = argv.slice(at + 1);
  return {
    preloads,
    app: argv[at],
    flags: [...flags, ...rest.filter((argument) => argument.startsWith('--'))],
  };
}

function electronVersion(): string {
  try {
    const paths = [process.cwd(), __dirname];
    const manifest = requireHere(requireHere.resolve('electron/package.json', { paths })) as {
      version: string;
    };
    return manifest.version;
  } catch {
    return '0.0.0';
  }
}

function shapeProcess(argv: string[], entry: Entry): void {
  process.execPath = process.env.STANDIN_EXECUTABLE ?? join(__dirname, 'electron');
  // argv[1] and on is everything after the binary, the app's path included unless it is packaged.
  process.argv = [process.execPath, ...argv];
  Object.assign(process, { type: 'browser', resourcesPath: entry.resourcesPath });
  if (!entry.packaged) Object.assign(process, { defaultApp: true });
  const versions = { electron: electronVersion(), 'electron-standin': '1', chrome: 'pending' };
  for (const [name, value] of Object.entries(versions))
    Object.defineProperty(process.versions, name, { value, enumerable: true, configurable: true });
}

type Resolve = (request: string, ...rest: unknown[]) => string;

/** For require, also in the inspector's console that Playwright speaks through, and for import. */
function makeElectronResolvable(): void {
  const pattern = /^electron(\/(main|common|utility))?$/;
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const original = loader._resolveFilename;
  loader._resolveFilename = function (this: unknown, request, ...rest) {
    return pattern.test(request) ? electronPath : original.call(this, request, ...rest);
  };
  const url = JSON.stringify(pathToFileURL(electronPath).href);
  const hook = `export const resolve = (name, context, next) =>
    ${String(pattern)}.test(name) ? { url: ${url}, format: 'commonjs', shortCircuit: true } : next(name, context);`;
  Module.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

async function boot(): Promise<void> {
  const argv = process.argv.slice(2);
  const { preloads, app: path, flags } = readArguments(argv);
  const entry = findEntry(process.env.STANDIN_APP ?? path ?? process.cwd());
  shapeProcess(argv, entry);
  makeElectronResolvable();
  const { manifest, appPath, packaged, main } = entry;
  setBootContext({ manifest, appPath, packaged, flags });
  const { app } = requireHere(electronPath) as typeof ElectronModule;
  for (const preload of preloads) requireHere(resolve(preload));
  console.error(`[electron-standin] this is NOT Electron: Node ${process.versions.node} runs ${main}`);
  if (isModule(entry)) await import(pathToFileURL(main).href);
  else requireHere(main);
  // As in Electron, `ready` waits until the entry has been evaluated.
  await app.start();
}

boot().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
