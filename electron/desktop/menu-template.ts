import type { MenuItemConstructorOptions } from 'electron';
import type { MenuAction } from '../../shared/contract';
import type { MenuLabels } from './menu-labels';

/** What the menu sets off. */
export interface MenuCommands {
  action(action: MenuAction): void;
  zoom(step: number | null): void;
  reload(): void;
  devTools(): void;
  openDocumentation(): void;
}

export interface MenuOptions {
  labels: MenuLabels;
  commands: MenuCommands;
  mac: boolean;
  /** Nothing can be changed: nothing that would be asked for. */
  readOnly: boolean;
  /** Reload is for those who build Trunkline: it loses what is half typed. */
  development: boolean;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

const appMenu = ({ labels }: MenuOptions): Item => ({
  role: 'appMenu',
  submenu: [
    { role: 'about', label: labels.about },
    separator,
    { role: 'services', label: labels.services },
    separator,
    { role: 'hide', label: labels.hide },
    { role: 'hideOthers', label: labels.hideOthers },
    { role: 'unhide', label: labels.showAll },
    separator,
    { role: 'quit', label: labels.quit },
  ],
});

const fileMenu = ({ labels, commands, mac, readOnly }: MenuOptions): Item => ({
  id: 'file',
  label: labels.file,
  submenu: [
    {
      id: 'new-network',
      enabled: !readOnly,
      label: labels.newNetwork,
      accelerator: 'CmdOrCtrl+N',
      click: () => commands.action('new-network'),
    },
    {
      id: 'hosts',
      label: labels.hosts,
      // Not Cmd+H, which hides the app on a Mac.
      accelerator: 'CmdOrCtrl+Shift+H',
      click: () => commands.action('hosts'),
    },
    {
      id: 'change-log',
      label: labels.changeLog,
      accelerator: 'CmdOrCtrl+L',
      click: () => commands.action('change-log'),
    },
    separator,
    mac ? { role: 'close', label: labels.closeWindow } : { id: 'quit', role: 'quit', label: labels.quit },
  ],
});

const editMenu = ({ labels, commands }: MenuOptions): Item => ({
  id: 'edit',
  label: labels.edit,
  submenu: [
    { role: 'undo', label: labels.undo },
    { role: 'redo', label: labels.redo },
    separator,
    { role: 'cut', label: labels.cut },
    { role: 'copy', label: labels.copy },
    { role: 'paste', label: labels.paste },
    { role: 'selectAll', label: labels.selectAll },
    separator,
    {
      id: 'search',
      label: labels.search,
      accelerator: 'CmdOrCtrl+F',
      click: () => commands.action('search'),
    },
  ],
});

const viewMenu = ({ labels, commands, development }: MenuOptions): Item => ({
  id: 'view',
  label: labels.view,
  submenu: [
    {
      id: 'subnets',
      label: labels.subnets,
      accelerator: 'CmdOrCtrl+I',
      click: () => commands.action('subnets'),
    },
    separator,
    { id: 'fit', label: labels.fit, accelerator: 'CmdOrCtrl+1', click: () => commands.action('fit') },
    {
      id: 'toggle-view',
      label: labels.toggleView,
      accelerator: 'CmdOrCtrl+T',
      click: () => commands.action('toggle-view'),
    },
    separator,
    // Not Electron's own roles: the level is kept in window.json.
    { id: 'zoom-in', label: labels.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => commands.zoom(1) },
    // The same key without Shift, as on most keyboards.
    { label: labels.zoomIn, accelerator: 'CmdOrCtrl+=', visible: false, click: () => commands.zoom(1) },
    { id: 'zoom-out', label: labels.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => commands.zoom(-1) },
    {
      id: 'zoom-reset',
      label: labels.actualSize,
      accelerator: 'CmdOrCtrl+0',
      click: () => commands.zoom(null),
    },
    { role: 'togglefullscreen', label: labels.fullScreen },
    separator,
    ...(development
      ? [{ id: 'reload', label: labels.reload, accelerator: 'CmdOrCtrl+R', click: () => commands.reload() }]
      : []),
    {
      id: 'dev-tools',
      label: labels.devTools,
      accelerator: 'CmdOrCtrl+Shift+I',
      click: () => commands.devTools(),
    },
  ],
});

const windowMenu = ({ labels, mac }: MenuOptions): Item => ({
  role: 'window',
  id: 'window',
  label: labels.window,
  submenu: [
    { role: 'minimize', label: labels.minimize },
    ...(mac
      ? [
          { role: 'zoom' as const, label: labels.zoomWindow },
          separator,
          { role: 'front' as const, label: labels.front },
        ]
      : [{ role: 'close' as const, label: labels.closeWindow }]),
  ],
});

const helpMenu = ({ labels, commands, mac }: MenuOptions): Item => ({
  role: 'help',
  id: 'help',
  label: labels.help,
  submenu: [
    {
      id: 'shortcuts',
      label: labels.shortcuts,
      accelerator: 'CmdOrCtrl+/',
      click: () => commands.action('shortcuts'),
    },
    { id: 'documentation', label: labels.documentation, click: () => commands.openDocumentation() },
    ...(mac ? [] : [separator, { role: 'about' as const, label: labels.about }]),
  ],
});

/** The application menu, as Electron's `Menu.buildFromTemplate` takes it. */
export const menuTemplate = (options: MenuOptions): Item[] => [
  ...(options.mac ? [appMenu(options)] : []),
  fileMenu(options),
  editMenu(options),
  viewMenu(options),
  windowMenu(options),
  helpMenu(options),
];
