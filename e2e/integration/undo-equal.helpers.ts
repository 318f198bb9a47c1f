import type { LabHost } from '../lab';

/** A network as its API takes it. */
export const create = (host: LabHost, body: object) => host.api('POST', '/networks/create', body);
/** One with all that a network of its kind can have. */
export const lan = (host: LabHost) => ({
  Name: 'lan',
  Driver: 'macvlan',
  Attachable: true,
  Labels: { owner: 'team a' },
  Options: { parent: host.nic, macvlan_mode: 'bridge', 'com.docker.network.driver.mtu': '1400' },
  IPAM: {
    Driver: 'default',
    Options: { why: 'not' },
    Config: [
      {
        ...{ Subnet: '10.70.1.0/24', Gateway: '10.70.1.1', IPRange: '10.70.1.64/27' },
        AuxiliaryAddresses: { printer: '10.70.1.5', 'old nas': '10.70.1.6' },
      },
      { Subnet: 'fd00:70::/64' },
    ],
  },
});
/** By what is particular about them; the last of each is the one called `lan`. */
export const networks = (host: LabHost): [string, object[]][] => [
  ['an IPv6 subnet and EnableIPv6 false', [lan(host)]],
  [
    'an IPv6 subnet, a gateway and an exclusion in it, and EnableIPv6',
    [
      {
        ...lan(host),
        EnableIPv6: true,
        Internal: true,
        IPAM: {
          Config: [
            { Subnet: '10.70.1.0/24' },
            { Subnet: 'fd00:70::/64', Gateway: 'fd00:70::1', AuxiliaryAddresses: { dns: 'fd00:70::53' } },
          ],
        },
      },
    ],
  ],
  [
    'two IPv4 subnets',
    [{ ...lan(host), IPAM: { Config: [{ Subnet: '10.70.1.0/24' }, { Subnet: '10.70.2.0/24' }] } }],
  ],
  [
    'settings for others',
    [
      {
        ...{ Name: 'lan', ConfigOnly: true, Labels: { a: 'b' } },
        IPAM: { Config: [{ Subnet: '10.71.1.0/24', AuxiliaryAddresses: { x: '10.71.1.9' } }] },
        Options: { parent: host.nic },
      },
    ],
  ],
  [
    'settings from another',
    [
      {
        ...{ Name: 'settings', ConfigOnly: true, Options: { parent: host.nic } },
        IPAM: { Config: [{ Subnet: '10.71.1.0/24' }] },
      },
      { Name: 'lan', Driver: 'macvlan', ConfigFrom: { Network: 'settings' } },
    ],
  ],
  [
    'a bridge of its own',
    [{ Name: 'lan', Driver: 'bridge', Options: { 'com.docker.network.bridge.enable_icc': 'false' } }],
  ],
];
