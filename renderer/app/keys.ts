import type { CommandRow, WindowMeans } from '../context/feature';
import type { Stores } from '../store';
import { commands } from '../views/features';

/** What belongs to no feature alone. */
const own = {
  'toggle-view': {
    run: ({ stores, setView }) =>
      setView(stores.preferences.getState().view === 'table' ? 'topology' : 'table'),
  },
} as const satisfies Record<string, CommandRow>;

/** What a key or a menu entry asks of the window. */
export type Command = keyof typeof own | keyof typeof commands;

const all: Readonly<Record<Command, CommandRow>> = { ...own, ...commands };

/** True where letters are text and not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
  );
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const isFor = ({ key, mod = false }: CommandRow, pressed: Key): boolean =>
  pressed.ctrlKey || pressed.metaKey
    ? mod && !pressed.shiftKey && pressed.key.toLowerCase() === key
    : !mod && pressed.key === key;

/** The command of a key press, if it has one. `f`, `a`, `d`, `e` belong to the views. */
export function commandOf(pressed: Key): Command | null {
  if (pressed.altKey) return null;
  return (Object.keys(all) as Command[]).find((command) => isFor(all[command], pressed)) ?? null;
}

/** Whether a command is there to change an engine: a read-only console carries none of those out. */
export const changesByKey = (command: Command): boolean => all[command].changes ?? false;

/** Carries a command out. */
export function runCommand(command: Command, stores: Stores, means: Omit<WindowMeans, 'stores'>): void {
  all[command].run({ stores, ...means });
}
