import { useCallback } from 'react';
import type { Preferences } from '../../shared/model';
import { useApp } from './context';

/** Keeps a preference: shown at once, stored by the main process, which tells every other window. */
export function useSetPreferences(): (patch: Partial<Preferences>) => void {
  const { api, stores } = useApp();
  return useCallback(
    (patch) => {
      stores.preferences.setState(patch);
      void api.invoke('preferences.set', patch);
    },
    [api, stores],
  );
}
