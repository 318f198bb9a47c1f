import { describe, expect, it } from 'vitest';
import type { Engine, Network, NetworkSpec } from '../../model';
import { checkNetworkSpec, tidySpec } from './network-spec';
import { engine } from '../testing';

const spec = (over: Partial<NetworkSpec> = {}): NetworkSpec => ({
  ...{ name: 'lan', driver: 'macvlan', parent: 'eth1', mode: 'bridge', subnet: '10.70.2.0/24' },
  ...{ exclusions: [], internal: false },
  ...over,
});
const check = (over: Partial<NetworkSpec>, networks: Network[], on: Engine) =>
  checkNetworkSpec(spec(over), { engine: on, networks, allNetworks: networks, engines: [on] });

describe('a subnet that only newer engines take', () => {
  const bare = { gateway: undefined, ipRange: undefined, exclusions: [] };
  const on = (apiVersion: string) => engine({ apiVersion });
  it.each(['1.42', '1.45', '1.55'])('of two addresses on API %s', (api) => {
    expect(check({ ...bare, subnet: '10.70.2.0/31' }, [], on(api)).problems).toEqual([]);
    expect(check({ ...bare, subnet: '10.70.2.0/31', gateway: '10.70.2.0' }, [], on(api)).problems).toEqual(
      [],
    );
  });
  it.each(['1.41', '1.40', ''])('and not of two addresses on API “%s”', (api) => {
    expect(check({ ...bare, subnet: '10.70.2.0/31' }, [], on(api)).problems).toMatchObject([
      { code: 'subnet_invalid', params: { context: 'too_small' } },
    ]);
  });
  it.each([
    { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' },
    { subnet: '', subnet6: 'fd00:70::/64', gateway6: 'fd00:70::1' },
  ])('of IPv6 alone from API 1.48 on, in either field', (six) => {
    expect(check({ ...bare, ...six }, [], on('1.48')).problems).toEqual([]);
    expect(check({ ...bare, ...six }, [], on('1.47')).problems).toMatchObject([
      { code: 'subnet_invalid', params: { context: 'ipv6_only', subnet: 'fd00:70::/64' } },
    ]);
    expect(tidySpec(spec({ ...bare, ...six }))).toMatchObject({
      ...{ subnet: '', subnet6: 'fd00:70::/64', gateway6: 'fd00:70::1' },
    });
  });
});
