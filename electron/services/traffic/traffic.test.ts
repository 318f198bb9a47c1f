import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  Container,
  Delta,
  Network,
  TrafficIndex,
  TrafficSeries,
  TrafficTick,
} from '../../../shared/model';
import { container, endpoint, FakeEngine, network } from '../testing/fake-engine';
import { MemoryHistory } from '../history/store';
import { keptColumns, Traffic } from './traffic';

const lan = network('n1', 'lan');
const running = (id: string) => container(id, id, { endpoints: [endpoint(lan)] });
const counters = (name: string, bytes: number) => ({
  interface: name,
  rxBytes: bytes,
  txBytes: 0,
  rxPackets: 0,
  txPackets: 0,
  rxErrors: 0,
  txErrors: 0,
  rxDropped: 0,
  txDropped: 0,
});
const delta = (change: Partial<Delta>): Delta => ({
  revision: 1,
  engineId: 'e1',
  networks: [],
  networksRemoved: [],
  containers: [],
  containersRemoved: [],
  ...change,
});

let engine: FakeEngine;
let traffic: Traffic;
let kept: MemoryHistory<TrafficSeries, (typeof keptColumns)[number]>;
let indexes: TrafficIndex[];
let ticks: TrafficTick[];
let networks: Network[];
let nameless: Container[];
beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  engine = new FakeEngine();
  indexes = [];
  ticks = [];
  networks = [lan];
  nameless = [];
  kept = new MemoryHistory(keptColumns);
  traffic = new Traffic({
    history: kept,
    client: () => engine,
    container: (_, id) => engine.containerMap.get(id),
    containers: () => [...['c1', 'c2'].map(running), ...nameless],
    networks: () => networks,
    now: Date.now,
    onIndex: (index) => indexes.push(index),
    onTick: (tick) => ticks.push(tick),
  });
  traffic.start();
});
afterEach(() => {
  traffic.dispose();
  vi.useRealTimers();
});

/** Two samples of a container, a second apart, and the tick after them. */
async function measure(id: string): Promise<void> {
  for (const bytes of [1_000, 2_000]) {
    engine.streams.get(id)?.({ at: Date.now(), interfaces: [counters('eth0', bytes)] });
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

describe('traffic', () => {
  it('keeps a bounded number of histories of what is gone, however much comes and goes', async () => {
    for (let n = 0; n < 1_500; n++) {
      traffic.onDelta(delta({ containers: [running(`c${n}`)] }));
      await measure(`c${n}`);
      traffic.onDelta(delta({ containersRemoved: [`c${n}`] }));
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(kept.size).toBeLessThanOrEqual(1_000);
    expect(engine.streams.size).toBe(0);
    // The newest are still there, and count for their network.
    const seen = await traffic.history({ engineId: 'e1', containerId: 'c1499', seconds: 60, points: 60 });
    expect(seen.rxBits.some((each) => each !== null)).toBe(true);
  });

  it('forgets after an hour, and at once what never was measured or whose engine is off the list', async () => {
    traffic.onDelta(delta({ containers: [running('c1'), running('c2')] }));
    engine.streams.get('c2')?.({ at: Date.now(), interfaces: [counters('eth0', 1)] });
    await measure('c1');
    traffic.onDelta(delta({ containersRemoved: ['c1', 'c2'] }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(kept.size).toBe(1);
    await vi.advanceTimersByTimeAsync(3_700_000);
    expect(kept.size).toBe(0);
    traffic.onDelta(delta({ containers: [running('c3')] }));
    await measure('c3');
    expect(kept.size).toBe(1);
    traffic.onDelta(delta({ engineRemoved: true }));
    expect(kept.size).toBe(0);
    expect(engine.streams.size).toBe(0);
  });

  it('tells a new index to all windows, also when one of them has asked for it first', async () => {
    traffic.onDelta(delta({ containers: [running('c1')] }));
    engine.streams.get('c1')?.({ at: Date.now(), interfaces: [counters('eth0', 1)] });
    const asked = traffic.index();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(indexes.at(-1)).toEqual(asked);
    expect(ticks.at(-1)?.version).toBe(asked.version);
  });

  it('tells rates by the engine’s own times, however late and bunched its frames come', async () => {
    traffic.onDelta(delta({ containers: [running('c1')] }));
    const clock = Date.now() - 3_600_000;
    const send = (second: number) =>
      engine.streams.get('c1')?.({
        at: clock + second * 1_030,
        interfaces: [counters('eth0', second * 1_030_000)],
      });
    for (const late of [[0], [1], [], [2, 3], [4], [], [], [5, 6, 7]]) {
      late.forEach(send);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const rates = ticks.map((tick) => tick.values[0]).filter((each) => each !== undefined && !isNaN(each));
    expect(rates.length).toBeGreaterThanOrEqual(6);
    for (const each of rates) expect(each).toBeCloseTo(8_000_000, 3);
  });

  it('goes on with the streams that were opened while the engine was read', async () => {
    traffic.onDelta(delta({ containers: [running('c1')] }));
    traffic.onOnline('e1');
    expect(engine.calls.filter((call) => call.startsWith('counters'))).toEqual([
      'counters c1',
      'counters c2',
    ]);
  });

  it('tells the network also where the engine’s record of the container leaves out its id', async () => {
    nameless = [container('c3', 'c3', { endpoints: [{ ...endpoint(lan), networkId: '' }] })];
    networks = [];
    traffic.onDelta(delta({ containers: nameless }));
    await measure('c3');
    networks = [lan];
    traffic.onDelta(delta({ networks }));
    await measure('c3');
    expect(traffic.index().series).toMatchObject([{ containerId: 'c3', networkId: 'n1', exact: true }]);
  });

  it('does not believe an engine that names interfaces without end', async () => {
    traffic.onDelta(delta({ containers: [running('c1')] }));
    const many = Array.from({ length: 100_000 }, (_, n) => counters(`eth${n}`, 1));
    engine.streams.get('c1')?.({ at: Date.now(), interfaces: many });
    expect(traffic.index().series).toHaveLength(256);
  });
});
