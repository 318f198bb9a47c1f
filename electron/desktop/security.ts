import type { App, Session, Shell, WebContents } from 'electron';
import { isOwnUrl } from './trusted-sender';

/** Documentation that the window links to; everything else stays closed. */
export const externalPrefixes = ['https://docs.docker.com/'] as const;

/** Compared after parsing: `https://docs.docker.com@elsewhere/` and the like are not what they look like. */
export const isAllowedExternal = (url: string): boolean =>
  URL.canParse(url) && externalPrefixes.some((prefix) => new URL(url).href.startsWith(prefix));

type Opener = Pick<Shell, 'openExternal'>;

/** Opens an address in the user's browser if it is on the list; says whether it was. */
export function openExternal(shell: Opener, url: string): boolean {
  if (!isAllowedExternal(url)) return false;
  // A desktop without a browser rejects: nothing more can be done about it here.
  shell.openExternal(new URL(url).href).catch(() => undefined);
  return true;
}

function guardContents(contents: WebContents, shell: Opener): void {
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(shell, url);
    return { action: 'deny' };
  });
  const stay = (event: { preventDefault(): void; url: string }): void => {
    if (isOwnUrl(event.url)) return;
    event.preventDefault();
    openExternal(shell, event.url);
  };
  contents.on('will-navigate', stay);
  // Comes before will-navigate, which has to hear of the top frame's links to open the allowed ones elsewhere.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The only thing a page of ours may ask for: to copy an address or a command that is on the screen. */
const granted = 'clipboard-sanitized-write';

/** Navigation, new windows, webviews and permissions: denied, for every page that this process will ever show. */
export function secure(app: Pick<App, 'on'>, session: Session, shell: Opener): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, shell));
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(permission === granted && isOwnUrl(requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => permission === granted && isOwnUrl(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}
