import { describe, expect, it } from 'vitest';
import type { VlanHost } from '../lab/vlan';
import { lan, reaches, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;

interface LinkFacts {
  link?: string;
  linkinfo?: { info_kind: string; info_data?: { protocol?: string; id?: number } };
}
const linkFacts = async (host: VlanHost, name: string) =>
  (JSON.parse(await host.exec('ip', '-j', '-d', 'link', 'show', name)) as LinkFacts[])[0];

/** Every ICMP frame on the trunk, tagged or not: after `vlan`, pcap reads on behind the tag. */
const anyIcmp = 'icmp or (vlan and icmp)';
const lines = (text: string) => text.split('\n').filter(Boolean);

/** `web` on the first host in VLAN 10, `probe` on the second in the same subnet, on the parent that is given. */
async function twoContainers(parent: string): Promise<void> {
  await bench.create(v1, lan(v1, 'eth1.10'));
  await bench.create(v2, lan(v2, parent));
  await bench.attach(v1, 'web', 'lan', '10.60.10.101');
  await bench.attach(v2, 'probe', 'lan', '10.60.10.102');
}

describe('a VLAN on two hosts', () => {
  it('is made by the engines, tagged on the trunk, and one LAN', async () => {
    await twoContainers('eth1.10');
    for (const host of lab.hosts) {
      expect(await host.vlanLinks()).toEqual(['eth1.10']);
      expect(await linkFacts(host, 'eth1.10')).toMatchObject({
        link: 'eth1',
        linkinfo: { info_kind: 'vlan', info_data: { protocol: '802.1Q', id: 10 } },
      });
    }
    let answered = false;
    const frames = await lab.trunk.capture(anyIcmp, async () => {
      answered = await reaches(v1, 'web', '10.60.10.102');
    });
    expect(answered).toBe(true);
    expect(lines(frames)).toHaveLength(4);
    for (const frame of lines(frames)) expect(frame).toMatch(/ethertype 802\.1Q .* vlan 10, /);
    expect(frames).toContain('10.60.10.101 > 10.60.10.102: ICMP echo request');
    // The gateway on the switch's side.
    expect(await reaches(v2, 'probe', '10.60.10.1')).toBe(true);
  });

  it.each([
    ['another VLAN', 'eth1.20'],
    ['the native VLAN', 'eth1'],
  ])('is apart from %s, though the subnet is the same', async (_name, parent) => {
    await twoContainers(parent);
    expect(await reaches(v1, 'web', '10.60.10.102')).toBe(false);
    expect(await reaches(v2, 'probe', '10.60.10.101')).toBe(false);
    // Nothing but the VLAN keeps them apart.
    expect(await reaches(v1, 'web', '10.60.10.1')).toBe(true);
    await v2.docker('rm', '-f', 'probe');
    await bench.remove(v2, 'lan');
    await bench.create(v2, lan(v2, 'eth1.10'));
    await bench.attach(v2, 'probe', 'lan', '10.60.10.102');
    expect(await reaches(v1, 'web', '10.60.10.102')).toBe(true);
  });

  it('is cut where a port of the trunk does not allow it', async () => {
    await twoContainers('eth1.10');
    await lab.trunk.disallow('v2', 10);
    expect(await reaches(v1, 'web', '10.60.10.102')).toBe(false);
    expect(await reaches(v1, 'web', '10.60.10.1')).toBe(true);
    expect(await reaches(v2, 'probe', '10.60.10.1')).toBe(false);
    await lab.trunk.allow('v2', 10);
    expect(await reaches(v1, 'web', '10.60.10.102')).toBe(true);
  });
});

describe('the native VLAN', () => {
  it('is one LAN across the hosts, without tags', async () => {
    const native = { subnet: '10.60.1.0/24', gateway: '10.60.1.1', exclusions: ['10.60.1.11', '10.60.1.12'] };
    await bench.create(v1, lan(v1, 'eth1', { ...native, ipRange: '10.60.1.32/27' }));
    await bench.create(v2, lan(v2, 'eth1', { ...native, ipRange: '10.60.1.64/27' }));
    await bench.attach(v1, 'web', 'lan', '10.60.1.101');
    await bench.attach(v2, 'probe', 'lan', '10.60.1.102');
    let answered = false;
    const frames = await lab.trunk.capture(anyIcmp, async () => {
      answered = await reaches(v1, 'web', '10.60.1.102');
    });
    expect(answered).toBe(true);
    expect(lines(frames)).toHaveLength(4);
    expect(frames).not.toContain('vlan');
    expect(await v1.vlanLinks()).toEqual([]);
  });
});

describe('removing networks', () => {
  it('deletes the links that the engine made, and no other', async () => {
    await v1.exec('ip', 'link', 'add', 'link', 'eth1', 'name', 'eth1.20', 'type', 'vlan', 'id', '20');
    await v1.exec('ip', 'link', 'set', 'eth1.20', 'up');
    await bench.create(v1, lan(v1, 'eth1.10'));
    const other = {
      name: 'lan20',
      subnet: '10.60.20.0/24',
      gateway: '10.60.20.1',
      ipRange: '10.60.20.32/27',
    };
    await bench.create(v1, lan(v1, 'eth1.20', other));
    expect(await v1.vlanLinks()).toEqual(['eth1.10', 'eth1.20']);
    await bench.attach(v1, 'web', 'lan20', '10.60.20.101');
    expect(await reaches(v1, 'web', '10.60.20.1')).toBe(true);
    await v1.docker('rm', '-f', 'web');
    await bench.remove(v1, 'lan');
    await bench.remove(v1, 'lan20');
    expect(await v1.vlanLinks()).toEqual(['eth1.20']);
  });
});

describe('ipvlan l2', () => {
  it('reaches across hosts in its VLAN, with the MAC of the NIC', async () => {
    const l2 = { driver: 'ipvlan', mode: 'l2' } as const;
    await bench.create(v1, lan(v1, 'eth1.10', l2));
    await bench.create(v2, lan(v2, 'eth1.10', l2));
    await bench.attach(v1, 'web', 'lan', '10.60.10.101');
    await bench.attach(v2, 'probe', 'lan', '10.60.10.102');
    let answered = false;
    const frames = await lab.trunk.capture(anyIcmp, async () => {
      answered = await reaches(v1, 'web', '10.60.10.102');
    });
    expect(answered).toBe(true);
    const mac = (await v1.exec('cat', '/sys/class/net/eth1/address')).trim();
    const requests = lines(frames).filter((frame) => frame.includes('echo request'));
    expect(requests.length).toBeGreaterThan(0);
    for (const frame of requests) expect(frame).toMatch(new RegExp(`${mac} > .* vlan 10, `));
  });
});
