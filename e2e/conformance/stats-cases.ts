import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';

interface StatsJson {
  read: string;
  preread: string;
  name: string;
  id: string;
  networks?: Record<string, Record<string, number>>;
  cpu_stats: object;
  memory_stats: object;
}

const NEVER = '0001-01-01T00:00:00Z';
const COUNTERS = [
  'rx_bytes',
  'rx_dropped',
  'rx_errors',
  'rx_packets',
  'tx_bytes',
  'tx_dropped',
  'tx_errors',
  'tx_packets',
];

const oneShot = (bench: Bench, container: string): Promise<StatsJson> =>
  bench.json<StatsJson>(`/containers/${container}/stats?stream=false&one-shot=true`);

/** Shape and rhythm of `/containers/{id}/stats`. */
export function statsCases(bench: () => Bench, it: CaseOf): void {
  it('keys counters by interface, one for each network', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const c = await bench().running('bridge');
    await bench().connect(net, c);
    const stats = await oneShot(bench(), c);
    expect(Object.keys(stats.networks ?? {}).sort()).toEqual(['eth0', 'eth1']);
    const eth0 = stats.networks?.['eth0'] ?? {};
    expect(Object.keys(eth0).sort()).toEqual(COUNTERS);
    expect(Object.values(eth0).every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    // 26.1 and 28.5 forget to say whose they are.
    if (!['26.1', '28.5'].includes(bench().target.version)) expect(stats.name).toBe(`/${c}`);
    expect(stats).toMatchObject({
      preread: NEVER,
      cpu_stats: expect.any(Object),
      memory_stats: expect.any(Object),
    });
    expect(Date.parse(stats.read)).toBeGreaterThan(Date.parse('2020-01-01'));
  });

  it('has no networks in host and none mode', async () => {
    for (const mode of ['host', 'none']) {
      expect(await oneShot(bench(), await bench().running(mode))).not.toHaveProperty('networks');
    }
  });

  it('shows a sharer the counters of the namespace’s owner', async () => {
    const owner = await bench().running('bridge');
    const c = await bench().running(`container:${owner}`);
    expect(Object.keys((await oneShot(bench(), c)).networks ?? {})).toEqual(['eth0']);
    await bench().ok('POST', `/containers/${owner}/stop?t=0`);
    expect(await oneShot(bench(), c)).not.toHaveProperty('networks');
  });

  it('streams a frame a second, each with the time of the one before', async () => {
    const c = await bench().running('bridge');
    const stream = await bench().follow(`/containers/${c}/stats`);
    await stream.until((lines) => lines.length >= 1);
    expect((stream.lines[0] as StatsJson).preread).toBe(NEVER);
    await stream.until((lines) => lines.length >= 3);
    const [first, second, third] = stream.lines as StatsJson[];
    expect(second?.preread).toBe(first?.read);
    expect(Date.parse(third?.read ?? '')).toBeGreaterThan(Date.parse(second?.read ?? ''));
    expect(third?.networks?.['eth0']?.['rx_bytes']).toBeGreaterThanOrEqual(
      first?.networks?.['eth0']?.['rx_bytes'] ?? 0,
    );
  });

  it('goes on with empty frames when the container stops, and ends when it goes', async () => {
    const c = await bench().running('bridge');
    const stream = await bench().follow(`/containers/${c}/stats`);
    await stream.until((lines) => lines.length >= 1);
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await stream.until((lines) => (lines.at(-1) as StatsJson).read === NEVER);
    expect(stream.lines.at(-1)).not.toHaveProperty('networks');
    await bench().ok('DELETE', `/containers/${c}`);
    await stream.until(() => stream.ended);
  });

  it('answers for a stopped container with a frame of no time', async () => {
    const c = await bench().container('bridge');
    const stats = await oneShot(bench(), c);
    expect(stats).toMatchObject({ read: NEVER, name: `/${c}` });
    expect(stats).not.toHaveProperty('networks');
    await bench().refused('GET', '/containers/nope/stats', undefined, 404, 'No such container: nope');
  });
}
