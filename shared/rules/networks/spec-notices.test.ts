import { describe, expect, it } from 'vitest';
import { bridge, checkSpec as check, engine, network, podman } from '../testing';

const v26 = engine({ apiVersion: '1.45' });
const v29 = engine();
const codes = (found: { code: string }[]) => found.map((one) => one.code);

describe('notices', () => {
  const noticesOf = (...args: Parameters<typeof check>) =>
    codes(check(...args).notices).filter((code) => code !== 'parent_unchecked');
  it('of a missing gateway differ by engine', () => {
    const missing = { gateway: undefined, ipRange: undefined };
    expect(check(missing, [], v26).notices).toContainEqual(
      expect.objectContaining({
        code: 'gateway_guessed',
        params: { network: 'lan20', address: '10.70.2.1' },
      }),
    );
    expect(noticesOf(missing)).toEqual(['gateway_absent']);
    expect(noticesOf(missing, [], engine({ apiVersion: '1.51' }))).toEqual(['gateway_guessed']);
    expect(noticesOf(missing, [], podman())).toEqual(['gateway_guessed']);
    expect(noticesOf({ ...missing, internal: true }, [], v26)).toEqual([]);
    expect(noticesOf({ ...missing, driver: 'ipvlan', mode: 'l3' }, [], v26)).toEqual([]);
  });
  it('of a gateway that the engine takes in IPv6, too', () => {
    const dual = { subnet6: 'fd00:70::/64' };
    const guessed = (...args: Parameters<typeof check>) =>
      check(...args).notices.flatMap(({ code, params }) =>
        code === 'gateway_guessed' ? [params?.['address']] : [],
      );
    expect(guessed(dual, [], v26)).toEqual(['fd00:70::1']);
    expect(guessed({ ...dual, gateway6: 'fd00:70::9' }, [], v26)).toEqual([]);
    expect(guessed({ ...dual, internal: true }, [], v26)).toEqual([]);
    expect(guessed(dual)).toEqual([]);
    expect(guessed(dual, [], podman())).toEqual([]);
  });
  it.each([
    ['8.8.8.0/24', true],
    ['172.32.0.0/16', true],
    ['10.0.0.0/7', true],
    ['10.70.9.0/24', false],
    ['100.64.0.0/10', false],
    ['203.0.113.0/25', false],
  ])('of public addresses: %s is %s', (subnet, is) => {
    const found = noticesOf({ subnet, gateway: undefined, ipRange: undefined, exclusions: [] });
    expect(found.includes('subnet_public')).toBe(is);
  });
  it.each([
    ['2a02:1234::/64', true],
    ['2001:db8:70::/64', false],
    ['fd00:70::/64', false],
  ])('of public IPv6 addresses: %s is %s', (subnet6, is) => {
    const found = check({ subnet6 });
    expect(found.problems).toEqual([]);
    expect(codes(found.notices).includes('subnet_public')).toBe(is);
  });
  it('of modes', () => {
    expect(noticesOf({ mode: 'private' })).toEqual(['mode_isolates']);
    expect(noticesOf({ mode: 'vepa' })).toEqual(['mode_isolates']);
    expect(noticesOf({ mode: 'passthru' })).toEqual(['mode_passthru']);
  });
  it('of VLAN links and Docker’s own bridges', () => {
    expect(check({ parent: 'eth0.10' }).notices[1]).toMatchObject({
      code: 'vlan_link_made',
      params: { parent: 'eth0.10', vlan: 10 },
    });
    expect(noticesOf({ parent: 'docker0' })).toEqual(['lan_unreachable']);
    expect(noticesOf({ parent: 'br-0123456789ab' })).toEqual(['lan_unreachable']);
  });
  it('doubts only an interface that nothing tells of', () => {
    const doubted = (...args: Parameters<typeof check>) =>
      check(...args)
        .notices.filter(({ code }) => code === 'parent_unchecked')
        .map(({ params }) => params.parent);
    const none = { subnets: [], name: 'other' };
    expect(doubted({ parent: 'eth1.30' })).toEqual(['eth1']);
    expect(doubted({ parent: 'eth1.30' }, [network({ ...none, parent: 'eth1' })])).toEqual([]);
    expect(doubted({ parent: 'eth1' }, [network({ ...none, parent: 'eth1.20' })])).toEqual([]);
    expect(doubted({ parent: 'eth1' }, [network({ ...none, parent: 'eth2' })])).toEqual(['eth1']);
    expect(doubted({ parent: 'eth1' }, [], v29, [network({ engineId: 'e2', parent: 'eth1' })])).toEqual([
      'eth1',
    ]);
    expect(doubted({ parent: 'eth1' }, [network({ ...none, parent: 'eth1', configOnly: true })])).toEqual([
      'eth1',
    ]);
    expect(doubted({ parent: 'docker0' })).toEqual([]);
    expect(doubted({ parent: 'eth1.30' }, [], podman({ id: 'e1' }))).toEqual([]);
  });
  it('of engines apart from the LAN', () => {
    expect(noticesOf({}, [], engine({ desktopVm: true }))).toEqual(['lan_unreachable']);
    expect(noticesOf({}, [], engine({ rootless: true }))).toEqual(['lan_unreachable']);
  });
  it('of the same LAN on another host, and of ranges that overlap there', () => {
    const there = (ipRange?: string) =>
      network({ engineId: 'e2', subnet: { subnet: '10.70.2.0/24', ipRange } });
    expect(noticesOf({}, [], v29, [there('10.70.2.0/25')])).toEqual(['subnet_shared']);
    expect(noticesOf({}, [], v29, [there('10.70.2.192/26')])).toEqual([
      'subnet_shared',
      'auto_range_overlap',
    ]);
    expect(noticesOf({}, [], v29, [there()])).toEqual(['subnet_shared', 'auto_range_overlap']);
    expect(noticesOf({ ipRange: undefined }, [], v29, [there('10.70.2.0/28')])).toContain(
      'auto_range_overlap',
    );
    expect(noticesOf({ driver: 'ipvlan', mode: 'l3' }, [], v29, [there()])).toEqual([]);
    expect(noticesOf({}, [], v29, [bridge({ engineId: 'e2', subnets: there().subnets })])).toEqual([]);
  });
  it('says that a range has no address to hand out, and so says nothing of one that has', () => {
    const told = (over: object) =>
      check({ gateway: '10.70.2.1', ...over }).notices.filter(({ code }) => code === 'range_used_up');
    expect(told({ ipRange: '10.70.2.1/32' })).toMatchObject([{ params: { range: '10.70.2.1/32' } }]);
    expect(told({ ipRange: '10.70.2.8/31', exclusions: ['10.70.2.8', '10.70.2.9'] })).toHaveLength(1);
    expect(told({ ipRange: '10.70.2.0/31' })).toHaveLength(1);
    expect(told({ ipRange: '10.70.2.2/32' })).toEqual([]);
    expect(told({ ipRange: '10.70.2.8/31', exclusions: ['10.70.2.8'] })).toEqual([]);
  });
});
