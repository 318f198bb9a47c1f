import { encode } from '../codec/encode';
import { WorldBridge } from './bridge';
import { EventEmitter } from './emitter';
import { IpcRenderer } from './ipc-renderer';
import { bindingName, receiverName, type ToMain, type WorldConfig } from './messages';

type Preload = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
  global: typeof globalThis,
) => void;

function contextBridge(bridge: WorldBridge) {
  const exposed = new Set<string>();
  return {
    exposeInMainWorld(key: string, api: unknown): void {
      if (exposed.has(key))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(key);
      bridge.expose(key, api);
    },
  };
}

/** The modules that Electron lets a sandboxed preload require; there are no others. */
function sandboxedRequire(electron: object): (name: string) => unknown {
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: globalThis,
    url: { URL, URLSearchParams },
  };
  return (name) => {
    const plain = name.replace(/^node:/, '');
    if (Object.hasOwn(modules, plain)) return modules[plain];
    throw new Error(`module not found: ${name}`);
  };
}

/** Takes main's channel out of the global object, where the preload would see it. */
function takeBinding(): (message: ToMain) => void {
  const globals = globalThis as unknown as Record<string, (text: string) => void>;
  const send = globals[bindingName];
  Reflect.deleteProperty(globals, bindingName);
  return (message) => send?.(JSON.stringify(message));
}

/** Runs the preload in the isolated world of each new top-level document. */
export function start(config: WorldConfig, preload: Preload | null): void {
  if (window !== window.top) return;
  const post = takeBinding();
  const ipcRenderer = new IpcRenderer(post);
  Object.assign(globalThis, { [receiverName]: (text: string) => ipcRenderer.receive(text) });
  const bridge = new WorldBridge(config.secret, 'I', 'M', () => undefined);
  window.addEventListener(
    `${config.secret}open`,
    (event) => {
      post({
        type: 'open',
        ...((event as CustomEvent).detail as { url: string; frameName: string; features: string }),
      });
    },
    true,
  );
  const require = sandboxedRequire({
    contextBridge: contextBridge(bridge),
    ipcRenderer,
    webFrame: { setZoomFactor: () => undefined, getZoomFactor: () => 1 },
  });
  const process = { ...config.process, env: {}, type: 'renderer', sandboxed: true, contextIsolated: true };
  const module = { exports: {} };
  try {
    preload?.call(module.exports, require, module, module.exports, process, globalThis);
  } catch (error) {
    console.error(`Unable to load preload script: ${config.preload}`, error);
    post({ type: 'preload-error', data: encode(error) });
  }
}
