import {
  commands,
  type DesktopHandlers,
  type PushData,
  type PushName,
  type ServedHandlers,
} from '../../shared/contract';
import { fail, type Result } from '../../shared/model';
import { problem } from '../../shared/texts';
import { dispatch, type ReportUnexpected } from '../services/dispatch';
import { commandChannel, pushChannel } from './channels';
import type { SenderEvent } from './trusted-sender';

/** The part of Electron's `ipcMain` that is used. */
export interface IpcServer {
  handle(channel: string, listener: (event: SenderEvent, input: unknown) => Promise<unknown>): void;
  removeHandler(channel: string): void;
}

const stranger = problem('unauthorized', { context: 'window' });

/**
 * Serves every command of the contract on a channel of its own. Answers are results; nothing rejects.
 *
 * @param isTrusted asked for each call, before its input is looked at
 * @returns takes the channels down again
 */
export function serveIpc(
  ipcMain: IpcServer,
  handlers: ServedHandlers & DesktopHandlers,
  isTrusted: (event: SenderEvent) => boolean,
  report: ReportUnexpected,
): () => void {
  const names = Object.keys(commands);
  for (const name of names) {
    ipcMain.handle(commandChannel(name), async (event, input): Promise<Result<unknown>> => {
      return isTrusted(event) ? dispatch(handlers, name, input, report) : fail(stranger);
    });
  }
  return () => {
    for (const name of names) ipcMain.removeHandler(commandChannel(name));
  };
}

/** The part of Electron's `BrowserWindow` that pushes go to. */
export interface PushTarget {
  isDestroyed(): boolean;
  webContents: { isCrashed(): boolean; send(channel: string, data: unknown): void };
}

/** Tells the window something unasked; one that is gone or crashed hears nothing. */
export function push<N extends PushName>(window: PushTarget, name: N, data: PushData<N>): void {
  if (!window.isDestroyed() && !window.webContents.isCrashed())
    window.webContents.send(pushChannel(name), data);
}

type Subscribe = (listener: <N extends PushName>(name: N, data: PushData<N>) => void) => () => void;

/**
 * Everything that the console says goes to the window.
 *
 * @returns ends it
 */
export const forwardPushes = (window: PushTarget, subscribe: Subscribe): (() => void) =>
  subscribe((name, data) => push(window, name, data));
