import { describe, expect, it } from 'vitest';
import type { Engine, HostFacts, Network, Nic } from '../../model';
import { attentionOf } from '../membership/attention';
import { hostFacts, nic } from '../host/testing';
import { bridge, engine, network } from '../testing';

const eth1 = (over: Partial<Nic> = {}) => nic({ name: 'eth1', ...over });

interface Given {
  networks?: Network[];
  engines?: Engine[];
  facts?: HostFacts[];
}

/** What is listed of networks by a look that found these interfaces. */
function listed(nics: Nic[], { networks = [network()], engines = [engine()], facts }: Given = {}) {
  const picture = { engines, networks, containers: [] };
  return attentionOf(picture, facts ?? [hostFacts('e1', ...nics)]).map((each) => {
    if (each.kind === 'parentGone') return `${each.network.name}: ${each.parent} is gone`;
    return each.kind === 'parentUnfit'
      ? `${each.network.name}: ${each.notice.params.context ?? ''}`
      : each.kind;
  });
}

describe('the interface under a network', () => {
  it('is no matter while it is there and up', () => {
    expect(listed([nic(), eth1()])).toEqual([]);
    expect(listed([eth1({ kind: 'wireless' }), eth1({ kind: 'dummy' })])).toEqual([]);
  });

  it('is told of where the host has it no longer, a VLAN link as well as a card, for macvlan and ipvlan', () => {
    expect(listed([nic()])).toEqual(['lan: eth1 is gone']);
    const vlan = network({ kind: 'ipvlan', mode: 'l2', name: 'cams', parent: 'eth1.30' });
    expect(listed([eth1()], { networks: [vlan] })).toEqual(['cams: eth1.30 is gone']);
  });

  it.each<[string, Partial<Nic>]>([
    ['down', { up: false, carrier: false }],
    ['no_carrier', { carrier: false }],
    ['bridge_port', { master: 'br0', masterKind: 'bridge' }],
    ['bond_port', { master: 'bond0', masterKind: 'bond' }],
  ])('is told of with what helps where it is: %s', (context, over) => {
    expect(listed([eth1(over)])).toEqual([`lan: ${context}`]);
  });

  it('is the card that is switched off, not the VLAN link on it; a port may carry one', () => {
    const networks = [network({ parent: 'eth1.30' })];
    const link = nic({ name: 'eth1.30', kind: 'vlan', vlan: 30, parent: 'eth1' });
    const off = attentionOf({ engines: [engine()], networks, containers: [] }, [
      hostFacts('e1', eth1({ up: false, carrier: false }), { ...link, carrier: false }),
    ]);
    expect(off).toMatchObject([
      { kind: 'parentUnfit', notice: { params: { context: 'down', parent: 'eth1' } } },
    ]);
    expect(listed([eth1({ master: 'br0', masterKind: 'bridge' }), link], { networks })).toEqual([]);
  });

  it('is none of other networks: bridges, those without one, and those that only hold a configuration', () => {
    const networks = [
      bridge(),
      network({ name: 'closed', parent: 'dm-0123456789ab' }),
      network({ name: 'bare', parent: undefined }),
      network({ name: 'config', configOnly: true }),
    ];
    expect(listed([nic()], { networks })).toEqual([]);
  });

  it('is not judged where nobody looked, by a look from before the engine came back, or while it is away', () => {
    expect(listed([], { facts: [] })).toEqual([]);
    expect(
      listed([nic()], { networks: [network({ engineId: 'e2' })], engines: [engine({ id: 'e2' })] }),
    ).toEqual([]);
    expect(listed([nic()], { engines: [engine({ since: 1 })] })).toEqual([]);
    expect(listed([nic()], { engines: [engine({ state: 'offline' })] })).toEqual(['offline']);
  });

  it('is not judged by a look that is older than the network: the engine makes VLAN links with it', () => {
    const facts = [{ ...hostFacts('e1', nic()), networkIds: ['e1-lan'] }];
    const networks = [network(), network({ name: 'made', parent: 'eth0.30' })];
    expect(listed([], { networks, facts })).toEqual(['lan: eth1 is gone']);
  });
});
