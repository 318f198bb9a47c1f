import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../lab';
import type { VlanHost } from '../lab/vlan';
import { anyIcmp, asLabHost, hostReaches, lan, lines, reaches, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;
const [web, probe] = ['10.60.10.101', '10.60.10.102'];

interface LinkFacts {
  link?: string;
  linkinfo?: { info_kind: string; info_data?: { protocol?: string; id?: number } };
}
const linkFacts = async (host: VlanHost, name: string) =>
  (JSON.parse(await host.exec('ip', '-j', '-d', 'link', 'show', name)) as LinkFacts[])[0];

/** VLAN 10 on both hosts, made through the console: `web` on the first, `probe` on the second. */
beforeAll(async () => {
  await Promise.all(lab.hosts.map((host) => bench.create(host, lan(host, 'eth1.10'))));
  await Promise.all([bench.attach(v1, 'web', 'lan', web), bench.attach(v2, 'probe', 'lan', probe)]);
});

describe('a VLAN on two hosts', () => {
  it('got its link from each engine', async () => {
    for (const host of lab.hosts) {
      expect(await host.vlanLinks()).toEqual(['eth1.10']);
      expect(await linkFacts(host, 'eth1.10')).toMatchObject({
        link: 'eth1',
        linkinfo: { info_kind: 'vlan', info_data: { protocol: '802.1Q', id: 10 } },
      });
    }
  });

  it('is one LAN, whose frames carry its tag on the trunk', async () => {
    let reached = false;
    const frames = await lab.trunk.capture(anyIcmp, async () => {
      reached = await reaches(v1, 'web', probe);
    });
    expect(reached).toBe(true);
    expect(lines(frames)).toHaveLength(4);
    for (const frame of lines(frames)) expect(frame).toMatch(/ethertype 802\.1Q .* vlan 10, /);
    expect(frames).toContain(`${web} > ${probe}: ICMP echo request`);
    // The gateway, which is the switch's.
    expect(await reaches(v2, 'probe', '10.60.10.1')).toBe(true);
  });

  it.each([
    { from: 'VLAN 20', link: 'eth1.20', reached: false },
    { from: 'the native VLAN', link: 'eth1', reached: false },
    // Which shows that nothing but the VLAN keeps the others out.
    { from: 'VLAN 10', link: 'eth1.10', reached: true },
  ])('lets in from $from: $reached', async ({ link, reached }) => {
    if (link === 'eth1.20') await v2.exec(...'ip link add link eth1 name eth1.20 type vlan id 20'.split(' '));
    await v2.exec('ip', 'link', 'set', link, 'up');
    await v2.exec('ip', 'addr', 'add', '10.60.10.120/24', 'dev', link);
    try {
      expect(await hostReaches(v2, link, web)).toBe(reached);
    } finally {
      await v2.exec('ip', 'addr', 'del', '10.60.10.120/24', 'dev', link);
      if (link === 'eth1.20') await v2.exec('ip', 'link', 'del', link);
    }
  });

  it('is cut at a port of the trunk that does not allow it', async () => {
    await lab.trunk.disallow('v2', 10);
    try {
      expect(await reaches(v1, 'web', probe)).toBe(false);
      expect(await reaches(v2, 'probe', '10.60.10.1')).toBe(false);
      expect(await reaches(v1, 'web', '10.60.10.1')).toBe(true);
    } finally {
      await lab.trunk.allow('v2', 10);
    }
    expect(await reaches(v1, 'web', probe)).toBe(true);
  });

  it('comes back with links, containers and addresses after a reboot, and the console sees it', async () => {
    const bootId = () => v1.exec('cat', '/proc/sys/kernel/random/boot_id');
    const before = await bootId();
    await lab.reboot();
    expect(await bootId()).not.toBe(before);
    for (const host of lab.hosts) expect(await host.vlanLinks()).toEqual(['eth1.10']);
    await until('the console to have both engines back', async () =>
      (await bench.console().snapshot()).engines.every(({ state }) => state === 'online'),
    );
    await shows(v1, 'web', web);
    await shows(v2, 'probe', probe);
    expect(await reaches(v1, 'web', probe)).toBe(true);
    // A whole boot, perhaps beside other work.
  }, 600_000);
});

/** Waits until the console shows a container that runs, at its pinned address. */
const shows = (host: VlanHost, name: string, ip: string) =>
  bench
    .console()
    .container(
      asLabHost(host),
      name,
      ({ state, endpoints }) =>
        state === 'running' &&
        endpoints.some((each) => each.networkName === 'lan' && each.ipv4 === ip && each.pinned4 === ip),
    );
