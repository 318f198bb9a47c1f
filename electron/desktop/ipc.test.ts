import { describe, expect, it, vi } from 'vitest';
import { commands, type CommandHandlers } from '../../shared/contract';
import { defaultPreferences, ProblemError } from '../../shared/model';
import { commandChannel } from './channels';
import { forwardPushes, serveIpc, type IpcServer } from './ipc';
import { trustedSender, type SenderEvent } from './trusted-sender';

type Listener = (event: SenderEvent, input: unknown) => Promise<unknown>;

class FakeIpcMain implements IpcServer {
  readonly listeners = new Map<string, Listener>();
  handle(channel: string, listener: Listener) {
    this.listeners.set(channel, listener);
  }
  removeHandler(channel: string) {
    this.listeners.delete(channel);
  }
}

const contents = {};
const own: SenderEvent = {
  sender: contents,
  senderFrame: { url: 'app://trunkline/index.html', parent: null },
};

function serve(handlers: Partial<CommandHandlers>) {
  const ipcMain = new FakeIpcMain();
  const report = vi.fn();
  const stop = serveIpc(
    ipcMain,
    handlers as CommandHandlers,
    trustedSender(() => contents),
    report,
  );
  const call = (name: string, input: unknown, event = own) =>
    ipcMain.listeners.get(commandChannel(name))!(event, input);
  return { ipcMain, report, stop, call };
}

describe('serveIpc', () => {
  it('has one channel for each command of the contract, and none after it was stopped', () => {
    const { ipcMain, stop } = serve({});
    expect([...ipcMain.listeners.keys()]).toEqual(Object.keys(commands).map(commandChannel));
    stop();
    expect(ipcMain.listeners.size).toBe(0);
  });

  it('gives handlers the parsed input, defaults filled in', async () => {
    const list = vi.fn().mockResolvedValue([]);
    const { call } = serve({ 'change.list': list });
    expect(await call('change.list', undefined)).toEqual({ ok: true, value: [] });
    expect(list).toHaveBeenCalledWith({ limit: 100, undo: false, find: '' });
  });

  it('answers bad input with the field at fault and runs nothing', async () => {
    const apply = vi.fn();
    const { call } = serve({ 'change.apply': apply });
    expect(await call('change.apply', { id: 7 })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: 'id' },
    });
    expect(apply).not.toHaveBeenCalled();
  });

  it('passes expected problems on, and hides the inside of unexpected ones', async () => {
    const problem = { code: 'engine_unknown' as const, message: 'There is none.' };
    const secret = new Error('password is hunter2');
    const { call, report } = serve({
      'engines.list': () => Promise.reject(new ProblemError(problem)),
      'app.info': () => Promise.reject(secret),
    });
    expect(await call('engines.list', {})).toEqual({ ok: false, error: problem });
    const answer = await call('app.info', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(report).toHaveBeenCalledWith('app.info', secret);
  });

  it.each<[string, SenderEvent]>([
    ['another window', { ...own, sender: {} }],
    ['a frame that is gone', { ...own, senderFrame: null }],
    ['a frame within the page', { ...own, senderFrame: { url: own.senderFrame!.url, parent: {} } }],
    ['another origin', { ...own, senderFrame: { url: 'https://trunkline/index.html', parent: null } }],
    ['another host', { ...own, senderFrame: { url: 'app://other/index.html', parent: null } }],
    [
      'a host that only begins alike',
      { ...own, senderFrame: { url: 'app://trunkline.evil/', parent: null } },
    ],
    ['a user before the host', { ...own, senderFrame: { url: 'app://x@trunkline/', parent: null } }],
    ['an address that is none', { ...own, senderFrame: { url: '', parent: null } }],
  ])('refuses %s before it looks at the input', async (_who, event) => {
    const info = vi.fn();
    const { call } = serve({ 'app.info': info });
    expect(await call('app.info', { any: 1 }, event)).toMatchObject({ error: { code: 'unauthorized' } });
    expect(info).not.toHaveBeenCalled();
  });
});

describe('every channel', () => {
  const every = Object.keys(commands);
  const silent = Object.fromEntries(every.map((name) => [name, vi.fn()]));

  it.each(every)('%s answers no stranger and looks at nothing of theirs', async (name) => {
    const { call } = serve(silent as Partial<CommandHandlers>);
    const frame = { ...own, senderFrame: { url: 'app://trunkline/index.html', parent: {} } };
    const elsewhere = { ...own, senderFrame: { url: 'https://evil.example/', parent: null } };
    const input = new Proxy({}, { get: () => expect.fail('a stranger’s input was looked at') });
    for (const event of [frame, elsewhere, { ...own, sender: {} }])
      expect(await call(name, input, event)).toMatchObject({ error: { code: 'unauthorized' } });
  });

  it.each(every)('%s takes nothing that the contract does not', async (name) => {
    const { call } = serve(silent as Partial<CommandHandlers>);
    for (const input of [7, 'text', [], true, Symbol.iterator])
      expect(await call(name, input)).toMatchObject({ error: { code: 'invalid_input' } });
    expect(silent[name]).not.toHaveBeenCalled();
  });
});

describe('forwardPushes', () => {
  it('sends what the console says while the window lives, and stops when told', () => {
    const listeners = new Set<Parameters<Parameters<typeof forwardPushes>[1]>[0]>();
    const send = vi.fn();
    let destroyed = false;
    const window = { isDestroyed: () => destroyed, webContents: { isCrashed: () => false, send } };
    const stop = forwardPushes(window, (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    });
    const say = () => listeners.forEach((listener) => listener('preferences.changed', defaultPreferences));
    say();
    expect(send).toHaveBeenCalledExactlyOnceWith('push:preferences.changed', defaultPreferences);
    destroyed = true;
    say();
    expect(send).toHaveBeenCalledTimes(1);
    stop();
    expect(listeners.size).toBe(0);
  });
});
