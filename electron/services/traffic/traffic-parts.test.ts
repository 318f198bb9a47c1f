import { describe, expect, it } from 'vitest';
import { container, endpoint, network } from '../testing/fake-engine';
import { matchInterfaces } from './interfaces';
import { Readings, ratesBetween, type RateRow } from './rates';

const counters = (rxBytes: number, txBytes = 0) => ({
  interface: 'eth0',
  rxBytes,
  txBytes,
  rxPackets: rxBytes / 100,
  txPackets: 0,
  rxErrors: 1,
  txErrors: 1,
  rxDropped: 0,
  txDropped: 0,
});

describe('rates', () => {
  it('are bits per second by the engine’s own clock', () => {
    expect(ratesBetween(counters(1000), counters(2650), 1.65)).toEqual([8000, 0, 10, 0, 0, 0]);
  });
  it('are unknown when a counter starts anew or no time went by', () => {
    expect(ratesBetween(counters(5000), counters(10), 1)).toBeNull();
    expect(ratesBetween(counters(1), counters(2), 0)).toBeNull();
  });
});

/** Bits received per second at each reading, taken every `every` milliseconds of what `bytes` counts. */
function received(every: number, count: number, bytes: (at: number) => number): (number | null)[] {
  const readings = new Readings();
  return Array.from({ length: count }, (_, at) => {
    const rates: RateRow | null = readings.take(1_000 + at * every, counters(bytes(at * every)));
    return rates && rates[0];
  });
}

describe('readings', () => {
  const burst = (phase: number) => (at: number) => Math.floor((at + phase) / 1_000) * 1_000;

  it.each([1_000, 1_036, 1_100, 1_650])('every %d ms do not double what comes once a second', (every) => {
    for (let phase = 0; phase < 1_000; phase += 50) {
      const bits = received(every, 120, burst(phase)).slice(2);
      expect(Math.max(...bits.map(Number))).toBeLessThan(8_000 * 1.5);
      const mean = bits.reduce<number>((sum, each) => sum + Number(each), 0) / bits.length;
      expect(Math.abs(mean - 8_000)).toBeLessThan(200);
    }
  });

  it('give steady traffic as it is, however far apart they are, from the second on', () => {
    let at = 0;
    const readings = new Readings();
    const rates = [1_000, 1_700, 1_010, 1_003, 40, 2_500, 1_036].map((gap) => {
      at += gap;
      return readings.take(at, counters(at))?.[0];
    });
    expect(rates.map((each) => each && Math.round(each))).toEqual([undefined, ...Array(6).fill(8_000)]);
  });

  it('begin anew where a counter or the clock went back, and where nothing was read for long', () => {
    const take = (...steps: [at: number, bytes: number][]) => {
      const readings = new Readings();
      return steps.map(([at, bytes]) => readings.take(at, counters(bytes))?.[0] ?? null);
    };
    expect(take([1_000, 0], [2_000, 1_000], [3_000, 500], [4_000, 1_500])).toEqual([
      null,
      8_000,
      null,
      8_000,
    ]);
    expect(take([9_000, 0], [2_000, 1_000], [3_000, 2_000])).toEqual([null, null, 8_000]);
    expect(take([1_000, 0], [3_601_000, 1e9], [3_602_000, 1e9 + 1_000])).toEqual([null, null, 8_000]);
  });

  it('of a real engine do not double a ping a second, by its own times', () => {
    // As Docker 20.10 sent them for a container that pings once a second: its time in ms, bytes sent.
    const sent = [
      [63_882, 90_972],
      [64_897, 92_414],
      [65_904, 93_856],
      [66_912, 95_298],
      [67_920, 96_740],
      [68_924, 98_182],
      [69_982, 99_624],
      [71_008, 101_066],
      [72_017, 103_950],
      [73_047, 105_434],
      [74_051, 106_876],
    ] as const;
    const alone = sent.slice(1).map(([at, bytes], index) => {
      const [before = 0, had = 0] = sent[index] ?? [];
      return ratesBetween(counters(had), counters(bytes), (at - before) / 1_000)?.[0] ?? 0;
    });
    const readings = new Readings();
    const shown = sent.map(([at, bytes]) => readings.take(at, counters(bytes))?.[0] ?? 0).slice(2);
    const ping = 1_442 * 8;
    expect(Math.max(...alone)).toBeGreaterThan(ping * 1.9);
    expect(Math.max(...shown)).toBeLessThan(ping * 1.5);
    expect(Math.min(...shown)).toBeGreaterThan(ping * 0.9);
  });

  it('show a burst alone among nothing in full: half as high over twice as long', () => {
    const bits = received(1_014, 30, (at) => (at < 10_140 ? 0 : 100_000)).map(Number);
    const seen = bits.filter((each) => each > 0);
    expect(seen).toHaveLength(2);
    expect(seen.reduce((sum, each) => sum + each * 1.014, 0)).toBeCloseTo(800_000, 3);
  });

  it('take one that comes twice once', () => {
    const readings = new Readings();
    readings.take(1_000, counters(0));
    expect(readings.take(2_000, counters(1_000))?.[0]).toBe(8_000);
    expect(readings.take(2_000, counters(1_000))?.[0]).toBe(8_000);
  });
});

describe('matching interfaces to networks', () => {
  const [lan, apps] = [network('n1', 'lan'), network('n2', 'apps')];
  const both = container('c1', 'web', {
    endpoints: [endpoint(lan, { mac: '02:00:00:00:00:0A' }), endpoint(apps, { mac: '02:00:00:00:00:0b' })],
  });
  it('goes by MAC, not by name', () => {
    const macs = new Map([
      ['eth0', '02:00:00:00:00:0b'],
      ['eth1', '02:00:00:00:00:0a'],
      ['wg0', '02:00:00:00:00:ff'],
    ]);
    const found = matchInterfaces(['eth0', 'eth1', 'wg0'], both, macs);
    expect(found.get('eth0')).toEqual({ networkId: 'n2', exact: true });
    expect(found.get('eth1')).toEqual({ networkId: 'n1', exact: true });
    expect(found.get('wg0')).toEqual({ networkId: '', exact: true });
  });
  it('finds the one that leases, whose MAC no engine tells, by what is left', () => {
    const macs = new Map([
      ['eth0', '02:00:00:00:00:0b'],
      ['eth1', '0a:01:02:03:04:05'],
    ]);
    const found = matchInterfaces(['eth0', 'eth1'], both, macs);
    expect(found.get('eth1')).toEqual({ networkId: 'n1', exact: true });
    macs.set('eth0', '0a:01:02:03:04:06');
    expect(matchInterfaces(['eth0', 'eth1'], both, macs).get('eth1')).toEqual({ networkId: '', exact: true });
  });
  it('guesses by order and says so where the container can’t be asked', () => {
    const found = matchInterfaces(['eth1', 'eth0'], both, new Map());
    expect(found.get('eth0')).toEqual({ networkId: 'n2', exact: false });
  });
});
