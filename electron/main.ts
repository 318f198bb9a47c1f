import { join } from 'node:path';
import { app } from 'electron';
import { appRoot, composeConsole, rendererDir, report } from './compose';
import { startDesktop } from './desktop/app';
import { help, ownArguments, parseOptions, type LaunchOptions } from './launch/options.mjs';
import { log, logText } from './log';
import { startFailure } from './start-failure';
import { catchTheRest, outliveReaders } from './uncaught';

function optionsOrExit(): LaunchOptions {
  try {
    const options = parseOptions(ownArguments(process.argv, app.isPackaged));
    if (!options.help) return options;
    process.stdout.write(help);
    return process.exit(0);
  } catch (error) {
    process.stderr.write(`${logText(error instanceof Error ? error.message : String(error))}\n`);
    return process.exit(1);
  }
}

const options = optionsOrExit();

outliveReaders();
// Electron's own would be a window that stands before the console.
catchTheRest(log);

startDesktop({
  createConsole: ({ userData, locale, keychain, files }) =>
    composeConsole(options, {
      transport: 'desktop',
      userDataDir: userData,
      locale,
      keychain,
      storage: files,
    }),
  rendererDir,
  preloadPath: join(appRoot, 'dist', 'preload', 'preload.cjs'),
  iconPath: join(appRoot, 'dist', 'renderer', 'icon.png'),
  ...(options.userData ? { userData: options.userData } : {}),
  report,
  explain: startFailure,
});
