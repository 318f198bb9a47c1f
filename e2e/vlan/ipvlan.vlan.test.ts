import { beforeAll, expect, it } from 'vitest';
import { anyIcmp, lan, lines, reaches, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;

beforeAll(async () => {
  const l2 = { driver: 'ipvlan', mode: 'l2' } as const;
  await Promise.all(lab.hosts.map((host) => bench.create(host, lan(host, 'eth1.10', l2))));
  await Promise.all([
    bench.run(v1, 'web', 'lan', '10.60.10.101'),
    bench.run(v2, 'probe', 'lan', '10.60.10.102'),
  ]);
});

it('ipvlan l2 reaches across hosts in its VLAN, with the MAC of the NIC', async () => {
  let reached = false;
  const frames = await lab.trunk.capture(anyIcmp, async () => {
    reached = await reaches(v1, 'web', '10.60.10.102');
  });
  expect(reached).toBe(true);
  const mac = (await v1.exec('cat', '/sys/class/net/eth1/address')).trim();
  const requests = lines(frames).filter((frame) => frame.includes('echo request'));
  expect(requests.length).toBeGreaterThan(0);
  for (const frame of requests) expect(frame).toMatch(new RegExp(`${mac} > .* vlan 10, `));
});
