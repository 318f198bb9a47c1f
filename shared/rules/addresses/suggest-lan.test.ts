import { describe, expect, it } from 'vitest';
import { suggestAddress } from './suggest';
import { checkAddress } from './check';
import { addressUses } from './testing';
import { container, endpoint, engine, network } from '../testing';

const engines = [engine({ id: 'e1' }), engine({ id: 'e2' })];

describe('an address that is to be fixed', () => {
  it('says nothing outside where the range is planned, or there is none', () => {
    const member = { engineId: 'e1', parentNic: 'eth1', networkName: 'lan' };
    const segment = {
      ...{
        id: 's',
        name: 'S',
        vlan: null,
        subnets: [{ subnet: '10.70.1.0/24' }],
        driver: 'macvlan' as const,
      },
      ...{ mode: 'bridge', reserved: [], members: [member] },
    };
    const ranged = network({ subnet: { ipRange: '10.70.1.0/26' } });
    const known = { engines, networks: [ranged], containers: [], segments: [segment] };
    expect(checkAddress('10.70.1.100', ranged, known).notices).toEqual([]);
    const plain = network();
    const docker0 = network({
      kind: 'bridge',
      name: 'apps',
      parent: undefined,
      subnet: { ipRange: '10.70.1.0/26' },
    });
    expect(checkAddress('10.70.1.100', docker0, { ...known, networks: [docker0] }).notices).toEqual([]);
    expect(
      checkAddress('10.70.1.100', plain, { ...known, networks: [plain] }).notices.map((one) => one.code),
    ).toEqual(['pin_in_auto_range']);
  });
  it('is warned of for the engine of another host first, which hands it out even while the container runs', () => {
    const networks = engines.map(({ id }) => network({ engineId: id }));
    const hosts = networks.map(
      (one) => checkAddress('10.70.1.99', one, { engines, networks, containers: [] }).notices[0]?.params,
    );
    const elsewhere = { context: 'elsewhere', range: '10.70.1.0/24' };
    expect(hosts).toMatchObject([
      { ...elsewhere, host: 'host-e2' },
      { ...elsewhere, host: 'host-e1' },
    ]);
  });
  it('neither suggests nor silently takes what a router probably has, where none is known', () => {
    const dark = network({ subnet: { gateway: undefined, ipRange: '10.70.1.64/26' } });
    const known = { engines, networks: [dark], containers: [] };
    expect(suggestAddress(dark, known)).toBe('10.70.1.127');
    expect(suggestAddress(dark, known, undefined, 4, true)).toBe('10.70.1.2');
    for (const router of ['10.70.1.1', '10.70.1.254'])
      expect(checkAddress(router, dark, known).notices[0]?.code).toBe('pin_maybe_router');
    expect(checkAddress('10.70.1.2', dark, known).notices.map((one) => one.code)).toEqual([
      'pin_outside_range',
    ]);
    const full = network({ subnet: { gateway: undefined } });
    expect(suggestAddress(full, { ...known, networks: [full] })).toBe('10.70.1.253');
    // Another host of the LAN tells where the router is.
    const told = network({ engineId: 'e2', subnet: { gateway: '10.70.1.7' } });
    expect(suggestAddress(full, { ...known, networks: [full, told] })).toBe('10.70.1.254');
  });
  it('of an overlay is honoured, and an automatic one there is no pin', () => {
    const overlay = network({ kind: 'overlay', scope: 'swarm', attachable: true, parent: undefined });
    const auto = container({ endpoints: [endpoint(overlay, { ipv4: '10.70.1.9', pinned4: '10.70.1.9' })] });
    const known = { engines, networks: [overlay], containers: [auto] };
    const found = checkAddress('10.70.1.5', overlay, known).notices.map((one) => one.code);
    expect(found).not.toContain('pin_ignored_by_swarm');
    expect(addressUses(overlay, known)).toContainEqual(
      expect.objectContaining({ address: '10.70.1.9', kind: 'automatic' }),
    );
  });
  it('is in use by a container of an overlapping subnet on another host, but not of another VLAN', () => {
    const wide = network({ engineId: 'e1' });
    const half = network({ engineId: 'e2', subnet: { subnet: '10.70.1.0/25' } });
    const other = container({
      engineId: 'e1',
      name: 'far',
      endpoints: [endpoint(wide, { ipv4: '10.70.1.50', pinned4: '10.70.1.50' })],
    });
    const known = (...networks: ReturnType<typeof network>[]) => ({ engines, networks, containers: [other] });
    expect(checkAddress('10.70.1.50', half, known(wide, half)).problems[0]?.code).toBe(
      'address_in_use_elsewhere',
    );
    const [a, b] = [
      { ...wide, parent: 'eth1.10' },
      { ...half, parent: 'eth1.20' },
    ];
    expect(checkAddress('10.70.1.50', b, known(a, b)).problems).toEqual([]);
  });
});
