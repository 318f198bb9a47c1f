import { describe, expect, it } from 'vitest';
import { addressPlan } from '../addresses/address-plan';
import { suggestAddress } from '../addresses/suggest';
import { attentionOf } from '../membership/attention';
import { checkAddress } from '../addresses/check';
import { onOneLan, sameLan } from './lan';
import { heldTwice, lanSpans, takenProblem } from '../plan/lan-claims';
import { atSite, siteOf } from './site';
import { bridge, container, endpoint, engine, network } from '../testing';
import type { Network, Step } from '../../model';

const X = '10.70.1.60';
const at = (engineId: string, site?: string, over: Partial<Network> = {}): Network =>
  network({ engineId, ...over, ...(site === undefined ? {} : { site }) });
/** A container on each of these networks, all with one address. */
function world(...networks: Network[]) {
  const containers = networks.map((one) =>
    container({
      name: `c-${one.engineId}`,
      engineId: one.engineId,
      endpoints: [endpoint(one, { ipv4: X, pinned4: X, mac: `02:00:00:00:00:0${one.engineId.slice(1)}` })],
    }),
  );
  const engines = networks.map(({ engineId, site }) => engine({ id: engineId, ...(site ? { site } : {}) }));
  return { engines, networks, containers };
}

describe('where a LAN is', () => {
  it('is said of the interface, else of the NIC below, else of the host', () => {
    const said = { site: 'Office', lans: { eth1: 'Cellar', 'eth1.20': 'Attic' } };
    const sites = ['eth0', 'eth1', 'eth1.10', 'eth1.20', '', 'constructor'].map((nic) => siteOf(nic, said));
    expect(sites).toEqual(['Office', 'Cellar', 'Cellar', 'Attic', 'Office', 'Office']);
    expect(siteOf('eth0', { lans: { eth1: 'Cellar' } })).toBeUndefined();
  });
  it('is told of networks on an interface, and of no other', () => {
    const said = { site: 'Office' };
    expect(atSite(network(), said).site).toBe('Office');
    expect(atSite(network({ site: 'Before' }), {})).not.toHaveProperty('site');
    expect(atSite(bridge(), said)).not.toHaveProperty('site');
    expect(atSite(network({ kind: 'overlay' }), said)).not.toHaveProperty('site');
  });
});

