import { app, Menu, shell, type BrowserWindow } from 'electron';
import { push } from './ipc';
import type { MenuLabels } from './menu-labels';
import { menuTemplate } from './menu-template';
import { openExternal } from './security';
import { zoomBy } from './window';
import type { WindowStateFile } from './window-state-file';

const documentation = 'https://docs.docker.com/engine/network/drivers/macvlan/';

/** Puts the application menu up; again, with other labels, when the language changes. */
export function installMenu(
  window: BrowserWindow,
  file: WindowStateFile,
  labels: MenuLabels,
  readOnly: boolean,
): void {
  const template = menuTemplate({
    labels,
    mac: process.platform === 'darwin',
    readOnly,
    development: !app.isPackaged,
    commands: {
      action: (action) => push(window, 'menu.action', { action }),
      zoom: (step) => zoomBy(window, file, step),
      reload: () => window.webContents.reload(),
      devTools: () => window.webContents.toggleDevTools(),
      openDocumentation: () => void openExternal(shell, documentation),
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
