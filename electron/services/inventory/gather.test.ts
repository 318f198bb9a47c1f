import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delta, Snapshot } from '../../../shared/model';
import { applyDelta } from '../../../shared/rules';
import { engine } from '../../../shared/rules/testing';
import { container, network } from '../testing/fake-engine';
import { DeltaGatherer } from './gather';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const delta = (revision: number, change: Partial<Delta>): Delta => ({
  revision,
  engineId: 'e1',
  networks: [],
  networksRemoved: [],
  containers: [],
  containersRemoved: [],
  ...change,
});
const empty: Snapshot = { revision: 0, engines: [], networks: [], containers: [] };

describe('gathering deltas', () => {
  it('leads to the same picture with fewer of them', () => {
    const all = [
      delta(1, {
        containers: [container('c1', 'web'), container('c2', 'db')],
        networks: [network('n1', 'lan')],
      }),
      delta(2, { engineId: 'e2', containers: [container('c1', 'other', { engineId: 'e2' })] }),
      delta(3, { containersRemoved: ['c2'], containers: [container('c1', 'web', { state: 'exited' })] }),
      delta(4, { networksRemoved: ['n1'] }),
      delta(5, { networks: [network('n1', 'lan', { internal: true })] }),
    ];
    const sent: Delta[] = [];
    const gatherer = new DeltaGatherer((each) => sent.push(each));
    for (const each of all) gatherer.add(each);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(sent.map((each) => each.revision)).toEqual([2, 5]);
    const byName = (snapshot: Snapshot) => ({
      ...snapshot,
      containers: [...snapshot.containers].sort((a, b) => a.name.localeCompare(b.name)),
    });
    expect(byName(sent.reduce(applyDelta, empty))).toEqual(byName(all.reduce(applyDelta, empty)));
  });

  it('keeps apart that an engine was removed and that it was added again', () => {
    const sent: Delta[] = [];
    const gatherer = new DeltaGatherer((each) => sent.push(each));
    const all = [
      delta(1, { engine: engine(), containers: [container('c1', 'web')] }),
      delta(2, { engineRemoved: true }),
      delta(3, { engine: engine({ name: 'again' }) }),
    ];
    for (const each of all) gatherer.add(each);
    vi.advanceTimersByTime(50);
    const end = sent.reduce(applyDelta, empty);
    expect(end.engines.map((each) => each.name)).toEqual(['again']);
    expect(end.containers).toEqual([]);
    expect(sent.map((each) => each.revision)).toEqual([2, 3]);
  });

  it('starts anew after each flush, and leaves nothing running when disposed', () => {
    const send = vi.fn();
    const gatherer = new DeltaGatherer(send);
    gatherer.add(delta(1, { containersRemoved: ['c1'] }));
    gatherer.flush();
    gatherer.add(delta(2, { containersRemoved: ['c2'] }));
    gatherer.dispose();
    vi.advanceTimersByTime(1_000);
    expect(send).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