describe('one subnet at two sites', () => {
  it('is two LANs, and one with whatever is at no site', () => {
    const lans = (a?: string, b?: string) => sameLan(at('e1', a), at('e2', b));
    expect([lans('A', 'B'), lans('A', 'A'), lans('A', 'a'), lans('A'), lans(undefined, 'B'), lans()]).toEqual(
      [false, true, true, true, true, true],
    );
    const own = at('e1', 'A');
    expect(sameLan(own, { ...own, site: 'B' })).toBe(true);
  });
  it('has one address once each, and neither is in the way of the other', () => {
    const [here, there] = [at('e1', 'A'), at('e2', 'B')];
    const both = world(here, there);
    const alone = { ...both, containers: both.containers.slice(1) };
    expect(checkAddress(X, here, alone).problems).toEqual([]);
    expect(attentionOf(both)).toEqual([]);
    expect(heldTwice(both.containers[0]!, here, both)).toEqual([]);
    const connect: Step = {
      op: 'connect',
      ...{ containerId: 'x', containerName: 'x', networkId: here.id, networkName: 'lan' },
      endpoint: { ipv4: X },
    };
    expect(takenProblem([{ engineId: 'e1', steps: [connect] }], alone)).toBeNull();
    expect(addressPlan(here, alone).used.map((use) => use.engineId)).toEqual(['e1']);
    // Whoever waits for the subnet waits all the same: a site may be said anew meanwhile.
    const spans = (one: Network) => lanSpans([{ engineId: one.engineId, steps: [connect] }], both);
    expect(spans(here)).toEqual(spans(there));
    expect(spans(here)).toHaveLength(1);
  });
  it('counts for a network that steps make again, too', () => {
    const there = at('e2', 'B');
    const { containers } = world(there);
    const engines = (site?: string) => [
      engine({ id: 'e1', ...(site ? { site } : {}) }),
      engine({ id: 'e2', site: 'B' }),
    ];
    const { name, driver, scope, internal, attachable, ipv6, configOnly, ipamDriver, subnets, labels } =
      network();
    const form = {
      ...{ name, driver, scope, internal, attachable, ipv6, configOnly, ipamDriver, subnets, labels },
      ...{ ipamOptions: {}, options: { parent: 'eth1' } },
    };
    const steps: Step[] = [
      { op: 'restore-network', networkName: 'lan', form },
      {
        op: 'connect',
        ...{ containerId: 'x', containerName: 'x', networkId: '', networkName: 'lan' },
        endpoint: { ipv4: X },
      },
    ];
    const taken = (site?: string) =>
      takenProblem([{ engineId: 'e1', steps }], { engines: engines(site), networks: [there], containers });
    expect(taken('A')).toBeNull();
    expect(taken('B')).toMatchObject({ code: 'address_in_use_elsewhere' });
    expect(taken()).toMatchObject({ code: 'address_in_use_elsewhere' });
  });
  it('is a duplicate again once a site is cleared', () => {
    const clear = world(at('e1'), at('e2', 'B'));
    expect(attentionOf(clear)).toMatchObject([{ kind: 'twice', address: X }]);
    expect(
      checkAddress(X, clear.networks[0]!, { ...clear, containers: clear.containers.slice(1) }),
    ).toMatchObject({ problems: [{ code: 'address_in_use_elsewhere' }] });
  });
  it('with a host at neither: a duplicate of each with it, whatever their order, and not of the two', () => {
    const [a, none, b] = [at('e1', 'A'), at('e2'), at('e3', 'B')];
    const hosts = (things: Network[]) =>
      onOneLan(things.map((one) => ({ network: one })))
        .map((group) =>
          group
            .map((one) => one.network.engineId)
            .sort()
            .join(),
        )
        .sort();
    for (const order of [
      [a, none, b],
      [none, a, b],
      [a, b, none],
      [b, none, a],
    ])
      expect(hosts(order)).toEqual(['e1,e2', 'e2,e3']);
    expect(hosts([none, at('e4')])).toEqual(['e2,e4']);
    expect(hosts([a, b])).toEqual([]);
    expect(attentionOf(world(a, none, b)).filter((each) => each.kind === 'twice')).toHaveLength(2);
  });
});

describe('a suggestion', () => {
  const two = (over: Partial<Network> = {}) =>
    network({
      subnets: [
        { subnet: '192.168.9.0/30', gateway: '192.168.9.1', exclusions: { tv: '192.168.9.2' } },
        { subnet: '192.168.10.0/24', gateway: '192.168.10.1', ipRange: '192.168.10.128/25', exclusions: {} },
        { subnet: 'fd00:1::/127', gateway: 'fd00:1::', exclusions: { tv: 'fd00:1::1' } },
        { subnet: 'fd00:2::/64', gateway: 'fd00:2::1', exclusions: {} },
      ],
      ipv6: true,
      ...over,
    });
  it('looks at all subnets of a family', () => {
    const lan = two();
    const inventory = { engines: [engine()], networks: [lan], containers: [] };
    expect(suggestAddress(lan, inventory)).toBe('192.168.10.254');
    expect(suggestAddress(lan, inventory, undefined, 4, true)).toBe('192.168.10.2');
    expect(suggestAddress(lan, inventory, undefined, 6)).toBe('fd00:2::ffff');
  });
  it('for what no engine knows of is outside of the ranges where any subnet has an address there', () => {
    const lan = two();
    const [, second] = lan.subnets;
    const first = { subnet: '192.168.8.0/24', gateway: '192.168.8.1', exclusions: {} };
    const wide = { ...lan, subnets: [first, second!] };
    const inventory = { engines: [engine()], networks: [wide], containers: [] };
    expect(suggestAddress(wide, inventory, undefined, 4, true)).toBe('192.168.10.2');
  });
});
