/**
 * The module `electron` as the main process sees it. What is absent is absent on purpose: using it fails at once and
 * loudly, where a stub would let a test pass.
 */
import { calls } from './recorded';
import { permissionHandlers } from './session';

export { app } from './app';
export { BrowserWindow } from './browser-window';
export { ipcMain } from './ipc-main';
export { Menu, MenuItem } from './menu';
export { MessageChannelMain } from './message-port';
export { clipboard, dialog, screen, shell } from './native';
export { safeStorage } from './safe-storage';
export { net, protocol, session } from './session';
export { nativeTheme } from './theme';
export { WebContents as webContents } from './web-contents';

/** Not part of Electron: what only got recorded, for tests. */
export const standin = { calls, permissionHandlers };
