import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/model';
import { problemFromText } from './error-patterns';

const id = 'dc91d52a4477c720ac63b9e422379e5fd05bcc6300b5ed414e6f6796167a42ac';
const shared =
  'container sharing network namespace with another container or host cannot be connected to any other network';
const none =
  'container cannot be connected to multiple networks with one of the networks in private (none) mode';

/** Recorded from engines of these versions, or read in their source. */
const wordings: [from: string, text: string, code: ErrorCode][] = [
  // creating, 20.10
  ['20.10', 'invalid subinterface vlan name nope0, example formatting is eth0.10', 'parent_missing'],
  ['20.10', '-o parent interface does was not found on the host: nope0', 'parent_missing'],
  ['26', '-o parent interface was not found on the host: nope0', 'parent_missing'],
  ['20.10', 'vlan id must be between 1-4094, received: 5000', 'vlan_invalid'],
  ['20.10', 'unable to parse a valid vlan id from: abc (ex. eth0.10 for vlan 10)', 'vlan_invalid'],
  [
    '20.10',
    'required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received eth1.10.20',
    'parent_invalid',
  ],
  ['20.10', 'failed to create eth1.10 vlan link: operation not supported', 'engine_unsupported'],
  ['20.10', 'loopback interface is not a valid macvlan parent link', 'parent_invalid'],
  [
    '20.10',
    "requested macvlan mode 'bogus' is not valid, 'bridge' mode is the macvlan driver default",
    'mode_invalid',
  ],
  ['20.10', 'network dm-6d54b58aa700 is already using parent interface eth1', 'parent_taken'],
  ['20.10', 'Pool overlaps with other one on this address space', 'subnet_overlap'],
  ['29', 'invalid pool request: Pool overlaps with other one on this address space', 'subnet_overlap'],
  [
    '20.10',
    'failed to allocate gateway (10.99.0.1): Requested address is out of range',
    'gateway_outside_subnet',
  ],
  [
    '26',
    "invalid network config:\ninvalid gateway 10.99.0.1: parent subnet 10.72.0.0/24 doesn't contain this address",
    'gateway_outside_subnet',
  ],
  ['20.10', 'failed to allocate gateway (): No available addresses on this pool', 'subnet_invalid'],
  ['20.10', 'invalid gateway address hello in Ipam configuration', 'address_invalid'],
  ['20.10', 'Invalid subnet hello : invalid CIDR address: hello', 'subnet_invalid'],
  ['26', 'invalid network config:\ninvalid subnet foobar: invalid CIDR block notation', 'subnet_invalid'],
  ['26', 'invalid network config:\ninvalid subnet 10.1.2.3/24: it should be 10.1.2.0/24', 'subnet_host_bits'],
  [
    '26',
    "invalid network config:\ninvalid ip-range 192.168.0.0/24: parent subnet 10.0.0.0/8 doesn't contain ip-range",
    'range_outside_subnet',
  ],
  [
    '20.10',
    'failed to parse pool request for address space "LocalDefault" pool "10.72.0.0/24" subpool "hello": Invalid Address SubPool',
    'range_outside_subnet',
  ],
  [
    '20.10',
    'auxiliary address: (a:10.99.0.1) must belong to the master pool: 10.73.0.0/24',
    'exclusion_outside_subnet',
  ],
  [
    '26',
    "invalid network config:\ninvalid auxiliary address a: parent subnet 10.0.0.0/8 doesn't contain this address",
    'exclusion_outside_subnet',
  ],
  [
    '20.10',
    'failed to allocate secondary ip address (a:10.74.0.1): Address already in use',
    'address_reserved',
  ],
  ['20.10', 'network with name m1 already exists', 'name_taken'],
  ['20.10', 'network with name  already exists', 'name_invalid'],
  ['20.10', 'ipv4 pool is empty', 'network_without_ipam'],
  ['20.10', 'plugin "bogus" not found', 'engine_unsupported'],
  ['20.10', 'operation is not permitted on predefined bridge network ', 'network_predefined'],
  ['20.10', 'bridge is a pre-defined network and cannot be removed', 'network_predefined'],
  [
    '20.10',
    'error while removing network: network m1 id 6d54b58aa700b5d2 has active endpoints',
    'network_in_use',
  ],
  [
    '29',
    'error while removing network: network m1 has active endpoints (name:"c1" id:"abc")',
    'network_in_use',
  ],
  ['20.10', 'error while removing network: configuration network "cfg" is in use', 'network_in_use'],
  // connecting
  ['20.10', 'endpoint with name c1 already exists in network m1', 'already_connected'],
  ['20.10', `container ${id} is not connected to network m1`, 'not_connected'],
  ['20.10', `container ${id} is not connected to the network m1`, 'not_connected'],
  [
    '20.10',
    "Invalid address 10.99.1.20: It does not belong to any of this network's subnets",
    'address_outside_subnet',
  ],
  [
    '26',
    'invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.99.1.20',
    'address_outside_subnet',
  ],
  ['20.10', 'Address already in use', 'address_in_use'],
  ['20.10', 'Invalid IPv4 address: hello)', 'address_invalid'],
  ['26', 'invalid endpoint settings:\ninvalid IPv4 address: hello', 'address_invalid'],
  ['20.10', 'user specified IP address is supported on user defined networks only', 'pin_needs_user_network'],
  [
    '20.10',
    'user specified IP address is supported only when connecting to networks with user configured subnets',
    'pin_needs_user_network',
  ],
  ['20.10', shared, 'shares_namespace'],
  ['20.10', none, 'none_mode'],
  [
    '20.10',
    'container cannot be disconnected from host network or connected to host network',
    'host_network',
  ],
  ['20.10', 'cannot create endpoint on configuration-only network', 'network_config_only'],
  [
    '20.10',
    "no available IPv4 addresses on this network's address pools: small (b4ef4df17edf)",
    'subnet_full',
  ],
  ['20.10', 'failed to create the macvlan port: device or resource busy', 'parent_busy'],
  ['20.10', 'failed to create the macvlan port: invalid argument', 'passthru_occupied'],
  [
    '20.10',
    'Could not attach to network ov: rpc error: code = PermissionDenied desc = network ov not manually attachable',
    'network_not_attachable',
  ],
  ['20.10', 'network ingress not manually attachable', 'network_ingress'],
  // what is not there
  ['20.10', 'No such container: nonexist', 'container_not_found'],
  ['20.10', 'endpoint nonexist not found', 'container_not_found'],
  ['20.10', 'network nonet not found', 'network_not_found'],
  ['29', `network id ${id} not found`, 'network_not_found'],
  ['20.10', 'cannot create a swarm scoped network when swarm is not active', 'engine_unsupported'],
];

