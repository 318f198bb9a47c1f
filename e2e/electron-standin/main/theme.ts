import { EventEmitter } from 'node:events';
import type { BrowserWindow } from './browser-window';
import { windows } from './registry';

type Source = 'system' | 'light' | 'dark';

class NativeTheme extends EventEmitter {
  #source: Source = 'system';

  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    this.#source = source;
    for (const window of windows.values()) applyTheme(window);
    this.emit('updated');
  }
  /** Headless Chromium's system theme is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

export function applyTheme(window: BrowserWindow): void {
  const source = nativeTheme.themeSource;
  const features = source === 'system' ? [] : [{ name: 'prefers-color-scheme', value: source }];
  window.webContents
    .page()
    .then((page) => page.send('Emulation.setEmulatedMedia', { features }))
    .catch(() => undefined);
}
