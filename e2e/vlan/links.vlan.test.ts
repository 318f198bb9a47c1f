import { beforeAll, expect, it } from 'vitest';
import { anyIcmp, asLabHost, lan, lines, reaches, vlanBench } from './bench';

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

it('uses a link of another name on the same VLAN, as the kernel lets nobody make a second', async () => {
  await v1.exec(...'ip link add link eth1 name vlan30 type vlan id 30'.split(' '));
  await v1.exec('ip', 'link', 'set', 'vlan30', 'up');
  const second = v1.exec(...'ip link add link eth1 name eth1.30 type vlan id 30'.split(' '));
  await expect(second).rejects.toThrow(/exists/i);

  const engineId = bench.console().engineId(asLabHost(v1));
  await bench.console().value('toolbox.consent', { engineId, granted: true });
  await bench.console().value('host.facts', { engineId, refresh: true });
  const { id, problems, hosts } = await bench.console().value('segments.preview', {
    request: {
      kind: 'create',
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
  expect([...problems, ...hosts.flatMap((each) => each.problems)]).toEqual([]);
  const { segmentId } = await bench.console().value('segments.apply', { id });
  expect(await v1.docker('network', 'inspect', '-f', '{{.Options.parent}}', 'cameras')).toBe('vlan30');
  const gone = await bench
    .console()
    .value('segments.preview', { request: { kind: 'delete', segmentId, detachRunning: false } });
  await bench.console().value('segments.apply', { id: gone.id });
  expect(await v1.vlanLinks()).toContain('vlan30');
});