describe('the engine’s words', () => {
  it.each(wordings)('%s: "%s" is %s', (_from, text, code) => {
    const problem = problemFromText(text);
    expect(problem?.code).toBe(code);
    // Every placeholder of the sentence is filled, and no sentence is left hanging.
    expect(problem?.message).toMatch(/^[^$]+\.$/);
    expect(problem?.message).not.toContain('""');
  });

  it('are read for what they speak of', () => {
    expect(problemFromText('network dm-6d54b58aa700 is already using parent interface eth1')).toMatchObject({
      field: 'spec.parent',
      params: { network: 'dm-6d54b58aa700', parent: 'eth1' },
    });
    expect(problemFromText('auxiliary address: (a:fd00::1) must belong to the master pool: x')).toMatchObject(
      {
        params: { name: 'a', address: 'fd00::1' },
      },
    );
    expect(problemFromText('invalid subnet 10.1.2.3/24: it should be 10.1.2.0/24')).toMatchObject({
      hint: 'Write 10.1.2.0/24.',
      params: { subnet: '10.1.2.3/24', expected: '10.1.2.0/24' },
    });
    expect(problemFromText('vlan id must be between 1-4094, received: 5000')?.message).toContain('5000');
  });

  it('stay unknown when they are new', () => {
    expect(problemFromText('the flux capacitor is empty')).toBeUndefined();
    expect(problemFromText('')).toBeUndefined();
  });
});
