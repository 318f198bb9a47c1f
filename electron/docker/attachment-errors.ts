import type { ErrorPattern } from './error-pattern';

const CHOOSE_ADDRESS = 'Choose another address of the subnet.';

/** What engines say when a container can't be connected or disconnected, and of what isn't there. */
export const attachmentErrors: readonly ErrorPattern[] = [
  // --- connecting: what can't be connected
  {
    match: /endpoint with name (\S+) already exists in network (\S+)/i,
    code: 'already_connected',
    message: '$1 is attached to $2 already.',
    params: ['container', 'network'],
  },
  {
    match: /container sharing network namespace with another container or host/i,
    code: 'shares_namespace',
    message: 'The container uses the network of its host or of another container.',
    hint: 'Attach the container that owns the network namespace; for host networking there is none.',
  },
  {
    match: /disconnected from host network or connected to host network/i,
    code: 'host_network',
    message: 'Host networking is chosen when a container is made; it can’t be attached or detached.',
    hint: 'Make the container anew with the network mode you want.',
  },
  {
    match: /private \(none\) mode/i,
    code: 'none_mode',
    message: 'The container was made without a network, which excludes any other.',
    hint: 'Detach the network "none" first; then it can be attached.',
  },
  {
    match: /endpoint on configuration-only network/i,
    code: 'network_config_only',
    message: 'The network only holds settings for others; nothing can be attached to it.',
    hint: 'Attach to a network that is made from it.',
  },
  {
    match: /network ingress not manually attachable/i,
    code: 'network_ingress',
    message: 'The ingress network belongs to the swarm’s routing mesh; nothing can be attached to it.',
  },
  {
    match: /network (\S+?) not manually attachable/i,
    code: 'network_not_attachable',
    message: 'The network "$1" belongs to swarm services; single containers can’t be attached.',
    hint: 'Make the network anew with the attachable option.',
    params: ['network'],
  },
  {
    match: /is not connected to (?:the )?network (\S+)/i,
    code: 'not_connected',
    message: 'The container is not attached to $1.',
    params: ['network'],
  },
  // --- connecting: addresses
  {
    match: /invalid address (\S+?): it does not belong to any of this network's subnets/i,
    code: 'address_outside_subnet',
    message: '$1 is outside the subnet of the network.',
    hint: CHOOSE_ADDRESS,
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /no configured subnet or ip-range contain the ip address (\S+)/i,
    code: 'address_outside_subnet',
    message: '$1 is outside the subnet of the network.',
    hint: CHOOSE_ADDRESS,
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /requested address is out of range/i,
    code: 'address_outside_subnet',
    message: 'The address is outside the subnet of the network.',
    hint: CHOOSE_ADDRESS,
    field: 'ipv4',
  },
  {
    match: /invalid ipv[46] address: ([^\s)]+)/i,
    code: 'address_invalid',
    message: '"$1" is not an address.',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /user specified ip address is supported (?:on user defined networks only|only when connecting)/i,
    code: 'pin_needs_user_network',
    message: 'An address can be fixed only on a network whose subnet was set by hand.',
    hint: 'Attach without a fixed address, or make a network with a subnet.',
    field: 'ipv4',
  },
  {
    match: /address already in use/i,
    code: 'address_in_use',
    message: 'The address is in use on this engine, or is the gateway’s, or the subnet’s first or last.',
    hint: CHOOSE_ADDRESS,
    field: 'ipv4',
  },
  {
    match: /no available (?:ipv[46] )?addresses/i,
    code: 'subnet_full',
    message: 'The network has no free address left to hand out.',
    hint: 'Detach a container, or give a fixed address outside the automatic range.',
  },
  // --- the kernel refuses the link, at start or at a live connect
  {
    match: /macvlan port: invalid argument|macvlan port: device or resource busy.*passthru/i,
    code: 'passthru_occupied',
    message: 'A passthru parent serves one container at a time, and another has it.',
    hint: 'Detach the other container, or use a network in bridge mode.',
  },
  {
    match: /device or resource busy/i,
    code: 'parent_busy',
    message: 'The parent interface is held by something else, such as a bridge or another kind of link.',
    hint: 'Choose a parent that is no bridge port and carries no ipvlan beside macvlan.',
    field: 'spec.parent',
  },
  // --- what is not there
  {
    match: /no such container: (\S+)/i,
    code: 'container_not_found',
    message: 'The engine has no container $1.',
    hint: 'It may have been removed meanwhile: refresh.',
    params: ['container'],
  },
  {
    // 20.10's disconnect of a container that does not exist.
    match: /^endpoint (\S+) not found/i,
    code: 'container_not_found',
    message: 'The engine has no container $1.',
    hint: 'It may have been removed meanwhile: refresh.',
    params: ['container'],
  },
  {
    match: /network (?:id )?(\S+) not found/i,
    code: 'network_not_found',
    message: 'The engine has no network $1.',
    hint: 'It may have been removed meanwhile: refresh.',
    params: ['network'],
  },
  // --- what the engine can't do
  {
    match: /plugin "?([^"\s]+)"? not found/i,
    code: 'engine_unsupported',
    message: 'The engine has no driver named "$1".',
    params: ['driver'],
  },
  {
    match: /client version \S+ is too (?:old|new)|swarm is not active|not a swarm manager/i,
    code: 'engine_unsupported',
    message: 'The engine can’t do this in its present state or version.',
  },
  {
    match: /operation not supported|not supported by (?:the )?(?:kernel|driver)/i,
    code: 'engine_unsupported',
    message: 'The host’s kernel does not support this.',
    hint: 'A kernel module is missing on the host (macvlan, ipvlan, 8021q or dummy).',
  },
];
