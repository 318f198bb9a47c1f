import type { MenuAction } from '../../shared/contract';
import type { Stores } from '../store';

/** What a key or a menu entry asks of the window. */
export type Command = MenuAction | 'topology' | 'table' | 'segments' | 'undo';

/** True where letters are text and not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
  );
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const plain: Readonly<Record<string, Command>> = {
  '/': 'search',
  '?': 'shortcuts',
  g: 'topology',
  t: 'table',
  n: 'new-network',
  l: 'change-log',
  h: 'hosts',
  s: 'segments',
};

/** The command of a key press, if it has one. `f`, `a`, `d`, `e` belong to the views. */
export function commandOf(key: Key): Command | null {
  if (key.altKey) return null;
  if (key.ctrlKey || key.metaKey) return key.key.toLowerCase() === 'z' && !key.shiftKey ? 'undo' : null;
  return plain[key.key] ?? null;
}

interface Means {
  setView: (view: 'topology' | 'table') => void;
  undo: () => void;
}

/** Carries a command out. */
export function runCommand(command: Command, { ui, preferences }: Stores, means: Means): void {
  switch (command) {
    case 'search':
      return ui.setState((state) => ({ searchRequests: state.searchRequests + 1 }));
    case 'fit':
      return ui.setState((state) => ({ fitRequests: state.fitRequests + 1 }));
    case 'toggle-view':
      return means.setView(preferences.getState().view === 'table' ? 'topology' : 'table');
    case 'topology':
    case 'table':
      return means.setView(command);
    case 'new-network':
    case 'shortcuts':
    case 'change-log':
      return ui.setState({ dialog: { kind: command } });
    case 'hosts':
      return ui.setState({ dialog: { kind: 'engines' } });
    case 'segments':
      return ui.setState((state) => ({ segmentsOpen: !state.segmentsOpen }));
    case 'undo':
      return means.undo();
  }
}
