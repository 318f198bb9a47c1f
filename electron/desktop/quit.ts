import type { App } from 'electron';

/** How long the console may take to end its streams and write its files. Milliseconds. */
const patienceMs = 5_000;

/**
 * Holds the app's end back until `dispose` is done, but not for ever: an engine that hangs must not keep a window on
 * the screen.
 */
export function disposeBeforeQuit(
  app: Pick<App, 'on' | 'quit'>,
  dispose: () => Promise<void>,
  report: (error: unknown) => void,
): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  const end = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        report(new Error(`The console did not end within ${String(patienceMs)} ms; quitting without it.`));
        resolve();
      }, patienceMs);
    });
    await Promise.race([dispose().catch(report), tooLate]);
    clearTimeout(timer);
    state = 'ended';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'running') {
      state = 'ending';
      void end();
    }
  });
}
