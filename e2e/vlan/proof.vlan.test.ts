import { beforeAll, expect, it } from 'vitest';
import { until } from '../lab';
import { asLabHost, lan, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;

beforeAll(async () => {
  // Before the toolbox may look: each look takes two helpers, and a change looks twice.
  for (const host of lab.hosts) await bench.create(host, lan(host, 'eth1.10'));
  for (const host of lab.hosts) {
    const engineId = bench.console().engineId(asLabHost(host));
    await bench.console().value('toolbox.consent', { engineId, granted: true });
  }
  await bench.run(v1, 'web', 'lan', '10.60.10.101');
  await bench.run(v2, 'probe', 'lan', '10.60.10.102');
});

/** How the container on the first host sees the one on the second. */
async function seen(): Promise<string | undefined> {
  const networks = [];
  for (const [host, name] of [
    [v1, 'web'],
    [v2, 'probe'],
  ] as const) {
    const on = asLabHost(host);
    await bench.console().container(on, name, (each) => each.endpoints[0]?.ipv4 !== '');
    const { engineId, id } = await bench.console().network(on, 'lan');
    networks.push({ engineId, networkId: id });
  }
  const report = await bench.console().isolation(networks);
  const to = report.targets.findIndex((each) => each.kind === 'place' && each.address === '10.60.10.102');
  return report.cells[0]?.[to]?.verdict;
}

/** On a slow machine a helper may come too late to say anything. */
const reachable = () => until('the second to be reached', async () => (await seen()) === 'reachable');

it('a port of the trunk that does not allow the VLAN is told by the probe', async () => {
  await reachable();
  await lab.trunk.disallow('v2', 10);
  try {
    // Nothing on that side can be shown to live from here, so nothing more than this is claimed.
    expect(['isolated', 'unknown']).toContain(await seen());
  } finally {
    await lab.trunk.allow('v2', 10);
  }
  await reachable();
});

it('a link made by hand with another VLAN id is refused, though the engine would take it', async () => {
  await v1.exec(...'ip link add link eth1 name eth1.30 type vlan id 99'.split(' '));
  const engineId = bench.console().engineId(asLabHost(v1));
  await bench.console().value('host.facts', { engineId, refresh: true });
  const preview = await bench.console().value('change.preview', {
    request: {
      kind: 'create-segment',
      segment: {
        name: 'cameras',
        vlan: 30,
        subnets: [{ subnet: '10.60.30.0/24', gateway: '10.60.30.1' }],
        driver: 'macvlan',
        mode: 'bridge',
      },
      hosts: [{ engineId, parentNic: 'eth1' }],
    },
  });
  const problems = [...preview.problems, ...preview.hosts.flatMap((each) => each.problems)];
  expect(problems.map((each) => each.message).join(' ')).toMatch(/99/);
  expect(await v1.docker('network', 'ls', '-q', '--filter', 'name=cameras')).toBe('');
});
