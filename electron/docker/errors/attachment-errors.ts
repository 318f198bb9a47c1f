import type { ErrorPattern } from './error-pattern';

/** What engines say when a container can't be connected or disconnected, and of what isn't there. */
export const attachmentErrors: readonly ErrorPattern[] = [
  // --- connecting: what can't be connected
  {
    match: /endpoint with name (\S{1,300}) already exists in network (\S{1,300})/i,
    code: 'already_connected',
    params: ['container', 'network'],
  },
  {
    match: /container sharing network namespace with another container or host/i,
    code: 'shares_namespace',
    context: 'unnamed',
  },
  {
    // In one sentence until v26, in two since v28.
    match:
      /disconnected from host network or connected to host network|cannot (?:connect container to|disconnect container from) host network/i,
    code: 'host_network',
    context: 'unnamed',
  },
  {
    // The owner's id until v26, its name and state since v28.
    match: /cannot join network (?:namespace )?of a non running container/i,
    code: 'shares_namespace',
    context: 'owner_stopped',
  },
  {
    match: /is marked for removal and cannot be connected or disconnected/i,
    code: 'container_not_found',
    context: 'removing',
  },
  {
    match: /private \(none\) mode/i,
    code: 'none_mode',
    context: 'unnamed',
  },
  {
    match: /endpoint on configuration-only network/i,
    code: 'network_config_only',
    context: 'unnamed',
  },
  {
    match: /network (ingress) not manually attachable/i,
    code: 'network_ingress',
    params: ['network'],
  },
  {
    match: /network (\S{1,300}?) not manually attachable/i,
    code: 'network_not_attachable',
    params: ['network'],
  },
  {
    // The container is told by its whole id. Podman adds “: network not found” where it is on none, of one that is there.
    match: /is not connected to (?:the )?network ([^\s:]{1,300})/i,
    code: 'not_connected',
    context: 'unnamed',
    params: ['network'],
  },
  // --- connecting: addresses
  {
    // v29 reads a request's addresses as it parses its JSON, and does not say which one of them it was.
    match: /netip\.ParsePrefix\("([^"]{0,300})"\)/i,
    code: 'subnet_invalid',
    params: ['subnet'],
  },
  {
    match: /ParseAddr\("([^"]{0,300})"\)/i,
    code: 'address_invalid',
    params: ['address'],
  },
  {
    match: /invalid address (\S{1,300}?): it does not belong to any of this network's subnets/i,
    code: 'address_outside_subnet',
    context: 'alone',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /no configured subnet (?:or ip-range contain the|contains) ip address (\S{1,300})/i,
    code: 'address_outside_subnet',
    context: 'alone',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /requested address is out of range/i,
    code: 'address_outside_subnet',
    context: 'unnamed',
    field: 'ipv4',
  },
  {
    match: /invalid ipv[46] address: ([^\s)]{1,300})/i,
    code: 'address_invalid',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match:
      /user[ -]specified ip address is supported (?:on user[ -]defined networks only|only when connecting)/i,
    code: 'pin_needs_user_network',
    context: 'unnamed',
    field: 'ipv4',
  },
  {
    match: /address already in use/i,
    code: 'address_in_use',
    context: 'unnamed',
    field: 'ipv4',
  },
  {
    match: /no available (?:ipv[46] )?addresses/i,
    code: 'subnet_full',
    context: 'unnamed',
  },
  // --- the kernel refuses the link, at start or at a live connect
  {
    match: /macvlan port: invalid argument|macvlan port: device or resource busy.{0,300}passthru/i,
    code: 'passthru_occupied',
    context: 'unnamed',
  },
  {
    match: /device or resource busy/i,
    code: 'parent_busy',
    context: 'unnamed',
    field: 'spec.parent',
  },
  // --- what is not there
  {
    match: /no such container: (\S{1,300})/i,
    code: 'container_not_found',
    params: ['container'],
  },
  {
    // 20.10's disconnect of a container that does not exist.
    match: /^endpoint (\S{1,300}) not found/i,
    code: 'container_not_found',
    params: ['container'],
  },
  {
    // Of the network that a container was made with, whatever network it was to be put on (26.1 to 28.5).
    match: /matching network mode (\S{1,300}?): network/i,
    code: 'mode_network_gone',
    context: 'unnamed',
    params: ['network'],
  },
  {
    match: /network (?:id )?(\S{1,300}) not found/i,
    code: 'network_not_found',
    params: ['network'],
  },
  // --- what the engine can't do
  {
    match: /plugin "?([^"\s]{1,300})"? not found/i,
    code: 'engine_unsupported',
    context: 'driver',
    field: 'spec.driver',
    params: ['driver'],
  },
  {
    match: /client version \S{1,300} is too (?:old|new)|swarm is not active|not a swarm manager/i,
    code: 'engine_unsupported',
  },
  {
    match: /operation not supported|not supported by (?:the )?(?:kernel|driver)/i,
    code: 'engine_unsupported',
    context: 'kernel',
  },
];
