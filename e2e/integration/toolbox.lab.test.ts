import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { factsTask, namespacesTask, probeTask } from '../../electron/toolbox';
import { until } from '../lab';
import { lan, refusal } from './engine-client.helpers';
import { linksOf, toolboxLab } from './toolbox.helpers';

const { lab, toolbox } = toolboxLab();
const [host, other] = lab.hosts;

const containers = () => host.docker('ps', '-aq');
const start = (name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '1000000');

describe('facts', () => {
  it('equal what ip says in the host itself, and leave nothing behind', async () => {
    const { nics, gateways } = await toolbox().run(factsTask, new Set());
    const seen = await linksOf(host);
    expect(nics.map(({ name, index, mtu }) => ({ name, index, mtu }))).toEqual(
      seen.map(({ ifname, ifindex, mtu }) => ({ name: ifname, index: ifindex, mtu })),
    );
    for (const link of seen) {
      const nic = nics.find(({ name }) => name === link.ifname)!;
      const addresses = (link.addr_info as { local: string; prefixlen: number }[]).map(
        ({ local, prefixlen }) => `${local}/${prefixlen}`,
      );
      expect(nic.addresses.map(({ address, prefix }) => `${address}/${prefix}`)).toEqual(addresses);
      if (nic.kind !== 'loopback') expect(nic.mac).toBe(link.address);
      expect(nic.promiscuity).toBe(link.promiscuity);
      expect(nic.up).toBe((link.flags as string[]).includes('UP'));
    }
    expect(nics.find(({ name }) => name === 'eth1')).toMatchObject({
      kind: 'veth',
      carrier: true,
      docker: false,
    });
    expect(nics.find(({ name }) => name === 'docker0')).toMatchObject({ kind: 'bridge', docker: true });
    expect(nics.find(({ name }) => name === 'lo')).toMatchObject({ kind: 'loopback', ethernet: false });
    expect(gateways).toEqual(
      (
        JSON.parse((await host.exec('ip', '-j', 'route', 'show', 'default')) || '[]') as {
          dev: string;
          gateway: string;
        }[]
      ).map(({ dev, gateway }) => ({ nic: dev, address: gateway })),
    );
    expect(await containers()).toBe('');
  });
});

describe('kinds of links', () => {
  /** What each test makes on the host, taken away again. */
  const made: string[][] = [];
  const make = async (undo: string[], ...argv: string[]) => {
    await host.exec('ip', ...argv);
    made.push(undo);
  };
  afterEach(async () => {
    for (const undo of made.splice(0).reverse()) await host.exec('ip', ...undo).catch(() => undefined);
  });

  it('are told apart, down ones and ports of bridges too', async () => {
    await make(['link', 'del', 'br-lan'], 'link', 'add', 'br-lan', 'type', 'bridge');
    await make(['link', 'del', 'tap-a'], 'link', 'add', 'tap-a', 'type', 'veth', 'peer', 'name', 'tap-b');
    await host.exec('ip', 'link', 'set', 'tap-a', 'master', 'br-lan', 'up');
    await make(
      ['link', 'del', 'mv0'],
      'link',
      'add',
      'mv0',
      'link',
      'eth1',
      'type',
      'macvlan',
      'mode',
      'bridge',
    );
    await make(['link', 'del', 'vx0'], 'link', 'add', 'vx0', 'type', 'vxlan', 'id', '7', 'dstport', '4789');
    const { nics } = await toolbox().run(factsTask, new Set(['br-lan']));
    const nic = (name: string) => nics.find((each) => each.name === name);
    expect(nic('br-lan')).toMatchObject({ kind: 'bridge', docker: true, up: false });
    expect(nic('tap-a')).toMatchObject({ kind: 'veth', master: 'br-lan', masterKind: 'bridge', up: true });
    expect(nic('tap-a')!.carrier).toBe(false);
    expect(nic('tap-b')).toMatchObject({ up: false, carrier: false });
    expect(nic('mv0')).toMatchObject({ kind: 'macvlan', parent: 'eth1', mode: 'bridge' });
    expect(nic('vx0')).toMatchObject({ kind: 'tunnel', driver: 'vxlan', ethernet: true });
  });

  it('namespaces of others are found, Docker’s own and the host’s are not among them', async () => {
    await start('c1');
    await start('c2', '--network', 'none');
    await make(['netns', 'del', 'router'], 'netns', 'add', 'router');
    await make(['netns', 'del', 'empty'], 'netns', 'add', 'empty');
    // It ends when its namespace's test does: the pid is asked for and killed by itself.
    const pid = (
      await host.exec('sh', '-c', 'ip netns exec router sleep 100000 >/dev/null 2>&1 & echo $!')
    ).trim();
    try {
      const found = await until('the process to be in its namespace', async () => {
        const foreign = await toolbox().run(namespacesTask, new Set());
        return foreign.some(({ command }) => command === 'sleep') ? foreign : undefined;
      });
      expect(found).toEqual([
        expect.objectContaining({ name: 'router', pid: Number(pid), command: 'sleep', processes: 1 }),
        { id: expect.stringMatching(/^\d+$/) as string, name: 'empty', processes: 0 },
      ]);
    } finally {
      await host.exec('kill', '-9', pid);
    }
  });
});

