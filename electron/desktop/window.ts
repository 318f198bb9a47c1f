import { existsSync } from 'node:fs';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { commands, pushNames } from '../../shared/contract';
import { namesToArguments } from './channels';
import { placeWindow, smallestWindow, type Bounds } from './window-state';
import type { WindowStateFile } from './window-state-file';

/** What is seen before the page has painted; the page's own two backgrounds. */
const backgrounds = { dark: '#1a1b1e', light: '#f8f9fa' };
const background = (): string => (nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light);

function workAreas(): [Bounds, ...Bounds[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary.workArea, ...others.map(({ workArea }) => workArea)];
}

/** Writes down where the window is and how large, as long as it lives. */
function remember(window: BrowserWindow, file: WindowStateFile): void {
  const note = (): void => {
    if (window.isMinimized() || window.isFullScreen()) return;
    file.update({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  window.on('resize', note);
  window.on('move', note);
  window.on('maximize', note);
  window.on('unmaximize', note);
  window.on('close', () => {
    note();
    file.flush();
  });
}

/** Makes the one window, hidden until its first picture is ready. It loads nothing yet. */
export function createWindow(
  preloadPath: string,
  file: WindowStateFile,
  icon: string | undefined,
): BrowserWindow {
  const { bounds, maximized } = file.state;
  const window = new BrowserWindow({
    ...placeWindow(bounds, workAreas()),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Trunkline',
    backgroundColor: background(),
    ...(icon && existsSync(icon) ? { icon } : {}),
    webPreferences: {
      preload: preloadPath,
      additionalArguments: namesToArguments({ commands: Object.keys(commands), pushes: pushNames }),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // Chromium keeps zoom per host, in its profile: ours is set for each document, before it paints.
  window.webContents.on('did-navigate', () => window.webContents.setZoomLevel(file.state.zoom));
  remember(window, file);
  followTheme(window);
  return window;
}

function followTheme(window: BrowserWindow): void {
  const repaint = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
}

/** One level is a factor of 1.2; `null` goes back to 100 %. */
export function zoomBy(window: BrowserWindow, file: WindowStateFile, step: number | null): void {
  const zoom = step === null ? 0 : Math.max(-4, Math.min(5, file.state.zoom + step));
  window.webContents.setZoomLevel(zoom);
  file.update({ zoom });
}

/** Brings the window before the user, from wherever it is. */
export function present(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
