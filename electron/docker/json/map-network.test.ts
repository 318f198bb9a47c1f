import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkSchema } from '../../../shared/model';
import { networks } from '../fixtures/networks';
import { mapNetwork, mapNetworks } from './map-network';

const context = { engineId: 'e1' };
const recorded = (name: string) =>
  mapNetwork(
    networks.find((network) => network.Name === name),
    context,
  );

describe('mapNetwork on a real 20.10', () => {
  it('gives models that the contract accepts', () => {
    for (const network of mapNetworks(networks, context))
      expect(networkSchema.parse(network)).toEqual(network);
  });

  it('gives the list in one order, whatever the order of the engine', () => {
    const names = (list: unknown[]) => mapNetworks(list, context).map((network) => network.name);
    expect(names(networks)).toEqual(names([...networks].reverse()));
    expect(names(networks)[0]).toBe('br1');
  });

  it('reads a macvlan with its parent, mode and addresses', () => {
    expect(recorded('m1')).toMatchObject({
      engineId: 'e1',
      kind: 'macvlan',
      parent: 'eth1',
      mode: 'bridge',
      subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.128/25', exclusions: {} }],
    });
    expect(recorded('m1')).not.toHaveProperty('bridge');
  });

  it('reads exclusions, and the mode that the driver takes when none is given', () => {
    expect(recorded('m2')).toMatchObject({
      mode: 'bridge',
      subnets: [{ exclusions: { router: '10.95.0.1', nas: '10.95.0.2' } }],
    });
  });

  it('reads subnets and ranges with host bits, which 20.10 keeps as they were given, in their one spelling', () => {
    const config = [{ Subnet: '192.168.30.7/24', IPRange: '192.168.30.243/28' }];
    const json = { Id: 'x', Name: 'lan', Driver: 'macvlan', IPAM: { Config: config } };
    expect(mapNetwork(json, { engineId: 'e1' }).subnets).toEqual([
      { subnet: '192.168.30.0/24', ipRange: '192.168.30.240/28', exclusions: {} },
    ]);
  });

  it('keeps a gateway with its prefix length, and none that is no address', () => {
    const gateways = ['fd00:70::1/64', '10.70.1.1', '<nil>', 'none', ''].map((Gateway) => {
      const json = { Id: 'x', IPAM: { Config: [{ Subnet: '10.70.1.0/24', Gateway }] } };
      return mapNetwork(json, context).subnets[0]?.gateway;
    });
    expect(gateways).toEqual(['fd00:70::1/64', '10.70.1.1', undefined, undefined, undefined]);
  });

  it('names the Linux bridge of bridge networks', () => {
    expect(recorded('bridge').bridge).toBe('docker0');
    expect(recorded('br1').bridge).toBe(`br-${recorded('br1').id.slice(0, 12)}`);
    const named = {
      Name: 'x',
      Id: 'i',
      Driver: 'bridge',
      Options: { 'com.docker.network.bridge.name': 'lan0' },
    };
    expect(mapNetwork(named, context).bridge).toBe('lan0');
  });

  it('reads the config-only network with the parent that it passes on', () => {
    expect(recorded('cfg')).toMatchObject({ kind: 'null', configOnly: true, parent: 'eth2' });
    expect(recorded('host')).toMatchObject({ kind: 'host', subnets: [] });
  });
});

describe('mapNetwork on other engines', () => {
  const network = (fields: object) => mapNetwork({ Id: 'id', Name: 'n', ...fields }, context);

  it('takes null for empty lists: a config-only network of 29, IPAM null', () => {
    expect(
      network({ ConfigOnly: true, IPAM: { Driver: 'default', Config: null }, Options: null }).subnets,
    ).toEqual([]);
    expect(network({ Driver: 'macvlan', IPAM: null, Options: { parent: 'eth0' } })).toMatchObject({
      subnets: [],
      ipamDriver: '',
      parent: 'eth0',
    });
  });

  it('calls drivers that it does not know other, and keeps their name', () => {
    expect(network({ Driver: 'weaveworks/net-plugin:latest' })).toMatchObject({
      kind: 'other',
      driver: 'weaveworks/net-plugin:latest',
    });
    expect(network({ Driver: 'other' }).kind).toBe('other');
  });

  it('reads ipvlan with its own default mode', () => {
    expect(network({ Driver: 'ipvlan', Options: { parent: 'eth0' } }).mode).toBe('l2');
    expect(network({ Driver: 'ipvlan', Options: { ipvlan_mode: 'l3' } }).mode).toBe('l3');
  });

  it('says that a parent is missing on Docker, unknown on Podman and where it is inherited', () => {
    expect(network({ Driver: 'macvlan', Options: {} }).parent).toBe('');
    expect(network({ Driver: 'macvlan', ConfigFrom: { Network: 'cfg' } })).toMatchObject({
      configFrom: 'cfg',
    });
    expect(network({ Driver: 'macvlan', ConfigFrom: { Network: 'cfg' } })).not.toHaveProperty('parent');
    const podman = mapNetwork({ Id: 'i', Driver: 'macvlan', Options: {} }, { engineId: 'e1', podman: true });
    expect(podman).not.toHaveProperty('parent');
  });

  it('does not believe Podman 5.8, which says of every network that it has no IPv4', () => {
    const json = { Id: 'i', EnableIPv4: false };
    expect(mapNetwork(json, { engineId: 'e1', podman: true })).not.toHaveProperty('ipv4');
    expect(mapNetwork(json, { engineId: 'e1' }).ipv4).toBe(false);
  });

  it('never throws, and never leaves the contract, whatever it is given', () => {
    const keys = ['Id', 'Name', 'Driver', 'IPAM', 'Options', 'Labels', 'ConfigFrom', 'Internal'];
    const shape = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(shape, fc.jsonValue()), (json) => {
        networkSchema.parse(mapNetwork(json, context));
        mapNetworks([json], context);
      }),
    );
  });
});
