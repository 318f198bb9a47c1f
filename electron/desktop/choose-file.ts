import { access } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { BaseWindow, Dialog, FileFilter, OpenDialogOptions } from 'electron';
import type { CommandArgs, CommandOutput } from '../../shared/contract';
import type { FileKind } from '../../shared/model';
import type { MenuLabels } from './menu-labels';

export interface ChooserContext<W extends Pick<BaseWindow, 'isDestroyed'>> {
  /** Electron's, looked at for each call. */
  dialog: { showOpenDialog(window: W, options: OpenDialogOptions): ReturnType<Dialog['showOpenDialog']> };
  /** Whose sheet the dialog is: modal to it, and gone with it. */
  window: W;
  /** The admin's home folder. */
  home: string;
  labels(): MenuLabels;
}

type Chosen = CommandOutput<'files.choose'>;

/** Docker's own names for the files of TLS, wherever they lie. */
const dockerNames = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' } as const;

const titles = {
  ca: 'chooseCa',
  cert: 'chooseCert',
  key: 'chooseKey',
  keyFile: 'chooseKeyFile',
} as const satisfies Record<FileKind, keyof MenuLabels>;

/** Extensions that such files mostly have. Keys of SSH have none, so nothing is filtered there. */
function filtersFor(kind: FileKind, labels: MenuLabels): FileFilter[] {
  if (kind === 'keyFile') return [];
  const usual =
    kind === 'key'
      ? { name: labels.keys, extensions: ['pem', 'key'] }
      : { name: labels.certificates, extensions: ['pem', 'crt', 'cer'] };
  return [usual, { name: labels.allFiles, extensions: ['*'] }];
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function firstThatExists(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await exists(path)) return path;
  return undefined;
}

/** At the file that the field names, else in its folder, else where such files usually are. */
function placeFor(kind: FileKind, current: string, home: string): Promise<string | undefined> {
  const written = current.trim();
  const path = written.startsWith('~/') ? join(home, written.slice(2)) : written;
  const near = isAbsolute(path) ? [path, dirname(path)] : [];
  return firstThatExists([...near, join(home, kind === 'keyFile' ? '.ssh' : '.docker'), home]);
}

/** What lies beside a file of TLS by Docker's names, where it has Docker's name itself: other names may be other pairs. */
async function besideOf(kind: FileKind, path: string): Promise<Chosen['beside']> {
  if (kind === 'keyFile' || basename(path) !== dockerNames[kind]) return {};
  const files = Object.entries(dockerNames).map(([name, file]) => [name, join(dirname(path), file)] as const);
  const there = await Promise.all(files.map(([, file]) => exists(file)));
  return Object.fromEntries(files.filter(([name], at) => there[at] && name !== kind));
}

/**
 * Asks for a file by the system's own dialog. Sockets are not asked for: those that exist are offered as candidates, and
 * dialogs of several systems don't let one be chosen.
 */
export function fileChooser<W extends Pick<BaseWindow, 'isDestroyed'>>(context: ChooserContext<W>) {
  const nothing: Chosen = { path: null, beside: {} };
  let open = false;

  const ask = async (kind: FileKind, current: string): Promise<Chosen> => {
    const { dialog, window, home } = context;
    const labels = context.labels();
    const title = labels[titles[kind]];
    const defaultPath = await placeFor(kind, current, home);
    if (window.isDestroyed()) return nothing;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title,
      // macOS shows no title on a sheet.
      message: title,
      buttonLabel: labels.choose,
      ...(defaultPath === undefined ? {} : { defaultPath }),
      filters: filtersFor(kind, labels),
      // ~/.docker and ~/.ssh are hidden folders, and what is secret has no place among the recent documents.
      properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
    });
    const [path] = filePaths;
    return canceled || path === undefined ? nothing : { path, beside: await besideOf(kind, path) };
  };

  return async ({ kind, current }: CommandArgs<'files.choose'>): Promise<Chosen> => {
    // Where the system does not hold the window back, a second click must not open a second dialog.
    if (open) return nothing;
    open = true;
    try {
      return await ask(kind, current);
    } finally {
      open = false;
    }
  };
}
