import { describe, expect, it } from 'vitest';
import { withLibpod } from './libpod';
import { mapEndpoints } from './map-endpoint';
import { mapNetwork } from './map-network';

/** As Podman 4.3.1 answered. */
const compat = {
  Name: 'lan',
  Id: 'f4cd79',
  Scope: 'local',
  Driver: 'macvlan',
  IPAM: { Driver: 'default', Config: [{ Subnet: '10.180.0.0/24', Gateway: '10.180.0.1' }] },
  Options: {},
  Labels: { a: 'b' },
};
const own = {
  name: 'lan',
  id: 'f4cd79',
  driver: 'macvlan',
  network_interface: 'eth1',
  subnets: [
    {
      subnet: '10.180.0.0/24',
      gateway: '10.180.0.1',
      lease_range: { start_ip: '10.180.0.129', end_ip: '10.180.0.191' },
    },
  ],
};
const map = (json: unknown) => mapNetwork(json, { engineId: 'e1', podman: true });

describe('what Podman says in its own API', () => {
  it('gives a network its parent, mode and range', () => {
    expect(map(compat)).not.toHaveProperty('parent');
    expect(map(withLibpod(compat, [{ id: 'other' }, own]))).toMatchObject({
      parent: 'eth1',
      mode: 'bridge',
      subnets: [{ subnet: '10.180.0.0/24', gateway: '10.180.0.1', ipRange: '10.180.0.128/26' }],
    });
    const isolated = { ...own, options: { mode: 'private' } };
    expect(map(withLibpod(compat, [isolated]))).toMatchObject({ mode: 'private' });
  });

  it('has no gateway where Podman has none, which Docker’s API words as an address', () => {
    const config = [{ Subnet: '10.180.0.0/24', Gateway: '<nil>', IPRange: '<nil>' }];
    const internal = { ...compat, Internal: true, IPAM: { ...compat.IPAM, Config: config } };
    expect(map(internal).subnets).toEqual([{ subnet: '10.180.0.0/24', exclusions: {} }]);
    const entry = { IPAddress: '10.180.0.5', IPPrefixLen: 24, Gateway: '<nil>' };
    expect(mapEndpoints({ lan: entry }, 'c1', true)).toMatchObject([{ ipv4: '10.180.0.5', gateway: '' }]);
  });

  it('names the bridge of a bridge network', () => {
    const bridge = { id: 'f4cd79', driver: 'bridge', network_interface: 'podman1' };
    expect(map(withLibpod({ ...compat, Driver: 'bridge' }, [bridge]))).toMatchObject({ bridge: 'podman1' });
    expect(map({ ...compat, Driver: 'bridge' })).not.toHaveProperty('bridge');
  });

  it('changes nothing where it says nothing, or nonsense', () => {
    expect(withLibpod(compat, [])).toEqual(compat);
    expect(map(withLibpod(compat, [{ id: 'f4cd79', subnets: 'x', options: [1] }]))).toMatchObject({
      name: 'lan',
      subnets: [{ subnet: '10.180.0.0/24' }],
    });
    expect(withLibpod({}, [{}])).toEqual({});
  });
});
