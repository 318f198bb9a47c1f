import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
  shell,
  type BrowserWindow,
} from 'electron';
import type { ServedHandlers } from '../../shared/contract';
import type { Preferences } from '../../shared/model';
import type { Keychain } from '../services/engines/secrets';
import { Storage } from '../services/storage/storage';
import type { PushListener } from '../services/hub';
import { fileChooser } from './choose-file';
import { recoverFromCrashes } from './crash';
import { forwardPushes, serveIpc } from './ipc';
import { openKeychain } from './keychain';
import { installMenu } from './menu';
import { labelsFor } from './menu-labels';
import { privilegedSchemes, serveRenderer } from './protocol';
import { disposeBeforeQuit } from './quit';
import { secure } from './security';
import { startUrl, trustedSender } from './trusted-sender';
import { createWindow, present } from './window';
import { WindowStateFile } from './window-state-file';

/** The product without a window. */
export interface DesktopConsole {
  handlers: ServedHandlers;
  subscribe(listener: PushListener): () => void;
  dispose(): Promise<void>;
}

export interface DesktopOptions {
  /**
   * Called once the app is ready, and only in the first instance.
   *
   * @param userData the folder in use, which exists
   * @param locale   the operating system's, BCP 47
   * @param keychain the system's, where it keeps secrets for us
   * @param files    where what is wrong with files of that folder is told of
   */
  createConsole(context: {
    userData: string;
    locale: string;
    keychain: Keychain | null;
    files: Storage;
  }): Promise<DesktopConsole>;
  /** The built window. */
  rendererDir: string;
  /** The built preload. */
  preloadPath: string;
  /** PNG for the window's frame where the system takes it from there (Linux). */
  iconPath?: string;
  /** Our own `--user-data`; without it Chromium's `--user-data-dir` or the system's usual folder. */
  userData?: string;
  /** Where problems go that no caller hears of. */
  report(error: unknown): void;
  /**
   * Why it did not start, before there is a window to say it. Never rejects.
   *
   * @param locale the operating system's, BCP 47
   */
  explain(
    error: unknown,
    userData: string,
    locale: string,
  ): Promise<{ title: string; message: string; hint: string }>;
}

function useFolder(wanted: string | undefined): string {
  const asked = wanted ?? app.commandLine.getSwitchValue('user-data-dir');
  if (asked) app.setPath('userData', resolve(asked));
  const folder = app.getPath('userData');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The two preferences that reach beyond the page: the theme of frame and menus, and the menu's language. */
function followPreferences(
  core: DesktopConsole,
  apply: (preferences: Preferences) => void,
  report: (error: unknown) => void,
): () => void {
  core.handlers['preferences.get']({}).then(apply, report);
  return core.subscribe((name, data) => {
    if (name === 'preferences.changed') apply(data as Preferences);
  });
}

/** Opens the window on a running console. */
async function openWindow(
  options: DesktopOptions,
  userData: string,
  core: DesktopConsole,
): Promise<BrowserWindow> {
  const { report } = options;
  const { readOnly } = await core.handlers['app.info']({});
  const locale = app.getLocale();
  const file = new WindowStateFile(userData, report);
  const window = createWindow(options.preloadPath, file, options.iconPath);
  let labels = labelsFor('auto', locale);
  const relabel = (language: Preferences['language']): void => {
    labels = labelsFor(language, locale);
    if (!window.isDestroyed()) installMenu(window, file, labels, readOnly);
  };
  relabel('auto');
  recoverFromCrashes(window, () => labels, report);
  serveIpc(
    ipcMain,
    {
      ...core.handlers,
      'files.choose': fileChooser({ dialog, window, home: app.getPath('home'), labels: () => labels }),
    },
    trustedSender(() => (window.isDestroyed() ? undefined : window.webContents)),
    (command, error) => report(new Error(`${command} failed`, { cause: error })),
  );
  const endPushes = forwardPushes(window, (listener) => core.subscribe(listener));
  const endPreferences = followPreferences(
    core,
    ({ theme, language }) => {
      nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
      relabel(language);
    },
    report,
  );
  window.once('closed', () => {
    endPushes();
    endPreferences();
  });
  await window.loadURL(startUrl);
  return window;
}

async function start(options: DesktopOptions, userData: string): Promise<BrowserWindow> {
  serveRenderer(protocol, options.rendererDir);
  secure(app, session.defaultSession, shell);
  const files = new Storage(options.report);
  const starting = openKeychain({
    storage: safeStorage,
    file: join(userData, 'keychain.json'),
    files,
    report: options.report,
  }).then((keychain) => options.createConsole({ userData, locale: app.getLocale(), keychain, files }));
  const dispose = async (): Promise<void> => (await starting).dispose();
  // From here on, so that a quit while engines are still being looked for ends them, too.
  disposeBeforeQuit(app, dispose, options.report);
  const core = await starting;
  try {
    return await openWindow(options, userData, core);
  } catch (error) {
    await core.dispose();
    throw error;
  }
}

/**
 * Runs the desktop app. To be called before Electron is ready, that is, while main's entry is evaluated. A second
 * instance on the same user-data folder brings the first one's window forward and ends.
 */
export function startDesktop(options: DesktopOptions): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged(privilegedSchemes);
  const userData = useFolder(options.userData);
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  let window: BrowserWindow | undefined;
  app.on('second-instance', () => {
    if (window && !window.isDestroyed()) present(window);
  });
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(async () => {
      window = await start(options, userData);
    })
    .catch(async (error: unknown) => {
      options.report(error);
      const { title, message, hint } = await options.explain(error, userData, app.getLocale());
      dialog.showErrorBox(title, [message, hint].filter(Boolean).join('\n\n'));
      app.exit(1);
    });
}
