import { beforeAll, expect, it } from 'vitest';
import { anyIcmp, lan, lines, reaches, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;

/** The same subnet in different VLANs, and the hosts' own untagged LAN beside it. */
beforeAll(async () => {
  await Promise.all([bench.create(v1, lan(v1, 'eth1.10')), bench.create(v2, lan(v2, 'eth1.20'))]);
  const native = { name: 'native', subnet: '10.60.1.0/24', gateway: '10.60.1.1', ipRange: '10.60.1.32/27' };
  await bench.create(v1, lan(v1, 'eth1', { ...native, exclusions: [v1.address, v2.address] }));
  await Promise.all([
    bench.run(v1, 'web', 'lan', '10.60.10.101'),
    bench.run(v2, 'probe', 'lan', '10.60.10.102'),
  ]);
  await bench.run(v1, 'plain', 'native', '10.60.1.101');
});

it('keeps containers of different VLANs apart, though their subnet is the same', async () => {
  let reached = true;
  const frames = await lab.trunk.capture(
    'vlan and arp',
    async () => {
      reached = await reaches(v2, 'probe', '10.60.10.101');
    },
    { port: 'v2', count: 1 },
  );
  expect(reached).toBe(false);
  // It did ask, in its own VLAN.
  expect(frames).toMatch(/ vlan 20, .* who-has 10\.60\.10\.101 tell 10\.60\.10\.102/);
  expect(await reaches(v1, 'web', '10.60.10.102')).toBe(false);
  expect(await reaches(v1, 'web', '10.60.10.1')).toBe(true);
});

it('has the native VLAN across the hosts without tags', async () => {
  let reached = false;
  const frames = await lab.trunk.capture(anyIcmp, async () => {
    reached = await reaches(v1, 'plain', v2.address);
  });
  expect(reached).toBe(true);
  expect(lines(frames)).toHaveLength(4);
  expect(frames).not.toContain('vlan');
});
