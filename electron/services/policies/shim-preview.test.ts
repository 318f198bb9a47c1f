import { describe, expect, it } from 'vitest';
import { shimAlias, shimCommands } from '../../../shared/rules';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { engine, network } from '../../../shared/rules/testing';
import { lan } from '../testing/shim-world';
import { shimBench } from './testing';

const start = shimBench();

describe('the preview', () => {
  it('shows the commands, and refuses addresses of the pool, of others and of other shims', async () => {
    const { shims, world, preview, put: make } = await start();
    const [step] = (await preview(lan, '10.70.1.3')).hosts[0]?.steps ?? [];
    expect(step?.op === 'put-shim' && shimCommands(step.shim)).toEqual([
      'ip link add tl-aaaaaaaaaaaa link eth1 type macvlan mode bridge',
      'sysctl -w net/ipv4/conf/tl-aaaaaaaaaaaa/arp_ignore=1',
      'sysctl -w net/ipv4/conf/eth1/arp_ignore=1',
      'sysctl -w net/ipv4/conf/tl-aaaaaaaaaaaa/arp_announce=2',
      'sysctl -w net/ipv4/conf/eth1/arp_announce=2',
      'ip addr replace 10.70.1.3/32 dev tl-aaaaaaaaaaaa',
      'ip link set tl-aaaaaaaaaaaa up',
      'ip route replace 10.70.1.10/32 dev tl-aaaaaaaaaaaa src 10.70.1.3',
    ]);
    const codes = async (address: string) => (await preview(lan, address)).problems.map((each) => each.code);
    expect(await codes('10.70.1.130')).toEqual(['address_reserved']);
    expect(await codes('10.70.1.10')).toEqual(['address_in_use']);
    expect(await codes('192.168.0.1')).toEqual(['address_outside_subnet']);
    const bridge = network({ name: 'br', kind: 'bridge', parent: undefined as never });
    world.networks.push(bridge);
    expect((await preview(bridge)).problems.map((each) => each.code)).toEqual(['parent_invalid']);

    const other = network({ engineId: 'e2', id: 'cccccccccccc3', subnet: { ipRange: '10.70.1.128/25' } });
    world.engines.push(engine({ id: 'e2' }));
    world.networks.push(other);
    await make(lan, '10.70.1.3');
    const second = await preview(other, '10.70.1.3');
    expect(second.problems.map((each) => each.code)).toEqual(['address_reserved']);
    await shims.dispose();
  });

  it('keeps out of a foreign DHCP server’s range, and takes what is merely reserved', async () => {
    const { world, preview } = await start();
    const reserved = [
      { from: '10.70.1.2', to: '10.70.1.9', kind: 'dhcp' as const },
      { from: '10.70.1.11', to: '10.70.1.20', kind: 'reserved' as const, note: 'for hosts' },
    ];
    const segment = {
      id: 'seg-1',
      name: 'Office',
      vlan: null,
      subnets: [{ subnet: '10.70.1.0/24' }],
      driver: 'macvlan' as const,
      mode: 'bridge',
      members: [],
      reserved,
    };
    Object.assign(world, { segments: [segment] });
    const codes = async (address: string) => (await preview(lan, address)).problems.map((each) => each.code);
    expect((await preview(lan)).suggestedIpv4).toBe('10.70.1.21');
    expect([await codes('10.70.1.5'), await codes('10.70.1.15')]).toEqual([['address_reserved'], []]);
    const own = { name: 'eth1', addresses: [{ address: '10.70.1.30', prefix: 24, scope: 'global' }] };
    Object.assign(world, { facts: [hostFacts('e1', nic(own))] });
    expect(await codes('10.70.1.30')).toEqual(['address_reserved']);
  });

  it('keeps its own address, although the host has it now', async () => {
    const { shims, world, preview, put: make } = await start();
    await make(lan, '10.70.1.3');
    const addresses = [{ address: '10.70.1.3', prefix: 32, scope: 'global' }];
    Object.assign(world, { facts: [hostFacts('e1', nic({ name: 'tl-a', alias: shimAlias, addresses }))] });
    expect((await preview(lan, '10.70.1.3')).problems).toEqual([]);
    expect(shims.policies()).toMatchObject([{ address: '10.70.1.3' }]);
  });

  it('refuses where another console has a link for another address, and tells of one for the same', async () => {
    const { shims, links, preview, put: make } = await start();
    const link = { name: 'tl-aaaaaaaaaaaa', parent: 'eth1', address: '10.70.1.4', routes: [] };
    links.set('e1/tl-aaaaaaaaaaaa', link);
    const others = { code: 'change_stale', params: { context: 'kept_elsewhere', link: link.name } };
    expect((await preview(lan, '10.70.1.3')).problems).toMatchObject([others]);
    const same = await preview(lan, link.address);
    expect([same.problems, same.hosts[0]?.notices]).toMatchObject([
      [],
      [{ code: 'shim_unkept', params: { context: 'shared' } }],
    ]);
    await shims.access('e1').remove(link);
    await make(lan, '10.70.1.3');
    expect((await preview(lan, '10.70.1.5')).problems).toEqual([]);
    links.set('e1/tl-aaaaaaaaaaaa', link);
    await shims.access('e1').remove({ name: '', parent: '', address: '', routes: [] });
    expect((await preview(lan, '10.70.1.5')).problems).toMatchObject([others]);
    await shims.dispose();
  });

  it('says that a network of IPv6 alone can have none', async () => {
    const { world, preview } = await start();
    const only6 = network({ id: 'dddddddddddd4', subnets: [{ subnet: 'fd00:70::/64', exclusions: {} }] });
    world.networks.push(only6);
    expect((await preview(only6)).problems).toMatchObject([
      { code: 'no_ipv4_subnet', params: { network: only6.name } },
    ]);
  });

  it('suggests what no other shim holds', async () => {
    const { world, preview, put: make } = await start();
    await make(lan, '10.70.1.2');
    const other = network({ engineId: 'e2', id: 'cccccccccccc3', subnet: { ipRange: '10.70.1.128/25' } });
    world.engines.push(engine({ id: 'e2' }));
    world.networks.push(other);
    expect((await preview(other)).suggestedIpv4).toBe('10.70.1.3');
  });
});