describe('probes', () => {
  beforeEach(async () => {
    for (const each of [host, other]) {
      await each.docker(
        ...['network', 'create', '-d', 'macvlan', '--subnet', lan.subnet, '--gateway', '10.70.1.1'],
        ...['-o', 'parent=eth1', 'lan'],
      );
    }
  });

  /** A container on the other host with this address, and with this MAC unless the engine is to choose. */
  async function twin(address: string, mac?: string): Promise<void> {
    const answer = await other.api('POST', '/containers/create', {
      Image: lab.image,
      Cmd: ['sleep', '1000000'],
      ...(mac && { MacAddress: mac }),
      HostConfig: { NetworkMode: 'lan' },
      NetworkingConfig: { EndpointsConfig: { lan: { IPAMConfig: { IPv4Address: address } } } },
    });
    await other.docker('start', (answer.body as { Id: string }).Id);
  }

  it('from inside a container: who answers, who does not, and a duplicate on another host', async () => {
    const asker = await start('asker', '--network', 'lan', '--ip', '10.70.1.60');
    await start('local', '--network', 'lan', '--ip', '10.70.1.61');
    await twin('10.70.1.61', '02:00:00:00:00:61');
    const addresses = ['10.70.1.61', other.address, '10.70.1.99', '10.70.1.60', '192.0.2.1'];
    const targets = await toolbox().run(probeTask, {
      from: { kind: 'container', containerId: asker },
      addresses,
    });
    expect(targets.map(({ address, answers, duplicate }) => [address, answers, duplicate])).toEqual([
      ['10.70.1.61', true, true],
      [other.address, true, false],
      ['10.70.1.99', false, false],
      ['10.70.1.60', true, false],
      ['192.0.2.1', false, false],
    ]);
    expect(targets[0]).toMatchObject({ via: 'link', interface: 'eth0' });
    expect(targets[0]!.macs).toContain('02:00:00:00:00:61');
    expect(targets[0]!.macs).toHaveLength(2);
    const mac = JSON.parse(await other.exec('ip', '-j', 'link', 'show', 'eth1')) as { address: string }[];
    expect(targets[1]).toMatchObject({ macs: [mac[0]!.address], ping: { sent: 2, received: 2 } });
    expect(targets[1]!.ping!.ms).toBeGreaterThan(0);
    expect(targets[3]).toMatchObject({ via: 'own', macs: [], ping: null });
    expect(targets[4]).toMatchObject({ via: 'gateway', macs: [], ping: { received: 0 } });
  });

  it('finds a duplicate also where both have one MAC, as engines before v28 make it', async () => {
    const asker = await start('asker', '--network', 'lan', '--ip', '10.70.1.60');
    await start('local', '--network', 'lan', '--ip', '10.70.1.61');
    await twin('10.70.1.61');
    const [found] = await toolbox().run(probeTask, {
      from: { kind: 'container', containerId: asker },
      addresses: ['10.70.1.61'],
    });
    expect(found).toMatchObject({ answers: true, duplicate: true });
  });

  it('finds who took one’s own address', async () => {
    const asker = await start('asker', '--network', 'lan', '--ip', '10.70.1.60');
    await twin('10.70.1.60', '02:00:00:00:00:60');
    const [own] = await toolbox().run(probeTask, {
      from: { kind: 'container', containerId: asker },
      addresses: ['10.70.1.60'],
    });
    expect(own).toMatchObject({ via: 'own', duplicate: true, macs: ['02:00:00:00:00:60'] });
  });

  it('from the host, by its routes or by a NIC of one’s choice', async () => {
    const from = { kind: 'host' } as const;
    const [there] = await toolbox().run(probeTask, { from, addresses: [other.address] });
    expect(there).toMatchObject({ answers: true, via: 'link', interface: 'eth1' });
    // No address on that NIC and no way there: asked all the same, for a LAN is no matter of routes.
    await other.exec('ip', 'addr', 'add', '10.70.20.9/24', 'dev', 'eth2');
    try {
      const [far] = await toolbox().run(probeTask, {
        from: { ...from, nic: 'eth2' },
        addresses: ['10.70.20.9'],
      });
      expect(far).toMatchObject({ answers: true, interface: 'eth2' });
    } finally {
      await other.exec('ip', 'addr', 'del', '10.70.20.9/24', 'dev', 'eth2');
    }
  });

  it('asks by IPv6 too', async () => {
    await host.exec('ip', 'addr', 'add', 'fd00:70::11/64', 'dev', 'eth1', 'nodad');
    await other.exec('ip', 'addr', 'add', 'fd00:70::12/64', 'dev', 'eth1', 'nodad');
    try {
      const targets = await toolbox().run(probeTask, {
        from: { kind: 'host' },
        addresses: ['fd00:70::12', 'fd00:70::99'],
      });
      expect(targets.map(({ answers }) => answers)).toEqual([true, false]);
      expect(targets[0]!.macs).toHaveLength(1);
    } finally {
      await host.exec('ip', 'addr', 'del', 'fd00:70::11/64', 'dev', 'eth1');
      await other.exec('ip', 'addr', 'del', 'fd00:70::12/64', 'dev', 'eth1');
    }
  });

  it('a container that is gone is named as such', async () => {
    const gone = toolbox().run(probeTask, {
      from: { kind: 'container', containerId: 'nobody' },
      addresses: ['10.70.1.1'],
    });
    expect(await refusal(gone)).toMatchObject({ code: 'container_not_found' });
    expect(await containers()).toBe('');
  });
});
