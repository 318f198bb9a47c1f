import { EventEmitter } from 'node:events';
import { BrowserWindow } from './browser-window';
import { calls, record } from './recorded';

/** A dialog that nobody sees. Tests put their own in its place, as they must with real Electron. */
function unseen<T>(name: string, answer: T) {
  return (...args: unknown[]): Promise<T> => {
    record(`dialog.${name}`)(...args.filter((arg) => !(arg instanceof BrowserWindow)));
    console.error(
      `[electron-standin] dialog.${name} was not replaced by the test: answering as if cancelled`,
    );
    return Promise.resolve(answer);
  };
}

export const dialog = {
  showOpenDialog: unseen('showOpenDialog', { canceled: true, filePaths: [] as string[] }),
  showSaveDialog: unseen('showSaveDialog', { canceled: true, filePath: '' }),
  showMessageBox: unseen('showMessageBox', { response: 0, checkboxChecked: false }),
  showErrorBox: (title: string, content: string): void => {
    record('dialog.showErrorBox')(title, content);
    console.error(`[electron-standin] ${title}: ${content}`);
  },
};

const recordedAsync =
  <T>(api: string, answer: T) =>
  (...args: unknown[]): Promise<T> => {
    calls.push({ api, args });
    return Promise.resolve(answer);
  };

export const shell = {
  openExternal: recordedAsync('shell.openExternal', undefined),
  openPath: recordedAsync('shell.openPath', ''),
  showItemInFolder: record('shell.showItemInFolder'),
  beep: record('shell.beep'),
};

let clipboardText = '';
export const clipboard = {
  readText: () => clipboardText,
  writeText: (text: string): void => {
    clipboardText = text;
  },
};

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = {
  id: 1,
  bounds: area,
  workArea: area,
  size: area,
  workAreaSize: area,
  scaleFactor: 1,
  rotation: 0,
};

/** One ordinary display. */
export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
  getDisplayMatching: () => display,
  getDisplayNearestPoint: () => display,
});
