import type { ErrorCode } from '../../shared/model';
import type { DockerGeneration } from './target';

type Expected = readonly [status: number, message: string | RegExp] | 'accepted';

export interface CreateCase {
  what: string;
  body: (nic: string) => {
    Options?: object;
    IPAM?: object;
    Driver?: string;
    Name?: string;
    EnableIPv4?: boolean;
  };
  expected: Record<DockerGeneration, Expected>;
  /** Podman's answer: the problem that the console makes of it, or its own words where it makes none. */
  onPodman: ErrorCode | RegExp | 'accepted';
}

/** A plain network on the parent. */
export const on = (parent: string) => ({
  Options: { parent },
  IPAM: { Config: [{ Subnet: '10.180.0.0/24' }] },
});
const ipam = (config: object) => (nic: string) => ({ Options: { parent: nic }, IPAM: { Config: [config] } });
const same = (expected: Expected): CreateCase['expected'] => ({
  '20.10': expected,
  '26.1': expected,
  '28.5': expected,
  '29.7': expected,
});
/** 20.10 differs; the later ones validate alike. */
const since26 = (old: Expected, later: Expected): CreateCase['expected'] => ({
  '20.10': old,
  '26.1': later,
  '28.5': later,
  '29.7': later,
});

/** What each generation answers to `POST /networks/create`, on a host with the given NIC. */
export const createTable: readonly CreateCase[] = [
  {
    what: 'a parent that is not there',
    body: () => on('nope0'),
    onPodman: 'parent_missing',
    expected: same([500, 'invalid subinterface vlan name nope0, example formatting is eth0.10']),
  },
  {
    what: 'a VLAN on a parent that is not there',
    body: () => on('nope0.10'),
    onPodman: 'parent_missing',
    expected: since26(
      [500, '-o parent interface does was not found on the host: nope0'],
      [500, '-o parent interface was not found on the host: nope0'],
    ),
  },
  {
    what: 'VLAN 5000',
    body: (nic) => on(`${nic}.5000`),
    onPodman: 'parent_missing',
    expected: same([500, 'vlan id must be between 1-4094, received: 5000']),
  },
  {
    what: 'a VLAN that is no number',
    body: (nic) => on(`${nic}.x`),
    onPodman: 'parent_missing',
    expected: same([500, 'unable to parse a valid vlan id from: x (ex. eth0.10 for vlan 10)']),
  },
  {
    what: 'two dots',
    body: (nic) => on(`${nic}.10.20`),
    onPodman: 'parent_missing',
    expected: same([
      500,
      /^required interface name format is: name\.vlan_id, ex\. eth0\.10 for vlan 10, instead received .*\.10\.20$/,
    ]),
  },
  {
    what: 'the loopback as parent',
    body: () => on('lo'),
    onPodman: 'accepted',
    expected: same([500, 'loopback interface is not a valid macvlan parent link']),
  },
  {
    // Podman takes Docker's name of the option without a word, and forgets it: it has one of its own.
    what: 'a mode that is none',
    body: (nic) => ({ ...on(nic), Options: { parent: nic, macvlan_mode: 'bogus', mode: 'bogus' } }),
    onPodman: 'mode_invalid',
    expected: same([
      500,
      "requested macvlan mode 'bogus' is not valid, 'bridge' mode is the macvlan driver default",
    ]),
  },
  {
    what: 'a gateway outside the subnet',
    body: ipam({ Subnet: '10.180.0.0/24', Gateway: '10.181.0.1' }),
    onPodman: 'gateway_outside_subnet',
    expected: since26(
      [500, 'failed to allocate gateway (10.181.0.1): Requested address is out of range'],
      [
        400,
        "invalid network config:\ninvalid gateway 10.181.0.1: parent subnet 10.180.0.0/24 doesn't contain this address",
      ],
    ),
  },
  {
    what: 'a gateway that is no address',
    body: ipam({ Subnet: '10.180.0.0/24', Gateway: 'nonsense' }),
    onPodman: 'address_invalid',
    expected: {
      ...since26(
        [500, 'invalid gateway address nonsense in Ipam configuration'],
        [400, 'invalid network config:\ninvalid gateway nonsense: invalid address'],
      ),
      '29.7': [400, 'invalid JSON: ParseAddr("nonsense"): unable to parse IP'],
    },
  },
  {
    what: 'host bits in the subnet',
    body: ipam({ Subnet: '10.180.0.7/24' }),
    onPodman: 'accepted',
    expected: since26('accepted', [
      400,
      'invalid network config:\ninvalid subnet 10.180.0.7/24: it should be 10.180.0.0/24',
    ]),
  },
  {
    what: 'an ip-range outside the subnet',
    body: ipam({ Subnet: '10.180.0.0/24', IPRange: '10.181.0.0/28' }),
    onPodman: 'range_outside_subnet',
    expected: since26('accepted', [
      400,
      "invalid network config:\ninvalid ip-range 10.181.0.0/28: parent subnet 10.180.0.0/24 doesn't contain ip-range",
    ]),
  },
  {
    what: 'the gateway as an auxiliary address',
    body: ipam({ Subnet: '10.180.0.0/24', Gateway: '10.180.0.1', AuxiliaryAddresses: { a: '10.180.0.1' } }),
    onPodman: 'accepted',
    expected: same([500, 'failed to allocate secondary ip address (a:10.180.0.1): Address already in use']),
  },
  {
    what: 'a subnet that is none',
    body: ipam({ Subnet: '300.180.0.0/24' }),
    onPodman: 'subnet_invalid',
    expected: {
      ...since26(
        [500, 'Invalid subnet 300.180.0.0/24 : invalid CIDR address: 300.180.0.0/24'],
        [400, 'invalid network config:\ninvalid subnet 300.180.0.0/24: invalid CIDR block notation'],
      ),
      '29.7': [
        400,
        'invalid JSON: netip.ParsePrefix("300.180.0.0/24"): ParseAddr("300.180.0.0"): IPv4 field has value >255',
      ],
    },
  },
  {
    what: 'no address management',
    body: (nic) => ({ Options: { parent: nic }, IPAM: { Driver: 'null' } }),
    onPodman: 'network_without_ipam',
    expected: {
      '20.10': [500, 'ipv4 pool is empty'],
      '26.1': [500, 'ipv4 pool is empty'],
      '28.5': [400, 'ipv4 pool is empty'],
      '29.7': [400, 'ipv4 pool is empty'],
    },
  },
  {
    what: 'no address management and no IPv4',
    body: (nic) => ({ Options: { parent: nic }, EnableIPv4: false, IPAM: { Driver: 'null' } }),
    onPodman: 'network_without_ipam',
    expected: {
      '20.10': [500, 'ipv4 pool is empty'],
      '26.1': [500, 'ipv4 pool is empty'],
      '28.5': 'accepted',
      '29.7': 'accepted',
    },
  },
  {
    what: 'the name of a predefined network',
    body: () => ({ Name: 'bridge', Driver: 'bridge' }),
    onPodman: 'network_predefined',
    expected: same([403, 'operation is not permitted on predefined bridge network ']),
  },
  {
    what: 'a second host network',
    body: () => ({ Driver: 'host' }),
    onPodman: 'engine_unsupported',
    expected: same([403, 'only one instance of "host" network is allowed']),
  },
  {
    what: 'docker0 as parent',
    body: () => on('docker0'),
    onPodman: 'parent_missing',
    expected: same('accepted'),
  },
  {
    what: 'an option that nobody knows',
    body: (nic) => ({ ...on(nic), Options: { parent: nic, bogus: '1' } }),
    onPodman: 'accepted',
    expected: same('accepted'),
  },
];
