import type { MantineColorSchemeManager } from '@mantine/core';
import type { PreferencesStore } from '../store/preferences';

/**
 * The colour scheme follows the preference `theme`; Mantine's own manager would keep a second truth in
 * localStorage. Mantine itself resolves `auto` by the system and follows its changes.
 */
export function preferenceColorScheme(preferences: PreferencesStore): MantineColorSchemeManager {
  let end = () => {};
  return {
    get: () => preferences.getState().theme,
    set: () => {},
    subscribe: (onUpdate) => {
      end = preferences.subscribe((now, before) => {
        if (now.theme !== before.theme) onUpdate(now.theme);
      });
    },
    unsubscribe: () => end(),
    clear: () => {},
  };
}
