import type { ErrorPattern } from './error-pattern';
import { choicesOf } from './network-errors';

/** What Podman says of networks and attachments, in words of its own. Met on 4.3. */
export const podmanErrors: readonly ErrorPattern[] = [
  // --- networks
  {
    match: /parent interface (\S+) does not exist/i,
    code: 'parent_missing',
    context: 'no_links',
    field: 'spec.parent',
    params: ['parent'],
  },
  {
    match: /network name (\S+) already used/i,
    code: 'name_taken',
    field: 'spec.name',
    params: ['name'],
  },
  {
    match: /network name (.+) invalid: names must match/i,
    code: 'name_invalid',
    field: 'spec.name',
    params: ['name'],
  },
  {
    match: /default network (\S+) cannot be removed/i,
    code: 'network_predefined',
    params: ['network'],
  },
  {
    match: /"(\S+)" has associated containers with it/i,
    code: 'network_in_use',
    context: 'members',
    params: ['network'],
  },
  {
    match: /unsupported driver (\S+?):/i,
    code: 'engine_unsupported',
    context: 'driver',
    field: 'spec.driver',
    params: ['driver'],
  },
  {
    match: /unable to find network with name or ID (\S+?):/i,
    code: 'network_not_found',
    params: ['network'],
  },
  {
    // The whole of what it says when a network is to be removed that is not there.
    match: /^network not found$/i,
    code: 'network_not_found',
    context: 'unnamed',
  },
  {
    match: /unknown (\S+) mode "([^"]*)"/i,
    code: 'mode_invalid',
    field: 'spec.mode',
    params: ['driver', 'mode'],
    also: choicesOf,
  },
  {
    match: /gateway (\S+) not in subnet (\S+)/i,
    code: 'gateway_outside_subnet',
    field: 'spec.gateway',
    params: ['address', 'subnet'],
  },
  {
    match: /failed to parse gateway ip (\S+)/i,
    code: 'address_invalid',
    field: 'spec.gateway',
    params: ['address'],
  },
  {
    match: /lease range (?:start|end) ip \S+ not in subnet (\S+)/i,
    code: 'range_outside_subnet',
    context: 'unnamed',
    field: 'spec.ipRange',
    params: ['subnet'],
  },
  {
    match: /failed to parse subnet: invalid cidr address: (\S+)/i,
    code: 'subnet_invalid',
    field: 'spec.subnet',
    params: ['subnet'],
  },
  {
    match: /driver needs at least one subnet specified/i,
    code: 'network_without_ipam',
    context: 'network',
    field: 'spec.subnet',
  },
  {
    match: /cannot create network with name "(\S+?)" because it conflicts with a valid network mode/i,
    code: 'network_predefined',
    context: 'name',
    field: 'spec.name',
    params: ['network'],
  },
  // --- attachments
  {
    match: /container \S+ is already connected to network "(\S+?)"/i,
    code: 'already_connected',
    context: 'unnamed',
    params: ['network'],
  },
  {
    match: /requested ip address (\S+) is already allocated/i,
    code: 'address_in_use',
    context: 'alone',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /failed to find free ip in range/i,
    code: 'subnet_full',
    context: 'unnamed',
  },
  {
    match: /failed to parse the ipv[46] address "([^"]*)"/i,
    code: 'address_invalid',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /requested static ip (\S+) not in any subnet on network (\S+)/i,
    code: 'address_outside_subnet',
    context: 'network',
    field: 'ipv4',
    params: ['address', 'network'],
  },
  {
    match: /is not supported: invalid network mode/i,
    code: 'engine_unsupported',
    context: 'none_unnamed',
  },
  {
    match: /no container with name or ID "(\S+?)" found/i,
    code: 'container_not_found',
    params: ['container'],
  },
  {
    // A second container on a passthru parent, or another network beside one.
    match: /create macvlan interface: netlink error: invalid argument/i,
    code: 'passthru_occupied',
    context: 'unnamed',
  },
];
