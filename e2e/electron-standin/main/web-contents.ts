import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { bindingName, isolatedWorldName, type ToMain } from '../world/messages';
import type { BrowserWindow, WindowOptions } from './browser-window';
import { IpcLink } from './ipc-link';
import { IpcMain } from './ipc-main';
import type { MessagePortMain } from './message-port';
import { Page } from './page';
import { record } from './recorded';
import { cdp, windows } from './registry';
import { Requests } from './requests';
import { fromChromium, toChromium } from './schemes';
import { isolatedWorldScript, mainWorldScript } from './scripts';
import { session } from './session';
import { WebFrameMain } from './web-frame';

type OpenDetails = { url: string; frameName: string; features: string; disposition: string };
type OpenAnswer = { action: 'allow' | 'deny'; overrideBrowserWindowOptions?: WindowOptions };

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly ipc = new IpcMain();
  readonly session = session.defaultSession;
  readonly mainFrame: WebFrameMain;
  readonly preloadPath: string;
  readonly openDevTools = record('webContents.openDevTools');
  readonly toggleDevTools = record('webContents.toggleDevTools');
  targetId = '';
  readonly #owner: BrowserWindow;
  readonly #preferences: NonNullable<WindowOptions['webPreferences']>;
  #page: Promise<Page>;
  #link: IpcLink | undefined;
  #url = 'about:blank';
  #requestedUrl: string | undefined;
  #zoomLevel = 0;
  #crashed = false;
  #openHandler: ((details: OpenDetails) => OpenAnswer) | undefined;

  constructor(
    owner: BrowserWindow,
    target: Promise<string>,
    preferences: WindowOptions['webPreferences'] = {},
  ) {
    super();
    this.id = owner.id;
    this.#owner = owner;
    this.#preferences = preferences;
    this.preloadPath = preferences.preload ?? '';
    if (this.preloadPath && !isAbsolute(this.preloadPath))
      throw new Error('preload script must have absolute path');
    this.mainFrame = new WebFrameMain(this);
    this.#page = target.then((targetId) => this.#attach(targetId));
  }

  page(): Promise<Page> {
    return this.#page;
  }

  /** @throws with Chromium's error code, for example ERR_FAILED */
  async loadURL(url: string): Promise<void> {
    const page = await this.#page;
    const finished = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    const { errorText, loaderId } = await page.send('Page.navigate', { url: toChromium(url) });
    if (errorText) {
      const code = errorText.replace('net::', '');
      this.emit('did-fail-load', {}, -2, code, url, true);
      throw Object.assign(new Error(`${code} (-2) loading '${url}'`), { code, url });
    }
    // Without a loader it was a jump within the document.
    if (loaderId) await finished;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#page;
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#link?.send(channel, args);
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#link?.postMessage(channel, message, transfer);
  }

  reload(): void {
    void this.#page.then((page) => page.send('Page.reload', {})).catch(() => undefined);
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  forcefullyCrashRenderer(): void {
    // Never answered: the renderer is gone.
    void this.#page.then((page) => page.send('Page.crash', {})).catch(() => undefined);
  }

  getURL(): string {
    return this.#url === 'about:blank' ? '' : fromChromium(this.#url);
  }
  getTitle(): string {
    return this.#owner.getTitle();
  }
  isDestroyed(): boolean {
    return !windows.has(this.id);
  }
  isLoading(): boolean {
    return false;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  isDevToolsOpened(): boolean {
    return false;
  }
  close(): void {
    this.#owner.close();
  }
  /** Kept but not shown: the protocol has page scale, which is not Electron's zoom. */
  setZoomLevel(level: number): void {
    this.#zoomLevel = level;
  }
  getZoomLevel(): number {
    return this.#zoomLevel;
  }
  setZoomFactor(factor: number): void {
    this.#zoomLevel = Math.log(factor) / Math.log(1.2);
  }
  getZoomFactor(): number {
    return 1.2 ** this.#zoomLevel;
  }
  getOSProcessId(): number {
    return cdp().pid;
  }

  setWindowOpenHandler(handler: (details: OpenDetails) => OpenAnswer): void {
    this.#openHandler = handler;
  }

  /** The document wants a new window. */
  windowRequested(chromiumUrl: string, frameName: string, features: string): void {
    const url = fromChromium(chromiumUrl || 'about:blank');
    const details = { url, frameName, features, disposition: 'foreground-tab' };
    const answer = this.#openHandler?.(details) ?? { action: 'allow' };
    if (answer.action !== 'allow') return;
    const asked = answer.overrideBrowserWindowOptions;
    const webPreferences = { ...this.#preferences, ...asked?.webPreferences };
    const child = this.#owner.openChild({ ...asked, webPreferences });
    child.loadURL(url).catch(() => undefined);
    this.emit('did-create-window', child, details);
  }

  hasRequestedUrl(): boolean {
    return this.#requestedUrl !== undefined;
  }

  takeRequestedUrl(): string | undefined {
    const url = this.#requestedUrl;
    this.#requestedUrl = undefined;
    return url;
  }

  /** The window is gone. */
  gone(): void {
    this.#link?.closePorts();
    this.emit('destroyed');
  }

  async #attach(targetId: string): Promise<Page> {
    this.targetId = targetId;
    const page = await Page.attach(targetId);
    this.#link = new IpcLink(this, page);
    this.#followDocuments(page, this.#link);
    this.#followNavigation(page);
    await page.prepare({
      mainWorld: mainWorldScript(),
      isolatedWorld: isolatedWorldScript(this.#readPreload(), this.#preferences.additionalArguments ?? []),
    });
    return page;
  }

  #readPreload(): { path: string; source: string } | null {
    if (!this.preloadPath) return null;
    try {
      return { path: this.preloadPath, source: readFileSync(this.preloadPath, 'utf8') };
    } catch (error) {
      console.error(`Unable to load preload script: ${this.preloadPath}`, error);
      this.emit('preload-error', {}, this.preloadPath, error);
      return null;
    }
  }

  #followDocuments(page: Page, link: IpcLink): void {
    let contextId: number | undefined;
    page.on('Runtime.executionContextCreated', ({ context }) => {
      const frame = (context.auxData as { frameId?: string } | undefined)?.frameId;
      if (context.name !== isolatedWorldName || frame !== this.targetId) return;
      contextId = context.id;
      this.#crashed = false;
      link.documentStarted(context.uniqueId);
    });
    page.on('Runtime.executionContextsCleared', () => link.documentGone());
    page.on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
      if (name === bindingName && executionContextId === contextId)
        link.receive(JSON.parse(payload) as ToMain);
    });
    page.on('Inspector.targetCrashed', () => {
      link.documentGone();
      this.#crashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
  }

  #followNavigation(page: Page): void {
    const requests = new Requests(this, page);
    page.on('Fetch.requestPaused', (request) => void requests.paused(request));
    page.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (frameId === this.targetId) requests.navigationRequested(url);
    });
    page.on('Page.windowOpen', ({ url }) => (this.#requestedUrl = url));
    page.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId === this.targetId) this.emit('did-start-loading');
    });
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      this.#url = frame.url + (frame.urlFragment ?? '');
      this.emit('did-navigate', {}, this.getURL(), 200, 'OK');
    });
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== this.targetId) return;
      this.#url = url;
      this.emit('did-navigate-in-page', {}, this.getURL(), true);
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => {
      if (this.#url !== 'about:blank') void this.#loaded();
    });
  }

  async #loaded(): Promise<void> {
    this.emit('did-finish-load');
    this.#owner.firstLoad();
    const title = await this.executeJavaScript('document.title').catch(() => '');
    if (typeof title === 'string' && title) this.#owner.pageTitled(title);
  }

  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return WebContents.getAllWebContents().find((contents) => contents.targetId === targetId);
  }
  static getAllWebContents(): WebContents[] {
    return [...windows.values()].map((window) => window.webContents);
  }
  static fromId(id: number): WebContents | undefined {
    return windows.get(id)?.webContents;
  }
}
