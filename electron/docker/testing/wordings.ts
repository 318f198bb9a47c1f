import type { ErrorCode } from '../../../shared/model';

const id = 'dc91d52a4477c720ac63b9e422379e5fd05bcc6300b5ed414e6f6796167a42ac';
const shared =
  'container sharing network namespace with another container or host cannot be connected to any other network';
const [multiple, none] = ['container cannot be connected to multiple networks', 'in private (none) mode'];

/** Recorded from engines of these versions, or read in their source. */
export const dockerWordings: readonly [from: string, text: string, code: ErrorCode][] = [
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
  ['20.10', `${multiple} with one of the networks ${none}`, 'none_mode'],
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
  ['28.5', 'could not find a network matching network mode lan: network lan not found', 'mode_network_gone'],
  ['20.10', 'failed to create the macvlan port: device or resource busy', 'parent_busy'],
  ['20.10', 'failed to create the macvlan port: invalid argument', 'passthru_occupied'],
  [
    '20.10',
    'Could not attach to network ov: rpc error: code = PermissionDenied desc = network ov not manually attachable',
    'network_not_attachable',
  ],
  ['20.10', 'network ingress not manually attachable', 'network_ingress'],
  // 28 and 29, where they say it otherwise
  [
    '28',
    'cannot connect container to host network - container must be created in host network mode',
    'host_network',
  ],
  [
    '28',
    'cannot disconnect container from host network - container was created in host network mode',
    'host_network',
  ],
  [
    '29',
    'invalid endpoint settings:\nno configured subnet contains IP address 10.99.0.5',
    'address_outside_subnet',
  ],
  [
    '29',
    'invalid endpoint settings:\nuser-specified IP address is supported on user-defined networks only',
    'pin_needs_user_network',
  ],
  ['29', 'invalid JSON: ParseAddr("nonsense"): unable to parse IP', 'address_invalid'],
  [
    '29',
    'invalid JSON: netip.ParsePrefix("300.180.0.0/24"): ParseAddr("300.180.0.0"): IPv4 field has value >255',
    'subnet_invalid',
  ],
  ['29', 'invalid JSON: netip.ParsePrefix("nonsense"): no \'/\'', 'subnet_invalid'],
  ['20.10', `cannot join network of a non running container: ${id}`, 'shares_namespace'],
  [
    '28',
    'cannot join network namespace of a non running container: container web is exited',
    'shares_namespace',
  ],
  [
    '20.10',
    `Container ${id} is marked for removal and cannot be connected or disconnected to the network`,
    'container_not_found',
  ],
  ['28', 'failed to set up container networking: Address already in use', 'address_in_use'],
  // what is not there
  ['20.10', 'No such container: nonexist', 'container_not_found'],
  ['20.10', 'endpoint nonexist not found', 'container_not_found'],
  ['20.10', 'network nonet not found', 'network_not_found'],
  ['29', `network id ${id} not found`, 'network_not_found'],
  ['20.10', 'cannot create a swarm scoped network when swarm is not active', 'engine_unsupported'],
  // wordings that the patterns know besides
  [
    '26',
    'invalid network config:\ninvalid gateway fd00::1: parent subnet is an IPv4 block',
    'gateway_outside_subnet',
  ],
  ['26', 'invalid network config:\ninvalid gateway nonsense: invalid address', 'address_invalid'],
  [
    '26',
    'invalid network config:\ninvalid ip-range nonsense: invalid CIDR block notation',
    'range_outside_subnet',
  ],
  ['20.10', 'Requested address is out of range', 'address_outside_subnet'],
  ['26', 'operation not supported', 'engine_unsupported'],
];

