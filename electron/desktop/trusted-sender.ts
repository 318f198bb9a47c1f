/** The origin of our own window; everything else is a stranger. */
export const scheme = 'app';
export const host = 'trunkline';
export const origin = `${scheme}://${host}`;
export const startUrl = `${origin}/index.html`;

/** The parts of Electron's IPC event that say who is asking. */
export interface SenderEvent {
  sender: object;
  senderFrame: { url: string; parent: object | null } | null;
}

/** True for addresses that our own protocol serves. */
export function isOwnUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host: asked, username, password } = new URL(url);
  return protocol === `${scheme}:` && asked === host && !username && !password;
}

/**
 * The one check of who may command: the top frame of our own window, showing our own origin.
 *
 * @param contents the window's webContents, asked anew each time: the window can be gone
 */
export const trustedSender =
  (contents: () => object | undefined) =>
  ({ sender, senderFrame }: SenderEvent): boolean =>
    sender === contents() && senderFrame !== null && senderFrame.parent === null && isOwnUrl(senderFrame.url);
