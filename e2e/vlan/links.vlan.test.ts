import { beforeAll, expect, it } from 'vitest';
import { lan, lines, reaches, vlanBench, anyIcmp } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1] = lab.hosts;

const lan20 = { name: 'lan20', subnet: '10.60.20.0/24', gateway: '10.60.20.1', ipRange: '10.60.20.32/27' };

/** A link made by hand, down as `ip` makes it, and one that the engine makes. */
beforeAll(async () => {
  await v1.exec(...'ip link add link eth1 name eth1.20 type vlan id 20'.split(' '));
  await v1.exec('ip', 'link', 'set', 'eth1.20', 'up');
  await bench.create(v1, lan(v1, 'eth1.20', lan20));
  await bench.create(v1, lan(v1, 'eth1.10'));
});

it('uses a link made by hand', async () => {
  expect(await v1.vlanLinks()).toEqual(['eth1.10', 'eth1.20']);
  await bench.run(v1, 'web', 'lan20', '10.60.20.101');
  let reached = false;
  const frames = await lab.trunk.capture(anyIcmp, async () => {
    reached = await reaches(v1, 'web', '10.60.20.1');
  });
  expect(reached).toBe(true);
  for (const frame of lines(frames)) expect(frame).toContain(' vlan 20, ');
  await v1.docker('rm', '-f', 'web');
});

it('removes with a network the link that the engine made, and no other', async () => {
  await bench.remove(v1, 'lan');
  await bench.remove(v1, 'lan20');
  expect(await v1.vlanLinks()).toEqual(['eth1.20']);
});
