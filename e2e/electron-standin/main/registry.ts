import type { BrowserWindow } from './browser-window';
import type { Cdp } from './cdp';

/** Open windows by id, oldest first. */
export const windows = new Map<number, BrowserWindow>();

let connection: Cdp | undefined;

export const setCdp = (cdp: Cdp): void => {
  connection = cdp;
};

/** @throws before the app is ready */
export function cdp(): Cdp {
  if (!connection) throw new Error('electron-standin: Chromium is not running yet');
  return connection;
}

export const startedCdp = (): Cdp | undefined => connection;
