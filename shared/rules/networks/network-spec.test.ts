import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network, NetworkSpec } from '../../model';
import { tidySpec } from './network-spec';
import { bridge, checkSpec as check, engine, network, networkSpec as spec } from '../testing';

const v26 = engine({ apiVersion: '1.45' });

const codes = (found: { code: string }[]) => found.map((one) => one.code);

it('accepts a sound network, with the one thing that it cannot know', () => {
  expect(check()).toMatchObject({ problems: [], notices: [{ code: 'parent_unchecked', severity: 'info' }] });
});

it('accepts an IPv6 subnet beside it, blanks around it or none, and none that another network has', () => {
  const six = { subnet6: ' fd00:70::/64 ', gateway6: 'fd00:70::1', ipRange6: 'fd00:70::1:0/112' };
  expect(check(six).problems).toEqual([]);
  expect(check({ subnet6: ' ', gateway6: '', ipRange6: '' }).problems).toEqual([]);
  expect(tidySpec(spec({ subnet6: ' ' }))).not.toHaveProperty('subnet6');
  const other = network({ name: 'six', subnets: [{ subnet: 'fd00:70::/48', exclusions: {} }] });
  expect(check(six, [other]).problems).toMatchObject([
    { code: 'subnet_overlap', field: 'spec.subnet6', params: { network: 'six' } },
  ]);
});

it('says of every field that it is no address or range, beside a subnet that is none', () => {
  const garbage = { gateway: '10.70.2.999', ipRange: '1.2.3.4/40', gateway6: 'x', ipRange6: 'y' };
  const { problems } = check({ ...garbage, subnet: 'z', subnet6: 'z' });
  expect(problems.map(({ field }) => field)).toEqual(
    ['subnet', 'gateway', 'ipRange', 'subnet6', 'gateway6', 'ipRange6'].map((name) => `spec.${name}`),
  );
});

