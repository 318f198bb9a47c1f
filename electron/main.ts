import { join } from 'node:path';
import { app } from 'electron';
import { appRoot, composeConsole, rendererDir, report, runningConsole } from './compose';
import { startDesktop, type DesktopConsole } from './desktop/app';
import type { RunningConsole } from './door/knock';
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

/**
 * The window of a console that runs without one, on the same folder. When that ends, the folder is free, and the app starts
 * anew with a console of its own.
 */
function joined({ handlers, subscribe }: RunningConsole): DesktopConsole {
  const info = async () => ({
    ...(await handlers['app.info']({})),
    transport: 'desktop' as const,
    // A service has none of its own.
    locale: app.getLocale(),
  });
  const startAnew = () => {
    app.relaunch();
    app.quit();
  };
  const end = subscribe(() => undefined, startAnew);
  return {
    handlers: { ...handlers, 'app.info': info },
    subscribe: (listener) => subscribe(listener),
    dispose: async () => end(),
  };
}

startDesktop({
  async createConsole({ userData, locale, keychain, files }) {
    const running = await runningConsole(options, userData);
    if (running) return joined(running);
    return composeConsole(options, {
      transport: 'desktop',
      userDataDir: userData,
      locale,
      keychain,
      storage: files,
    });
  },
  rendererDir,
  preloadPath: join(appRoot, 'dist', 'preload', 'preload.cjs'),
  iconPath: join(appRoot, 'dist', 'renderer', 'icon.png'),
  ...(options.userData ? { userData: options.userData } : {}),
  report,
  explain: startFailure,
});
