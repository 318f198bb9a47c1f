import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  defaultPreferences,
  type AppInfo,
  type EngineConfigList,
  type Preferences,
  type Snapshot,
} from '../../shared/model';
import { createStores, type Stores } from '../store';
import { Root } from '../app/Root';
import { createFakeApi, type FakeApi } from './fake-api';

interface Options {
  overrides?: Parameters<typeof createFakeApi>[1];
  preferences?: Partial<Preferences>;
  /** How the engines are configured; all by command line unless told. */
  engines?: EngineConfigList;
  info?: Partial<AppInfo>;
}

/** The whole window over a fake API, in the table view unless told otherwise. */
export function renderWindow(
  snapshot: Snapshot,
  { overrides = {}, preferences = {}, engines, info = {} }: Options = {},
): { api: FakeApi; stores: Stores; user: ReturnType<typeof userEvent.setup> } {
  let kept: Preferences = { ...defaultPreferences, view: 'table', language: 'en', ...preferences };
  const api = createFakeApi(
    snapshot,
    {
      'preferences.get': () => ({ ok: true, value: kept }),
      'preferences.set': (patch) => {
        kept = { ...kept, ...patch };
        return { ok: true, value: kept };
      },
      ...overrides,
    },
    engines,
  );
  const stores = createStores();
  stores.preferences.setState(kept, true);
  const user = userEvent.setup();
  render(
    <Root
      api={api}
      stores={stores}
      info={{
        ...{ version: '0', transport: 'web', demo: false, readOnly: false, locale: 'en', platform: 'linux' },
        ...info,
      }}
    />,
  );
  return { api, stores, user };
}