describe('problems', () => {
  it.each<[string, Partial<NetworkSpec>, string, string, string?]>([
    ['no name', { name: '' }, 'name_invalid', 'spec.name', 'empty'],
    ['a name with a space inside', { name: 'my lan' }, 'name_invalid', 'spec.name'],
    ['a name like an option', { name: '-lan' }, 'name_invalid', 'spec.name'],
    ['the engine’s own name', { name: 'bridge' }, 'network_predefined', 'spec.name', 'name'],
    ['no parent', { parent: '' }, 'parent_invalid', 'spec.parent', 'empty'],
    ['two dots', { parent: 'eth0.10.20' }, 'parent_invalid', 'spec.parent', 'dots'],
    ['loopback', { parent: 'lo' }, 'parent_invalid', 'spec.parent', 'loopback'],
    ['VLAN 5000', { parent: 'eth1.5000' }, 'vlan_invalid', 'spec.parent'],
    ['a bogus mode', { mode: 'bogus' }, 'mode_invalid', 'spec.mode'],
    ['a mode of the other driver', { driver: 'ipvlan', mode: 'bridge' }, 'mode_invalid', 'spec.mode'],
    ['no subnet', { subnet: '' }, 'subnet_invalid', 'spec.subnet', 'missing'],
    ['a subnet without a prefix', { subnet: '10.70.2.0' }, 'subnet_invalid', 'spec.subnet'],
    ['a subnet of one', { subnet: '10.70.2.0/32' }, 'subnet_invalid', 'spec.subnet', 'too_small'],
    ['loopback addresses', { subnet: '127.0.0.0/8' }, 'subnet_invalid', 'spec.subnet', 'reserved'],
    ['multicast', { subnet: '239.0.0.0/24' }, 'subnet_invalid', 'spec.subnet', 'reserved'],
    ['link-local addresses', { subnet: '169.254.0.0/16' }, 'subnet_invalid', 'spec.subnet', 'link_local'],
    ['what holds them', { subnet: '169.0.0.0/8' }, 'subnet_invalid', 'spec.subnet', 'link_local'],
    ['everything', { subnet: '0.0.0.0/0' }, 'subnet_invalid', 'spec.subnet', 'reserved'],
    ['host bits', { subnet: '10.70.2.7/24' }, 'subnet_host_bits', 'spec.subnet'],
    ['a second IPv4 subnet', { subnet6: '10.70.3.0/24' }, 'subnet_invalid', 'spec.subnet6', 'ipv6'],
    ['IPv6 without a prefix', { subnet6: 'fd00::' }, 'subnet_invalid', 'spec.subnet6', 'ipv6'],
    ['IPv6 host bits', { subnet6: 'fd00::7/64' }, 'subnet_host_bits', 'spec.subnet6'],
    ['IPv6 of two', { subnet6: 'fd00::/127' }, 'subnet_invalid', 'spec.subnet6', 'too_small6'],
    ['IPv6 multicast', { subnet6: 'ff02::/64' }, 'subnet_invalid', 'spec.subnet6', 'reserved6'],
    ['an IPv6 gateway of nothing', { gateway6: 'fd00::1' }, 'subnet_invalid', 'spec.subnet6', 'missing6'],
    [
      'an IPv6 gateway outside',
      { subnet6: 'fd00::/64', gateway6: 'fd01::1' },
      'gateway_outside_subnet',
      'spec.gateway6',
    ],
    [
      'an IPv6 gateway that is none',
      { subnet6: 'fd00::/64', gateway6: 'fd00::g' },
      'address_invalid',
      'spec.gateway6',
      'ipv6',
    ],
    [
      'an IPv6 range outside',
      { subnet6: 'fd00::/64', ipRange6: 'fd01::/112' },
      'range_outside_subnet',
      'spec.ipRange6',
    ],
    ['a strange gateway', { gateway: '10.70.2' }, 'address_invalid', 'spec.gateway', 'ipv4'],
    ['a gateway outside', { gateway: '10.70.3.1' }, 'gateway_outside_subnet', 'spec.gateway'],
    ['an IPv6 gateway', { gateway: 'fd00::1' }, 'gateway_outside_subnet', 'spec.gateway'],
    ['the network address', { gateway: '10.70.2.0' }, 'address_is_network', 'spec.gateway'],
    ['the broadcast address', { gateway: '10.70.2.255' }, 'address_is_broadcast', 'spec.gateway'],
    ['a strange range', { ipRange: '10.70.2.128' }, 'range_outside_subnet', 'spec.ipRange', 'invalid'],
    ['a range outside', { ipRange: '10.70.3.0/25' }, 'range_outside_subnet', 'spec.ipRange'],
    ['a range around', { ipRange: '10.70.0.0/16' }, 'range_outside_subnet', 'spec.ipRange'],
    [
      'a further subnet that overlaps',
      { more: [{ subnet: '10.70.2.64/26' }] },
      'subnet_overlap',
      'spec.more.0.subnet',
    ],
    [
      'a further gateway outside',
      { more: [{ subnet: '10.70.3.0/24', gateway: '10.70.4.1' }] },
      'gateway_outside_subnet',
      'spec.more.0.gateway',
    ],
    [
      'a strange exclusion',
      { exclusions: ['10.70.2.9', 'x'] },
      'address_invalid',
      'spec.exclusions.1',
      'ipv4',
    ],
    ['an exclusion outside', { exclusions: ['10.70.3.9'] }, 'exclusion_outside_subnet', 'spec.exclusions.0'],
    [
      'an exclusion twice',
      { exclusions: ['10.70.2.9', '10.70.2.9'] },
      'address_reserved',
      'spec.exclusions.1',
      'duplicate',
    ],
    ['the gateway excluded', { exclusions: ['10.70.2.1'] }, 'address_is_gateway', 'spec.exclusions.0'],
    [
      'the broadcast address excluded',
      { exclusions: ['10.70.2.255'] },
      'address_is_broadcast',
      'spec.exclusions.0',
    ],
  ])('%s', (_what, over, code, field, context) => {
    const { problems } = check(over);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, field, engineId: 'e1' });
    expect(problems[0]?.params?.context).toBe(context);
    expect(problems[0]?.message).not.toContain('{{');
  });
  it('tells of all fields at once, and suggests the subnet that was meant', () => {
    const { problems } = check({ name: '', parent: 'lo', mode: '', subnet: '10.70.2.7/24' });
    expect(codes(problems)).toEqual(['name_invalid', 'parent_invalid', 'mode_invalid', 'subnet_host_bits']);
    expect(problems[3]?.hint).toContain('10.70.2.0/24');
    expect(problems[2]?.hint).toBe('Possible: bridge, private, vepa, passthru.');
  });
  it('never throws, and never accepts a spec whose parts do not fit, whatever is typed', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('10.70.2.0/24', '10.70.2.5', 'fd00::/64', 'eth0', '0.0.0.0/0'),
    );
    const typed = fc.record({
      name: text,
      parent: text,
      mode: text,
      subnet: text,
      gateway: text,
      ipRange: text,
      exclusions: fc.array(text, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(typed, (over) => {
        const { problems } = check(over, [network(), bridge()]);
        if (!['bridge', 'private', 'vepa', 'passthru'].includes(over.mode)) expect(problems).not.toEqual([]);
        for (const one of problems) expect(one.field).toMatch(/^spec\./);
      }),
    );
  });
});

