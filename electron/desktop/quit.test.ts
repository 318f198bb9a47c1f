import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { disposeBeforeQuit } from './quit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function quitting(dispose: () => Promise<void>) {
  const report = vi.fn();
  const app = Object.assign(new EventEmitter(), { quit: vi.fn() });
  disposeBeforeQuit(app as unknown as App, dispose, report);
  const beforeQuit = () => {
    const event = { preventDefault: vi.fn() };
    app.emit('before-quit', event);
    return event.preventDefault.mock.calls.length > 0;
  };
  return { app, report, beforeQuit };
}

it('holds the end back until everything is disposed of, once, and then quits', async () => {
  let done: () => void = () => undefined;
  const dispose = vi.fn(() => new Promise<void>((resolve) => (done = resolve)));
  const { app, beforeQuit, report } = quitting(dispose);
  expect(beforeQuit()).toBe(true);
  expect(beforeQuit()).toBe(true);
  expect(app.quit).not.toHaveBeenCalled();
  done();
  await vi.advanceTimersByTimeAsync(0);
  expect(dispose).toHaveBeenCalledOnce();
  expect(app.quit).toHaveBeenCalledOnce();
  expect(beforeQuit()).toBe(false);
  expect(report).not.toHaveBeenCalled();
});

it('quits although disposing fails, and reports it', async () => {
  const failure = new Error('disk full');
  const { app, beforeQuit, report } = quitting(() => Promise.reject(failure));
  beforeQuit();
  await vi.advanceTimersByTimeAsync(0);
  expect(app.quit).toHaveBeenCalledOnce();
  expect(report).toHaveBeenCalledExactlyOnceWith(failure);
});

it('does not wait for ever', async () => {
  const { app, beforeQuit, report } = quitting(() => new Promise(() => undefined));
  beforeQuit();
  await vi.advanceTimersByTimeAsync(4_999);
  expect(app.quit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(app.quit).toHaveBeenCalledOnce();
  expect(report).toHaveBeenCalledOnce();
});
