import { app, dialog, type BrowserWindow } from 'electron';
import type { MenuLabels } from './menu-labels';

/** Two crashes within this time are not chance. Milliseconds. */
const soonMs = 60_000;

/** A crashed page is loaded anew; one that crashes again soon is not, unless the user says so. */
export function recoverFromCrashes(
  window: BrowserWindow,
  labels: () => MenuLabels,
  report: (error: unknown) => void,
): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    report(new Error(`The window's process is gone: ${reason} (${String(exitCode)})`));
    const soon = performance.now() - last < soonMs;
    last = performance.now();
    if (!soon) window.webContents.reload();
    else void ask(window, labels()).catch(report);
  });
}

async function ask(window: BrowserWindow, labels: MenuLabels): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: labels.crashTitle,
    message: labels.crashTitle,
    detail: labels.crashMessage,
    buttons: [labels.crashReload, labels.crashQuit],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) window.webContents.reload();
}
