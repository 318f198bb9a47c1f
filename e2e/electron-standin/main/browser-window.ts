import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app';
import { bootContext } from './boot-context';
import { creating } from './popups';
import { emitPreventable } from './preventable';
import { cdp, windows } from './registry';
import { applyTheme } from './theme';
import { WebContents } from './web-contents';

export type Bounds = { x: number; y: number; width: number; height: number };
export interface WindowOptions extends Partial<Bounds> {
  title?: string;
  show?: boolean;
  webPreferences?: {
    preload?: string;
    additionalArguments?: string[];
    nodeIntegration?: boolean;
    contextIsolation?: boolean;
    sandbox?: boolean;
    webSecurity?: boolean;
  };
}

let ids = 0;
const nothing = (): void => undefined;

function refuseUnsafe({
  nodeIntegration,
  contextIsolation,
  sandbox,
  webSecurity,
}: NonNullable<WindowOptions['webPreferences']>): void {
  if (nodeIntegration || contextIsolation === false || sandbox === false || webSecurity === false)
    throw new Error(
      'electron-standin: windows are sandboxed and isolated, without Node and with webSecurity',
    );
}

export class BrowserWindow extends EventEmitter {
  readonly id = ++ids;
  readonly webContents: WebContents;
  readonly whenClosed: Promise<void>;
  readonly setMenu = nothing;
  readonly removeMenu = nothing;
  readonly setMenuBarVisibility = nothing;
  readonly setAutoHideMenuBar = nothing;
  readonly setIcon = nothing;
  readonly setProgressBar = nothing;
  readonly flashFrame = nothing;
  /** True once the window has agreed to close. */
  closing = false;
  #resolveClosed: () => void = nothing;
  #title: string;
  #background = '#FFF';
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen = false;
  #bounds: Bounds;
  #loaded = false;

  constructor(options: WindowOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    refuseUnsafe(options.webPreferences ?? {});
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? app.getName();
    this.#visible = options.show !== false;
    this.whenClosed = new Promise((done) => (this.#resolveClosed = done));
    windows.set(this.id, this);
    this.webContents = new WebContents(this, this.#createTarget(), options.webPreferences);
    void this.webContents.page().then(() => applyTheme(this));
    void this.#resizeChromium().catch(nothing);
    // Electron announces a window only after its constructor has returned.
    setImmediate(() => {
      app.emit('web-contents-created', {}, this.webContents);
      app.emit('browser-window-created', {}, this);
    });
  }

  #createTarget(): Promise<string> {
    const { width, height } = this.#bounds;
    const made = cdp()
      .send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
      .then(({ targetId }) => {
        this.webContents.targetId = targetId;
        return targetId;
      });
    creating.add(made);
    void made.finally(() => creating.delete(made)).catch(nothing);
    return made;
  }

  get targetId(): string {
    return this.webContents.targetId;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(path: string, { hash = '' } = {}): Promise<void> {
    const url = pathToFileURL(resolve(bootContext().appPath, path));
    url.hash = hash;
    return this.loadURL(url.href);
  }

  close(): void {
    if (this.closing || this.isDestroyed() || emitPreventable(this, 'close')) return;
    this.destroy();
  }

  destroy(): void {
    this.closing = true;
    this.webContents
      .page()
      .then(() => cdp().send('Target.closeTarget', { targetId: this.targetId }))
      .catch(() => this.gone());
  }

  /** Chromium's page is gone. */
  gone(): void {
    if (this.isDestroyed()) return;
    windows.delete(this.id);
    this.webContents.gone();
    this.emit('closed');
    this.#resolveClosed();
    app.windowClosed();
  }

  /** The first document has loaded. */
  firstLoad(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    this.emit('ready-to-show');
  }

  pageTitled(title: string): void {
    if (!emitPreventable(this, 'page-title-updated', title, true)) this.#title = title;
  }

  openChild(options: WindowOptions): BrowserWindow {
    return new BrowserWindow(options);
  }

  isDestroyed(): boolean {
    return !windows.has(this.id);
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isFocused(): boolean {
    return this.#visible;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  show(): void {
    if (!this.#visible) {
      this.#visible = true;
      this.emit('show');
    }
    this.focus();
  }
  showInactive(): void {
    this.show();
  }
  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }
  focus(): void {
    this.webContents
      .page()
      .then(() => cdp().send('Target.activateTarget', { targetId: this.targetId }))
      .catch(nothing);
    this.emit('focus');
  }
  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
  }
  restore(): void {
    this.#minimized = false;
    this.emit('restore');
  }
  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }
  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }
  setFullScreen(on: boolean): void {
    this.#fullScreen = on;
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  }

  getBounds(): Bounds {
    return { ...this.#bounds };
  }
  getNormalBounds(): Bounds {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Bounds>): void {
    Object.assign(this.#bounds, bounds);
    void this.#resizeChromium().catch(nothing);
    this.emit('move');
    this.emit('resize');
  }
  /** Gives the page the window's whole size: Chromium draws tabs and an address bar that Electron does not have. */
  async #resizeChromium(): Promise<void> {
    const page = await this.webContents.page();
    const { windowId, bounds } = await cdp().send('Browser.getWindowForTarget', { targetId: page.targetId });
    const { cssLayoutViewport } = await page.send('Page.getLayoutMetrics', {});
    const width = this.#bounds.width + (bounds.width ?? 0) - cssLayoutViewport.clientWidth;
    const height = this.#bounds.height + (bounds.height ?? 0) - cssLayoutViewport.clientHeight;
    await cdp().send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
  }
  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  setBackgroundColor(color: string): void {
    this.#background = color;
  }
  getBackgroundColor(): string {
    return this.#background;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static fromWebContents(contents: { id: number }): BrowserWindow | null {
    return windows.get(contents.id) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...windows.values()].at(-1) ?? null;
  }
}
