import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../testing/fake-engine';
import { ToolboxWork } from './toolbox-work';

let engine: FakeEngine;
let work: ToolboxWork;
const report = vi.fn();
const sweeps = () => engine.calls.filter((call) => call === 'sweep').length;

beforeEach(() => {
  vi.useFakeTimers();
  report.mockReset();
  engine = new FakeEngine();
  work = new ToolboxWork(report);
});
afterEach(async () => {
  await work.stopAll();
  vi.useRealTimers();
});

it('sweeps before the first task, and after each that failed', async () => {
  await work.run(engine, async () => 'done');
  await work.run(engine, async () => 'done');
  expect(sweeps()).toBe(1);
  await expect(work.run(engine, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
  expect(sweeps()).toBe(2);
});

it('sweeps again while helpers of others are there, and no longer', async () => {
  engine.waiting = 1;
  await work.sweep(engine);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sweeps()).toBe(2);
  engine.waiting = 0;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sweeps()).toBe(3);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(sweeps()).toBe(3);
});

it('sweeps no more when it is stopped, and tells of no sweep that this cuts off', async () => {
  engine.waiting = 1;
  await work.sweep(engine);
  await work.stop(engine.engineId);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(sweeps()).toBe(1);
  let cut = (_error: Error): void => undefined;
  engine.sweepHelpers = () => new Promise((_, reject) => (cut = reject));
  const sweeping = work.sweep(engine);
  await work.stop(engine.engineId);
  cut(new Error('closed'));
  await sweeping;
  expect(report).not.toHaveBeenCalled();
});

it('withdrawn, ends what need not come to its end, for that reason, and waits for the rest', async () => {
  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const cut = work.run(engine, untilAborted).catch((error: unknown) => error);
  let finish = (_how: string): void => undefined;
  const end = new Promise<string>((resolve) => (finish = resolve));
  const whole = work.run(engine, (signal) => Promise.race([end, untilAborted(signal)]), { whole: true });
  await vi.advanceTimersByTimeAsync(0);
  let over = false;
  const withdrawn = work.withdraw(engine.engineId, new Error('refused')).then(() => (over = true));
  expect(await cut).toEqual(new Error('refused'));
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toBe(false);
  finish('whole');
  await withdrawn;
  expect(await whole).toBe('whole');
});

it('waits for no sweep once it is cancelled', async () => {
  engine.sweepHelpers = () => new Promise(() => undefined);
  const early = new AbortController();
  const task = work.run(engine, async (signal) => signal.aborted, { early: early.signal });
  early.abort();
  expect(await task).toBe(true);
});

it('sweeps after a task that went well and left its helper behind, until that is gone', async () => {
  await work.run(engine, async () => 'done');
  engine.waiting = 1;
  await work.run(engine, async (_signal, onLeft) => onLeft());
  expect(sweeps()).toBe(2);
  engine.waiting = 0;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(sweeps()).toBe(3);
});
