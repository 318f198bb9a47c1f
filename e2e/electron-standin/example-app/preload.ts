import { contextBridge, ipcRenderer } from 'electron';
import type { ExampleApi, Tick } from './api';

function requireError(name: string): string {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- whether this works is what the spec asks
    require(name);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const api: ExampleApi = {
  platform: process.platform,
  fsError: requireError(['f', 's'].join('')),
  when: new Date(5),
  add: (a, b) => a + b,
  boom: () => {
    throw new TypeError('sync boom');
  },
  greet: (name) => ipcRenderer.invoke('greet', name),
  echo: (value) => ipcRenderer.invoke('echo', value),
  rich: () => ipcRenderer.invoke('rich'),
  fail: () => ipcRenderer.invoke('fail'),
  uncloneable: () => ipcRenderer.invoke('uncloneable'),
  openFile: () => ipcRenderer.invoke('open-file'),
  sendFunction: () => ipcRenderer.send('anything', () => 1),
  startEvents: () => ipcRenderer.send('start-events'),
  onTick: (listener) => {
    const heard = (_event: unknown, tick: Tick) => listener(tick);
    ipcRenderer.on('tick', heard);
    return () => void ipcRenderer.off('tick', heard);
  },
  stream: () => ipcRenderer.invoke('stream'),
  sendPort: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data as string);
      ipcRenderer.postMessage('renderer-port', null, [port2]);
      port1.postMessage('ping');
    }),
};

contextBridge.exposeInMainWorld('api', api);
// The way that Electron documents for handing a port on to the page.
ipcRenderer.on('stream-port', (event, message) => {
  window.postMessage({ type: 'stream-port', message: message as unknown }, '*', event.ports);
});
