import type { TrunklineApi } from '../../shared/contract';
import { inertApi } from './inert';
import { createWebClient, signOut } from './web-client';

declare global {
  interface Window {
    /** Exposed by the preload script; absent in a browser. */
    trunkline?: TrunklineApi;
  }
}

/** The one place that reads the exposed API: Electron's preload, or HTTP and WebSocket in a browser. */
export const connectApi = (): TrunklineApi => inertApi(window.trunkline ?? createWebClient(window.location));

/** Only where the console asks for a password: `AppInfo.remote`. */
export const signOutHere = (): Promise<void> => signOut(window.location);
