/** A small app that uses everything the stand-in has to offer; its specs run the same on real Electron. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
} from 'electron';

const folder = process.env.EXAMPLE_FOLDER ?? '';
const policy = "default-src 'self' app:; script-src 'self'; style-src 'self' 'unsafe-inline'";
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** What happened, for the specs. */
const log: string[] = [];
Object.assign(globalThis, { lifecycle: log });

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (!app.requestSingleInstanceLock({ hello: 'first' })) {
  console.log('SECOND-INSTANCE-EXIT');
  app.exit(0);
}
app.on('second-instance', (_event, argv, _cwd, data) => {
  log.push(`second-instance:${String(argv.at(-1))}:${JSON.stringify(data)}`);
});
for (const name of ['window-all-closed', 'before-quit', 'will-quit'])
  app.on(name as 'will-quit', () => console.log(`LIFE ${name}`));
app.on('window-all-closed', () => app.quit());

/** One of each kind that a structured clone carries. */
function rich(): object {
  class Point {
    x = 1;
  }
  const value = {
    date: new Date(86_400_000),
    map: new Map<unknown, unknown>([['k', { n: 1 }]]),
    set: new Set([1, 2]),
    bytes: new Uint8Array([1, 2, 255]),
    floats: new Float64Array([1.5, NaN]),
    buffer: Buffer.from('hi'),
    big: 12n ** 20n,
    pattern: /a+/gi,
    nothing: undefined,
    nan: NaN,
    minusZero: -0,
    error: new TypeError('typed'),
    point: new Point(),
  };
  return Object.assign(value, { self: value });
}

function startTicks(sender: Electron.WebContents): void {
  let n = 0;
  const timer = setInterval(() => {
    sender.send('tick', { n: ++n, at: new Date() });
    if (n === 3) clearInterval(timer);
  }, 20);
}

function openStream(sender: Electron.WebContents): void {
  const { port1, port2 } = new MessageChannelMain();
  port1.on('message', ({ data }) => {
    const { count } = data as { count: number };
    for (let i = 0; i < count; i++) port1.postMessage({ bytes: new Uint8Array([i]) });
    port1.postMessage('end');
  });
  port1.on('close', () => log.push('port-closed'));
  port1.start();
  sender.postMessage('stream-port', { kind: 'logs' }, [port2]);
}

ipcMain.handle('greet', (event, name) => `hello ${String(name)} at ${event.senderFrame?.url ?? 'nowhere'}`);
ipcMain.handle('echo', (_event, value: unknown) => value);
ipcMain.handle('rich', rich);
ipcMain.handle('fail', () => {
  throw new RangeError('nope');
});
ipcMain.handle('uncloneable', () => ({ method() {} }));
ipcMain.handle('open-file', async () => {
  const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openFile'] });
  return canceled ? null : filePaths[0];
});
ipcMain.on('start-events', (event) => startTicks(event.sender));
ipcMain.handle('stream', (event) => openStream(event.sender));
ipcMain.on('renderer-port', (event) => {
  const [port] = event.ports;
  port?.on('message', ({ data }) => port.postMessage(`main got ${String(data)}`));
  port?.start();
});

async function serve(request: Request): Promise<Response> {
  const path = normalize(join(folder, decodeURIComponent(new URL(request.url).pathname)));
  if (!path.startsWith(folder + sep)) return new Response('no', { status: 403 });
  const headers = { 'content-type': types[extname(path)] ?? 'application/octet-stream' };
  return new Response(await readFile(path), { headers });
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    show: false,
    webPreferences: { preload: join(folder, 'preload.cjs'), contextIsolation: true, sandbox: true },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.push(`gone:${reason}`);
    window.webContents.reload();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https:')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event) => {
    log.push(`will-navigate:${event.url}`);
    if (!event.url.startsWith('app://bundle/')) event.preventDefault();
  });
  if (process.env.EXAMPLE_MODE === 'file') await window.loadFile(join(folder, 'index.html'));
  else await window.loadURL('app://bundle/index.html');
}

function start(): Promise<void> {
  protocol.handle('app', serve);
  session.defaultSession.webRequest.onHeadersReceived((details, answer) => {
    answer({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [policy] } });
  });
  const ping = () => BrowserWindow.getAllWindows()[0]?.webContents.send('tick', { n: 99, at: new Date() });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'ping', label: 'Ping', click: ping }] }]),
  );
  nativeTheme.on('updated', () => log.push(`theme:${nativeTheme.themeSource}`));
  return openWindow();
}

void app.whenReady().then(start);
