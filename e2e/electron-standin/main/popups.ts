import type { Events } from './cdp';
import { cdp, windows } from './registry';
import type { WebContents } from './web-contents';

/** Targets of ours that Chromium is still making: until then they look like popups. */
export const creating = new Set<Promise<unknown>>();

/**
 * A page that we did not create is a popup, from `target=_blank` for one. It is still paused: it is closed, and the
 * window that asked for it decides, as Electron has it.
 */
export async function adoptTarget({
  sessionId,
  targetInfo,
}: Events['Target.attachedToTarget']): Promise<void> {
  const resume = () =>
    cdp()
      .send('Runtime.runIfWaitingForDebugger', {}, sessionId)
      .catch(() => undefined);
  await Promise.allSettled([...creating]);
  const all = [...windows.values()];
  if (all.some((window) => window.targetId === targetInfo.targetId)) return void resume();
  const opener = openerOf(
    all.map((window) => window.webContents),
    targetInfo.openerId ?? targetInfo.openerFrameId,
  );
  if (!opener) return void resume();
  cdp()
    .send('Target.closeTarget', { targetId: targetInfo.targetId })
    .catch(() => undefined);
  opener.windowRequested(targetInfo.url || (opener.takeRequestedUrl() ?? ''), '', '');
}

function openerOf(all: WebContents[], openerId?: string): WebContents | undefined {
  return (
    all.find((contents) => contents.targetId === openerId) ??
    all.find((contents) => contents.hasRequestedUrl())
  );
}