/** As Podman 4.3.1 and 5.8.6 answered. */
export const podmanWordings: readonly [text: string, code: ErrorCode, sentence: string][] = [
  ['parent interface nope0 does not exist', 'parent_missing', 'parent_missing_no_links'],
  ['network name lan already used: network already exists', 'name_taken', 'name_taken'],
  ['default network podman cannot be removed', 'network_predefined', 'network_predefined'],
  [
    '"lan" has associated containers with it. Use -f to forcibly delete containers and pods: network is being used',
    'network_in_use',
    'network_in_use_members',
  ],
  ['unsupported driver ipvlan: invalid argument', 'engine_unsupported', 'engine_unsupported_driver'],
  ['failed to find driver or plugin "host"', 'engine_unsupported', 'engine_unsupported_driver'],
  [
    'unable to find network with name or ID nope: network not found',
    'network_not_found',
    'network_not_found',
  ],
  ['network not found', 'network_not_found', 'network_not_found_unnamed'],
  ['unknown macvlan mode "bogus"', 'mode_invalid', 'mode_invalid'],
  ['gateway 10.181.0.1 not in subnet 10.180.0.0/24', 'gateway_outside_subnet', 'gateway_outside_subnet'],
  ['failed to parse gateway ip nonsense', 'address_invalid', 'address_invalid'],
  [
    'lease range start ip 10.181.0.1 not in subnet 10.180.0.0/24',
    'range_outside_subnet',
    'range_outside_subnet_unnamed',
  ],
  ['failed to parse subnet: invalid CIDR address: 300.180.0.0/24', 'subnet_invalid', 'subnet_invalid'],
  [
    'macvlan driver needs at least one subnet specified, DHCP is not yet supported with netavark',
    'network_without_ipam',
    'network_without_ipam_network',
  ],
  [
    'cannot create network with name "bridge" because it conflicts with a valid network mode',
    'network_predefined',
    'network_predefined_name',
  ],
  [
    'container 42f0628302b4 is already connected to network "lan": network is already connected',
    'already_connected',
    'already_connected_unnamed',
  ],
  [
    'container 42f0628302b4 is already connected to network lan: network is already connected',
    'already_connected',
    'already_connected_unnamed',
  ],
  [
    'netavark: create veth pair: interface eth1 already exists on container namespace: Netlink error: File exists (os error 17)',
    'interface_left',
    'interface_left',
  ],
  [
    'netavark: rename tmp macvlan interface: Netlink error: File exists (os error 17)',
    'interface_left',
    'interface_left',
  ],
  [
    'netavark: unable to obtain lease: socket "/run/podman/nv-proxy.sock": No such file or directory (os error 2), is the netavark-dhcp-proxy.socket unit enabled?',
    'lease_not_obtained',
    'lease_not_obtained',
  ],
  [
    'IPAM error: requested ip address 10.180.0.60 is already allocated to container ID 74e81424423015c0',
    'address_in_use',
    'address_in_use_alone',
  ],
  [
    'IPAM error: failed to find free IP in range: 10.180.0.1 - 10.180.0.2',
    'subnet_full',
    'subnet_full_unnamed',
  ],
  ['failed to parse the ipv4 address "nonsense"', 'address_invalid', 'address_invalid'],
  [
    'requested static ip 10.99.0.5 not in any subnet on network lan',
    'address_outside_subnet',
    'address_outside_subnet_network',
  ],
  ['"" is not supported: invalid network mode', 'engine_unsupported', 'engine_unsupported_none_unnamed'],
  [
    'no container with name or ID "nope" found: no such container',
    'container_not_found',
    'container_not_found',
  ],
  [
    `no container with ID ${id} found in database: no such container`,
    'container_not_found',
    'container_not_found',
  ],
  ['no such container', 'container_not_found', 'container_not_found_unnamed'],
  [
    `container ${id} is not connected to network lan: network not found`,
    'not_connected',
    'not_connected_unnamed',
  ],
  [
    'network inspection mismatch: asked to join 2 network(s) map[dmz:{[] [296ca0725543] [] eth1 map[]} lan:{[] [web 296ca0725543] [] eth0 map[]}], but have information on 1 network(s): internal libpod error',
    'engine_error',
    'engine_error_half_attached',
  ],
  [
    'network inspection mismatch: asked to join 2 network(s) [lan dmz], but have information on 1 network(s): internal libpod error',
    'engine_error',
    'engine_error_half_attached_unnamed',
  ],
  [
    'network name a b invalid: names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument',
    'name_invalid',
    'name_invalid',
  ],
  [
    'netavark: create macvlan interface: Netlink error: Invalid argument (os error 22)',
    'passthru_occupied',
    'passthru_occupied_unnamed',
  ],
];
