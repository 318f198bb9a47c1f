import type { ExampleApi } from './api';

declare global {
  interface Window {
    api: ExampleApi;
  }
}

const on = (id: string, action: () => unknown) =>
  document.getElementById(id)?.addEventListener('click', () => void action());

function show(text: unknown): void {
  const out = document.getElementById('out');
  if (out) out.textContent = String(text);
}

on('greet', async () => show(await window.api.greet('world')));
on('file', async () => show(await window.api.openFile()));

on('events', () => {
  const stop = window.api.onTick((tick) => {
    const item = document.createElement('li');
    item.textContent = `tick ${String(tick.n)} ${String(tick.at instanceof Date)}`;
    document.getElementById('ticks')?.append(item);
    if (tick.n === 3) stop();
  });
  window.api.startEvents();
});

on('stream', () => {
  window.addEventListener('message', (event: MessageEvent<{ type?: string }>) => {
    const port = event.data.type === 'stream-port' ? event.ports[0] : undefined;
    if (port) count(port);
  });
  void window.api.stream();
});

/** Adds up what comes through the port until it says that it is done. */
function count(port: MessagePort): void {
  let bytes = 0;
  port.onmessage = (event: MessageEvent<{ bytes: Uint8Array } | 'end'>) => {
    if (event.data === 'end') {
      show(`stream ${String(bytes)}`);
      port.close();
    } else bytes += event.data.bytes.length;
  };
  port.postMessage({ count: 500 });
}
