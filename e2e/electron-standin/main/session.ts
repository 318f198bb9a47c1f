import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addScheme } from './schemes';

type Handler = (request: Request) => Response | Promise<Response>;
type HookAnswer = {
  cancel?: boolean;
  redirectURL?: string;
  responseHeaders?: Record<string, string | string[]>;
};
type Hook = (details: object, answer: (result?: HookAnswer) => void) => void;

const handlers = new Map<string, Handler>();
let isReady = () => false;

/** Told by the app, which can't be imported from here without a cycle. */
export const setReadyCheck = (check: () => boolean): void => {
  isReady = check;
};

export const handlerFor = (url: string): Handler | undefined =>
  handlers.get(new URL(url).protocol.slice(0, -1));

export const protocol = {
  registerSchemesAsPrivileged(list: { scheme: string }[]): void {
    if (isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of list) addScheme(scheme);
  },
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    addScheme(scheme);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): void => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};

const mimeTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export const net = {
  isOnline: () => true,
  /** Like the global fetch, and reads `file:` as Electron's does. */
  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('file:')) return fetch(input, init);
    const path = fileURLToPath(url);
    const body = await readFile(path).catch(() => {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    });
    const type = mimeTypes[extname(path)] ?? 'application/octet-stream';
    return new Response(body, { headers: { 'content-type': type } });
  },
};

const hooks = new Map<string, Hook>();

export const hasHook = (name: string): boolean => hooks.has(name);

/** What the app's webRequest listener says of a request; {} where it has none. */
export const askHook = (name: string, details: object): Promise<HookAnswer> =>
  new Promise((resolve) => {
    const hook = hooks.get(name);
    if (hook) hook(details, (answer) => resolve(answer ?? {}));
    else resolve({});
  });

function hookSetter(name: string) {
  return (filterOrHook: object | Hook | null, hook?: Hook | null): void => {
    const chosen = typeof filterOrHook === 'function' ? (filterOrHook as Hook) : hook;
    if (chosen) hooks.set(name, chosen);
    else hooks.delete(name);
  };
}

/** The permission handlers that the app set. Headless Chromium asks for nothing, so tests call them by this. */
export const permissionHandlers: { request?: unknown; check?: unknown; device?: unknown } = {};

const defaultSession = Object.assign(new EventEmitter(), {
  protocol,
  webRequest: {
    onBeforeRequest: hookSetter('onBeforeRequest'),
    onHeadersReceived: hookSetter('onHeadersReceived'),
  },
  setPermissionRequestHandler: (handler: unknown): void => void (permissionHandlers.request = handler),
  setPermissionCheckHandler: (handler: unknown): void => void (permissionHandlers.check = handler),
  setDevicePermissionHandler: (handler: unknown): void => void (permissionHandlers.device = handler),
  setSpellCheckerEnabled: (): void => undefined,
  clearStorageData: (): Promise<void> => Promise.resolve(),
  clearCache: (): Promise<void> => Promise.resolve(),
});

export const session = {
  defaultSession,
  fromPartition(): never {
    throw new Error('electron-standin: there is only session.defaultSession');
  },
};
