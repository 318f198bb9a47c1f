import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import type { EngineGeneration } from './target';

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

const OWNER_STOPPED = 'invalid id: id is empty';

/**
 * A one-shot of a container whose traffic can't be read: an answer without it, or, where listed, a status and why. 28.5
 * and 26.1 have said 200 by then.
 */
async function expectUnread(
  bench: Bench,
  container: string,
  told: Partial<Record<EngineGeneration, [number, string]>>,
): Promise<void> {
  const refusal = told[bench.target.version];
  if (!refusal) {
    expect(await oneShot(bench, container)).not.toHaveProperty('networks');
    return;
  }
  const answer = await bench.call('GET', `/containers/${container}/stats?stream=false&one-shot=true`);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([refusal[0], { message: refusal[1] }]);
}

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
    const stream = await bench().follow(`/containers/${c}/stats`);
    await stream.until((lines) => lines.length >= 1);
    await bench().ok('POST', `/containers/${owner}/stop?t=0`);
    await expectUnread(bench(), c, { '28.5': [200, OWNER_STOPPED], '29.7': [400, OWNER_STOPPED] });
    if (bench().onPodman) return;
    await stream.until((lines) => (lines.at(-1) as StatsJson).read === NEVER);
    expect(stream.lines.at(-1)).not.toHaveProperty('networks');
    // What 29.7 makes of an owner that is no more has not been measured.
    if (bench().target.version === '29.7') return;
    const { Id } = await bench().inspect(owner);
    await bench().ok('DELETE', `/containers/${owner}`);
    const gone = `Could not get container for ${Id}: No such container: ${Id}`;
    await expectUnread(bench(), c, { '26.1': [200, gone], '28.5': [200, gone] });
  });

  it('reads nothing of a container whose interface went with its parent', async () => {
    if (bench().onPodman) return;
    await bench().spare('up');
    const name = bench().name('mv');
    const Options = { parent: bench().target.spare.name };
    const IPAM = { Config: [{ Subnet: '10.186.0.0/24' }] };
    await bench().network({ Name: name, Driver: 'macvlan', Options, IPAM });
    const c = await bench().running('bridge');
    await bench().connect(name, c);
    const stream = await bench().follow(`/containers/${c}/stats`);
    await stream.until((lines) => lines.length >= 1);
    expect(Object.keys((stream.lines[0] as StatsJson).networks ?? {}).sort()).toEqual(['eth0', 'eth1']);
    await bench().spare('gone');
    await stream.until((lines) => (lines.at(-1) as StatsJson).read === NEVER);
    expect(stream.lines.at(-1)).not.toHaveProperty('networks');
    if (bench().target.version === '29.7') return;
    const { NetworkSettings } = await bench().inspect(c);
    const netns = NetworkSettings.SandboxKey.replace(/^\/var/, '');
    const lost = `failed to retrieve the statistics for eth1 in netns ${netns}: Link not found`;
    await expectUnread(bench(), c, { '26.1': [200, lost], '28.5': [200, lost] });
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
