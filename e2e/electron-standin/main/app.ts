import { EventEmitter } from 'node:events';
import { AppPaths } from './app-paths';
import { bootContext } from './boot-context';
import { Cdp } from './cdp';
import { chromiumArgs, windowChromium } from './chromium';
import { adoptTarget } from './popups';
import { emitPreventable } from './preventable';
import { record } from './recorded';
import { setCdp, startedCdp, windows } from './registry';
import { setReadyCheck } from './session';
import { holdsLock, releaseLock, requestLock } from './single-instance';

const boot = bootContext();
const switches = new Map(
  boot.flags.map((flag): [string, string] => {
    const [, name = flag, value = ''] = /^--([^=]+)=?(.*)$/s.exec(flag) ?? [];
    return [name, value];
  }),
);

class CommandLine {
  appendSwitch(name: string, value = ''): void {
    switches.set(name, value);
  }
  hasSwitch(name: string): boolean {
    return switches.has(name);
  }
  getSwitchValue(name: string): string {
    return switches.get(name) ?? '';
  }
  removeSwitch(name: string): void {
    switches.delete(name);
  }
  appendArgument(): void {
    // Chromium takes no arguments but switches here.
  }
}

class App extends EventEmitter {
  readonly isPackaged = boot.packaged;
  readonly commandLine = new CommandLine();
  readonly relaunch = record('app.relaunch');
  readonly setAboutPanelOptions = record('app.setAboutPanelOptions');
  readonly showAboutPanel = record('app.showAboutPanel');
  name = boot.manifest.productName ?? boot.manifest.name ?? 'Electron';
  #ready = false;
  #quitting = false;
  #resolveReady: (info: object) => void = () => undefined;
  readonly #whenReady = new Promise<object>((resolve) => (this.#resolveReady = resolve));
  readonly #paths = new AppPaths(
    () => this.name,
    () => switches.get('user-data-dir'),
  );

  isReady(): boolean {
    return this.#ready;
  }
  whenReady(): Promise<object> {
    return this.#whenReady;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return boot.manifest.version ?? '0.0.0';
  }
  getAppPath(): string {
    return boot.appPath;
  }
  getLocale(): string {
    return switches.get('lang') || 'en-US';
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }
  getPath(name: string): string {
    return this.#paths.get(name);
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  enableSandbox(): void {
    // The sandbox is Chromium's own here, and always asked for.
  }
  setAppUserModelId(): void {
    // Windows only.
  }
  focus(): void {
    [...windows.values()].at(-1)?.focus();
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    return requestLock(this.getPath('userData'), data, (note) =>
      this.emit('second-instance', {}, note.argv, note.cwd, note.data),
    );
  }
  hasSingleInstanceLock(): boolean {
    return holdsLock(this.getPath('userData'));
  }
  releaseSingleInstanceLock(): void {
    releaseLock(this.getPath('userData'));
  }

  quit(): void {
    void this.#quit();
  }

  async #quit(): Promise<void> {
    if (this.#quitting || emitPreventable(this, 'before-quit')) return;
    this.#quitting = true;
    for (const window of [...windows.values()]) {
      window.close();
      if (!window.closing) {
        // A window refused to close: that cancels the quit.
        this.#quitting = false;
        return;
      }
      await window.whenClosed;
    }
    if (emitPreventable(this, 'will-quit')) {
      this.#quitting = false;
      return;
    }
    this.exit(0);
  }

  exit(code = 0): void {
    this.#quitting = true;
    this.emit('quit', {}, code);
    const running = startedCdp();
    // Before ready, code after app.exit() must not run on either: Electron exits at once.
    if (!running) process.exit(code);
    void running.close(3000).then(() => process.exit(code));
  }

  /** A window is gone; Electron quits after the last one unless the app listens and decides for itself. */
  windowClosed(): void {
    if (windows.size > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  /** Starts Chromium and becomes ready. Called by the boot once the app's entry has been evaluated. */
  async start(): Promise<void> {
    if (this.#quitting) return;
    const cdp = new Cdp(windowChromium(), chromiumArgs(this.getPath('userData'), switches), (code) =>
      this.#chromiumExited(code),
    );
    setCdp(cdp);
    const { product } = await cdp.send('Browser.getVersion', {});
    Object.defineProperty(process.versions, 'chrome', { value: product.split('/')[1], enumerable: true });
    cdp.on('Target.targetDestroyed', ({ targetId }) => {
      [...windows.values()].find((window) => window.targetId === targetId)?.gone();
    });
    cdp.on('Target.attachedToTarget', (event) => void adoptTarget(event));
    await cdp.send('Target.setDiscoverTargets', { discover: true });
    const filter = [{ type: 'page' }];
    await cdp.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter,
    });
    this.#ready = true;
    this.#resolveReady({});
    this.emit('ready', {}, {});
  }

  #chromiumExited(code: number | null): void {
    if (!this.#quitting) {
      console.error(`[electron-standin] Chromium exited with ${String(code)}`);
      process.exit(1);
    }
    for (const window of [...windows.values()]) window.gone();
  }
}

export const app = new App();
setReadyCheck(() => app.isReady());
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());
