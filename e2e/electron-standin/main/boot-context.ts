/** What the boot found out before the `electron` module is loaded: that module is a bundle of its own. */
export interface BootContext {
  /** The app's package.json, or {}. */
  manifest: { name?: string; productName?: string; version?: string; main?: string; type?: string };
  /** The folder, or app.asar, that `app.getAppPath()` gives. */
  appPath: string;
  packaged: boolean;
  /** `--switches` from anywhere on the command line: Chromium reads them wherever they stand. */
  flags: string[];
}

const slot = Symbol.for('electron-standin.boot');

export function setBootContext(context: BootContext): void {
  Reflect.set(globalThis, slot, context);
}

/** @throws when the module is loaded by anything but the boot */
export function bootContext(): BootContext {
  const context = Reflect.get(globalThis, slot) as BootContext | undefined;
  if (!context) throw new Error('electron-standin: the electron module was loaded outside the stand-in');
  return context;
}