describe('against what the engine has', () => {
  it('refuses a name that is taken', () => {
    expect(check({ name: 'lan' }, [network()]).problems[0]).toMatchObject({
      code: 'name_taken',
      params: { name: 'lan', host: 'host-e1' },
    });
  });
  it('refuses a second network on one parent only before v27', () => {
    expect(check({ parent: 'eth1' }, [network()], v26).problems[0]).toMatchObject({
      code: 'parent_taken',
      params: { parent: 'eth1', network: 'lan', host: 'host-e1' },
    });
    expect(check({ parent: 'eth1' }, [network()]).problems).toEqual([]);
    expect(check({ parent: 'eth1.10' }, [network()], v26).problems).toEqual([]);
    expect(check({ parent: 'eth1' }, [network({ configOnly: true })], v26).problems).toEqual([]);
  });
  it('lets passthru and the other driver share with nobody', () => {
    const contextOf = (over: Partial<NetworkSpec>, other: Network) => {
      const [found] = check({ parent: 'eth1', ...over }, [other]).problems;
      return [found?.code, found?.params?.context];
    };
    expect(contextOf({}, network({ mode: 'passthru' }))).toEqual(['parent_taken', 'passthru']);
    expect(contextOf({ mode: 'passthru' }, network())).toEqual(['parent_taken', 'passthru']);
    expect(contextOf({}, network({ kind: 'ipvlan', mode: 'l2' }))).toEqual(['parent_taken', 'mixed']);
  });
  it.each([
    ['the same', '10.70.1.0/24', 'ambiguous'],
    ['a bridge’s whole', '172.17.0.0/16', 'same'],
    ['a part', '10.70.1.64/26', undefined],
    ['the whole', '10.70.0.0/16', undefined],
    ['a bridge’s', '172.17.8.0/24', undefined],
  ])('refuses %s subnet, with or without ranges', (_what, subnet, context) => {
    const others = [network({ subnet: { ipRange: '10.70.1.0/28' } }), bridge()];
    const { problems } = check({ subnet, gateway: undefined, ipRange: undefined, exclusions: [] }, others);
    expect(codes(problems)).toEqual(['subnet_overlap']);
    expect(problems[0]?.params?.context).toBe(context);
  });
  it('calls the same subnet on another parent ambiguous', () => {
    const { problems } = check(
      { subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.0/28', exclusions: [] },
      [network()],
    );
    expect(problems[0]?.params).toEqual({
      context: 'ambiguous',
      subnet: '10.70.1.0/24',
      network: 'lan',
      host: 'host-e1',
      parent: 'eth1',
    });
  });
  it('does not mind a config-only network, which holds no addresses', () => {
    expect(check({}, [network({ configOnly: true, subnet: { subnet: '10.70.2.0/24' } })]).problems).toEqual(
      [],
    );
  });
});

describe('tidySpec', () => {
  it('drops blanks and surrounding space, and keeps the rest', () => {
    const typed = spec({
      name: ' a ',
      gateway: ' ',
      ipRange: '',
      exclusions: [' 10.70.2.9 ', ''],
      labels: { x: 'y' },
    });
    const { gateway: _g, ipRange: _r, ...rest } = spec({ name: 'a', labels: { x: 'y' } });
    expect(tidySpec(typed)).toStrictEqual(rest);
  });
});
