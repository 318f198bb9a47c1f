import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultPreferences, type Preferences } from '../../shared/model';

export type PreferencesStore = StoreApi<Preferences>;

export const createPreferencesStore = (): PreferencesStore =>
  createStore<Preferences>(() => defaultPreferences);
