import { describe, expect, it } from 'vitest';
import { container, endpoint, engine, network } from '../testing';
import { shimFor, shimProblems } from './shim';
import { shimName } from '../lans/shim-link';

const subnet = {
  subnet: '10.70.1.0/24',
  gateway: '10.70.1.1',
  ipRange: '10.70.1.128/25',
  exclusions: { nas: '10.70.1.140' },
};
const lan = network({ subnets: [subnet] });
const inventory = (containers = [] as ReturnType<typeof container>[]) => ({
  engines: [engine()],
  networks: [lan],
  containers,
});
const codes = (address: string, on = inventory()) =>
  shimProblems(address, lan, on).map(({ code, params }) => [code, params?.context]);

describe('shimProblems', () => {
  it('wants an address of the subnet that nobody else will have', () => {
    expect(codes('10.70.1.20')).toEqual([]);
    expect(codes('10.70.1.1')).toEqual([['address_is_gateway', undefined]]);
    expect(codes('10.70.9.1')).toEqual([['address_outside_subnet', undefined]]);
    expect(codes('10.70.1.200')).toEqual([['address_reserved', 'pool']]);
    expect(codes('nonsense')).toEqual([['address_invalid', 'ipv4']]);
    expect(codes('fd00::1')).toEqual([['address_invalid', 'ipv4']]);
    const held = inventory([container({ endpoints: [endpoint(lan, { ipv4: '10.70.1.20', prefix: 24 })] })]);
    expect(codes('10.70.1.20', held)).toEqual([['address_in_use', undefined]]);
  });

  it('takes one that was excluded from the pool for such a purpose', () => {
    expect(codes('10.70.1.140')).toEqual([]);
  });
});

describe('shimFor', () => {
  it('routes to the network’s own containers, and fits into Linux’s names', () => {
    const on = inventory([
      container({ id: 'c1', endpoints: [endpoint(lan, { ipv4: '10.70.1.61' })] }),
      container({
        id: 'c2',
        state: 'exited',
        endpoints: [endpoint(lan, { ipv4: '', pinned4: '10.70.1.60' })],
      }),
      container({ id: 'c3', engineId: 'e2', endpoints: [endpoint(lan, { ipv4: '10.70.1.62' })] }),
    ]);
    expect(shimFor(lan, '10.70.1.250', on)).toEqual({
      name: shimName(lan.id),
      parent: lan.parent,
      address: '10.70.1.250',
      routes: ['10.70.1.60/32', '10.70.1.61/32'],
    });
    expect(shimName('0123456789abcdef').length).toBe(15);
  });

  it('is none for networks without a macvlan parent', () => {
    expect(shimFor({ ...lan, kind: 'ipvlan' }, '10.70.1.250', inventory())).toBeNull();
    const { parent: _, ...bare } = lan;
    expect(shimFor(bare, '10.70.1.250', inventory())).toBeNull();
  });
});
