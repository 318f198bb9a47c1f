import { describe, expect, it } from 'vitest';
import { addressPlan } from './address-plan';
import { suggestAddress } from './suggest';
import { strangersAt } from './answering';
import type { Answering } from '../inventory/beside';
import { checkAddress } from './check';
import { formatIp, parseIp } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { planAttach } from '../plan/attach';
import { container, endpoint, engine, network, twoHosts } from '../testing';

const range = '10.70.1.240/28';
const lan = network({ subnet: { ipRange: range } });
const stranger = '3c:00:00:00:00:01';
const heard = (address: string, more: Partial<Answering> = {}): Answering => ({
  ...{ engineId: 'e1', nic: lan.parent ?? '', address, macs: [stranger] },
  ...more,
});
const world = (more: Partial<Inventory> = {}): Inventory => ({
  ...{ engines: [engine()], networks: [lan], containers: [] },
  ...more,
});
const codes = (address: string, inventory: Inventory) =>
  checkAddress(address, lan, inventory).notices.map((one) => one.code);

describe('an address that somebody on the LAN answers for', () => {
  it('is told with the MAC, and not suggested', () => {
    const answering = [heard('10.70.1.254'), heard('10.70.1.99')];
    const found = checkAddress('10.70.1.99', lan, world({ answering }));
    expect(found.problems).toEqual([]);
    expect(found.notices[0]).toMatchObject({
      code: 'address_answers',
      severity: 'warning',
      params: { address: '10.70.1.99', mac: stranger, network: 'lan' },
    });
    expect(suggestAddress(lan, world())).toBe('10.70.1.254');
    expect(suggestAddress(lan, world({ answering }))).toBe('10.70.1.253');
    const request = { kind: 'attach', engineId: 'e1', containerId: 'web', networkId: lan.id } as const;
    const containers = [container({ id: 'web', name: 'web' })];
    const plan = planAttach({ ...request, ipv4: '10.70.1.254' }, world({ answering, containers }));
    expect(plan).toMatchObject({ problems: [], suggestedIpv4: '10.70.1.253' });
    expect(plan.notices.map((one) => one.code)).toContain('address_answers');
    expect(plan.steps).not.toEqual([]);
  });

  it('is told to every host of that LAN, and to no other network', () => {
    const { here, there, engines, networks } = twoHosts();
    const answering = [heard('10.70.1.99', { nic: here.parent ?? '' })];
    const around = { engines, networks, containers: [], answering };
    expect(strangersAt('10.70.1.99', there, around)).toEqual([stranger]);
    const other = { ...around, answering: [heard('10.70.1.99', { nic: 'eth9' })] };
    expect(strangersAt('10.70.1.99', there, other)).toEqual([]);
  });

  it('is no stranger’s where a container is known to hold it with that MAC', () => {
    const held = { ipv4: '10.70.1.99', mac: '02:42:0A:46:01:63' };
    const containers = [container({ endpoints: [endpoint(lan, held)] })];
    const by = (...macs: string[]) =>
      strangersAt('10.70.1.99', lan, world({ containers, answering: [heard('10.70.1.99', { macs })] }));
    expect(by('02:42:0a:46:01:63')).toEqual([]);
    expect(by('02:42:0a:46:01:63', stranger)).toEqual([stranger]);
  });

  it('is no stranger’s where its holder is known by the address alone', () => {
    const answering = ['10.70.1.1', '10.70.1.98', '10.70.1.99'].map((one) => heard(one));
    const containers = [container({ endpoints: [endpoint(lan, { ipv4: '10.70.1.99', mac: '' })] })];
    const shims = [
      { engineId: 'e1', networkId: lan.id, networkName: 'lan', address: '10.70.1.98', since: 0 },
    ];
    const known = world({ containers, shims, answering });
    for (const { address } of answering) expect(strangersAt(address, lan, known)).toEqual([]);
  });

  it('counts where the container that holds it is stopped', () => {
    const containers = [
      container({
        state: 'exited',
        endpoints: [endpoint(lan, { ipv4: '', mac: '', pinned4: '10.70.1.99' })],
      }),
    ];
    const known = world({ containers, answering: [heard('10.70.1.99')] });
    expect(strangersAt('10.70.1.99', lan, known)).toEqual([stranger]);
  });
});

describe('a range that may be all that a DHCP server leaves alone', () => {
  const taken = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) =>
      container({
        id: `c${String(index)}`,
        name: `c${String(index)}`,
        endpoints: [endpoint(lan, { ipv4: `10.70.1.${String(from + index)}` })],
      }),
    );

  it('is used from its top, before any address outside', () => {
    expect(suggestAddress(lan, world())).toBe('10.70.1.254');
    // What is offered is not spoken against; the one below it is.
    expect(codes('10.70.1.254', world())).toEqual([]);
    expect(codes('10.70.1.253', world())).toEqual(['pin_in_auto_range']);
    expect(suggestAddress(lan, world({ containers: taken(250, 254) }))).toBe('10.70.1.249');
    const full = world({ containers: taken(240, 254) });
    expect(suggestAddress(lan, full)).toBe('10.70.1.2');
    expect(codes('10.70.1.2', full)).toEqual(['pin_outside_range']);
  });

  it('is not used where another engine hands out addresses, nor for what no engine knows of', () => {
    const far = network({ engineId: 'e2', subnet: { ipRange: '10.70.1.248/29' } });
    expect(suggestAddress(lan, world({ networks: [lan, far] }))).toBe('10.70.1.247');
    expect(suggestAddress(lan, world(), undefined, 4, true)).toBe('10.70.1.2');
  });

  it('counts in every subnet, and in IPv6', () => {
    const both = network({ subnet: { ipRange: range } });
    both.ipv6 = true;
    both.subnets.push({ subnet: 'fd00:70::/64', ipRange: 'fd00:70::100/120', exclusions: {} });
    both.subnets.push({
      subnet: '10.70.9.0/24',
      gateway: '10.70.9.1',
      ipRange: '10.70.9.64/27',
      exclusions: {},
    });
    const around = world({ networks: [both] });
    expect(suggestAddress(both, around, undefined, 6)).toBe('fd00:70::1ff');
    const last = parseIp('10.70.1.254')?.value ?? 0n;
    const holds = Array.from({ length: 15 }, (_, index) => {
      const ipv4 = formatIp({ version: 4, value: last - BigInt(index) });
      return container({ id: ipv4, name: ipv4, endpoints: [endpoint(both, { ipv4 })] });
    });
    expect(suggestAddress(both, { ...around, containers: holds })).toBe('10.70.9.95');
    const plan = addressPlan(both, { ...around, containers: holds });
    expect(plan).toMatchObject({ suggestion: '10.70.9.95', suggestion6: 'fd00:70::1ff' });
    expect(plan.subnets).toEqual(['10.70.1.0/24', 'fd00:70::/64', '10.70.9.0/24']);
    expect(plan.notices.map((one) => one.code)).toEqual([]);
  });

  it('is told in the address plan when what is suggested lies outside', () => {
    const plan = addressPlan(lan, world({ containers: taken(240, 254) }));
    expect(plan.suggestion).toBe('10.70.1.2');
    expect(plan.notices).toMatchObject([
      { code: 'pin_outside_range', params: { context: 'full', address: '10.70.1.2', range } },
    ]);
  });
});
