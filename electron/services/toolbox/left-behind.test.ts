import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultToolboxSettings, toolboxVersionLabel } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import { imageReference } from '../../toolbox';
import { FakeEngine, problem } from '../testing/fake-engine';
import { LeftBehind } from './left-behind';

let engine: FakeEngine;
/** The client by which the engine is reached now. */
let current: EngineClient;
let left: LeftBehind;
const report = vi.fn();
const sweeps = (of = engine) => of.calls.filter((call) => call === 'sweep').length;
const again = () => vi.advanceTimersByTimeAsync(30_000);

beforeEach(() => {
  vi.useFakeTimers();
  report.mockReset();
  engine = new FakeEngine();
  current = engine;
  left = new LeftBehind({
    client: () => current,
    settings: () => defaultToolboxSettings,
    isRefused: () => true,
    hostOf: () => 'nas',
    report,
  });
});
afterEach(() => {
  left.dispose();
  vi.useRealTimers();
});

/** A sweep that ends when it is told to, and fails then: its client was closed. */
function held() {
  let fail = (): void => undefined;
  engine.sweepHelpers = () =>
    new Promise((_, reject) => (fail = () => reject(problem('engine_unreachable') as Error)));
  const clearing = left.clear('e1');
  return async () => {
    fail();
    await clearing;
  };
}

it('is looked for by the client of the day, and a late answer of an earlier one counts no more', async () => {
  const ends = held();
  left.rest('e1');
  const later = new FakeEngine();
  later.left = ['trunkline-facts-1'];
  current = later;
  left.onOnline('e1');
  await vi.waitFor(() => expect(left.problemOn('e1')?.params?.['names']).toBe('trunkline-facts-1'));
  await ends();
  expect(left.problemOn('e1')?.params?.['names']).toBe('trunkline-facts-1');
  expect(report).not.toHaveBeenCalled();
  later.left = [];
  await again();
  expect(left.problemOn('e1')).toBeUndefined();
  expect(sweeps(later)).toBe(2);
});

it.each(['forget', 'dispose'] as const)('is tried no more after %s, however late the answer', async (how) => {
  const ends = held();
  if (how === 'forget') left.forget('e1');
  else left.dispose();
  await ends();
  expect(left.problemOn('e1')).toBeUndefined();
  expect([report.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
});

it('is told once as long as it is the same, and is tried by one timer', async () => {
  engine.before = (call) => {
    if (call === 'sweep') throw problem('engine_unreachable');
  };
  await left.clear('e1');
  await again();
  await again();
  expect([sweeps(), report.mock.calls.length, vi.getTimerCount()]).toEqual([3, 1, 1]);
  expect(left.problemOn('e1')?.params?.['context']).toBe('unread');
  engine.before = () => undefined;
  engine.left = ['trunkline-facts-1'];
  engine.waiting = 1;
  await again();
  await again();
  expect(left.problemOn('e1')?.params?.['names']).toBe('trunkline-facts-1');
  expect([sweeps(), report.mock.calls.length, vi.getTimerCount()]).toEqual([5, 1, 1]);
});

it('is looked for again while helpers are there that may become leftovers', async () => {
  engine.waiting = 1;
  await left.clear('e1');
  expect(left.problemOn('e1')).toBeUndefined();
  engine.waiting = 0;
  await again();
  await again();
  expect([sweeps(), vi.getTimerCount()]).toEqual([2, 0]);
});

it('leaves the image alone once the toolbox is allowed again while it waited', async () => {
  const image = imageReference(defaultToolboxSettings);
  engine.imageMap.set(image, {
    id: 'i1',
    size: 1,
    architecture: 'amd64',
    labels: { [toolboxVersionLabel]: '1' },
  });
  let ends = (): void => undefined;
  engine.sweepHelpers = () =>
    new Promise((resolve) => (ends = () => resolve({ removed: 0, left: [], waiting: 0 })));
  const clearing = left.clear('e1');
  left.forget('e1');
  ends();
  await clearing;
  expect([...engine.imageMap.keys()]).toEqual([image]);
});
