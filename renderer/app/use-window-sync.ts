import { useEffect } from 'react';
import { syncStores } from '../store/sync';
import { useUndoLast } from '../context/change/use-undo';
import { useApp } from '../context/context';
import { dialogs } from '../views/features';
import { changesByKey, commandOf, isTyping, runCommand, type Command } from './keys';
import { useSetPreferences } from '../context/preferences';

/** Keeps the stores in step with the main process, and carries out keys and menu entries, while the window lives. */
export function useWindowSync(): void {
  const { api, stores, info } = useApp();
  const set = useSetPreferences();
  const undo = useUndoLast();

  useEffect(() => {
    const run = (command: Command) =>
      runCommand(command, stores, {
        setView: (view) => set({ view }),
        undo,
      });
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || stores.ui.getState().dialog) return;
      const command = commandOf(event);
      if (!command || (changesByKey(command) && info.readOnly)) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener('keydown', onKey);
    const end = syncStores(api, stores, run);
    // What is not offered can't be asked for by a key or the application menu either.
    const endGuard = stores.ui.subscribe(({ dialog }) => {
      if (info.readOnly && dialog && dialogs[dialog.kind].changes) stores.ui.setState({ dialog: null });
    });
    return () => {
      window.removeEventListener('keydown', onKey);
      end();
      endGuard();
    };
  }, [api, stores, info, set, undo]);
}
