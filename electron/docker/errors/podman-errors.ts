import type { ErrorPattern } from './error-pattern';
import { choicesOf } from './network-errors';

/** What Podman says of networks and attachments, in words of its own. Met on 4.3 and 5.8. */
export const podmanErrors: readonly ErrorPattern[] = [
  // --- networks
  {
    match: /parent interface (\S{1,300}) does not exist/i,
    code: 'parent_missing',
    context: 'no_links',
    field: 'spec.parent',
    params: ['parent'],
  },
  {
    match: /network name (\S{1,300}) already used/i,
    code: 'name_taken',
    field: 'spec.name',
    params: ['name'],
  },
  {
    match: /network name (.{1,300}) invalid: names must match/i,
    code: 'name_invalid',
    field: 'spec.name',
    params: ['name'],
  },
  {
    match: /default network (\S{1,300}) cannot be removed/i,
    code: 'network_predefined',
    params: ['network'],
  },
  {
    match: /"(\S{1,300})" has associated containers with it/i,
    code: 'network_in_use',
    context: 'members',
    params: ['network'],
  },
  {
    match: /unsupported driver (\S{1,300}?):|failed to find driver or plugin "([^"]{1,300})"/i,
    code: 'engine_unsupported',
    context: 'driver',
    field: 'spec.driver',
    params: ['driver', 'driver'],
  },
  {
    match: /unable to find network with name or ID (\S{1,300}?):/i,
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
    match: /unknown (\S{1,300}) mode "([^"]{0,300})"/i,
    code: 'mode_invalid',
    field: 'spec.mode',
    params: ['driver', 'mode'],
    also: choicesOf,
  },
  {
    match: /gateway (\S{1,300}) not in subnet (\S{1,300})/i,
    code: 'gateway_outside_subnet',
    field: 'spec.gateway',
    params: ['address', 'subnet'],
  },
  {
    match: /failed to parse gateway ip (\S{1,300})/i,
    code: 'address_invalid',
    field: 'spec.gateway',
    params: ['address'],
  },
  {
    match: /lease range (?:start|end) ip \S{1,300} not in subnet (\S{1,300})/i,
    code: 'range_outside_subnet',
    context: 'unnamed',
    field: 'spec.ipRange',
    params: ['subnet'],
  },
  {
    match: /failed to parse subnet: invalid cidr address: (\S{1,300})/i,
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
    match: /cannot create network with name "(\S{1,300}?)" because it conflicts with a valid network mode/i,
    code: 'network_predefined',
    context: 'name',
    field: 'spec.name',
    params: ['network'],
  },
  // --- attachments
  {
    // 5.8 leaves out the quotation marks.
    match: /container \S{1,300} is already connected to network "?([^\s":]{1,300})/i,
    code: 'already_connected',
    context: 'unnamed',
    params: ['network'],
  },
  {
    match: /requested ip address (\S{1,300}) is already allocated/i,
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
    match: /failed to parse the ipv[46] address "([^"]{0,300})"/i,
    code: 'address_invalid',
    field: 'ipv4',
    params: ['address'],
  },
  {
    match: /requested static ip (\S{1,300}) not in any subnet on network (\S{1,300})/i,
    code: 'address_outside_subnet',
    context: 'network',
    field: 'ipv4',
    params: ['address', 'network'],
  },
  {
    match:
      /interface \S{1,300} already exists on container namespace|rename tmp macvlan interface: netlink error: file exists/i,
    code: 'interface_left',
  },
  {
    match: /unable to obtain lease/i,
    code: 'lease_not_obtained',
  },
  {
    match: /is not supported: invalid network mode/i,
    code: 'engine_unsupported',
    context: 'none_unnamed',
  },
  {
    // The second is of one that went in the midst.
    match: /no container with (?:name or ID "(\S{1,300}?)" found|ID (\S{1,300}) found in database)/i,
    code: 'container_not_found',
    params: ['container', 'container'],
  },
  {
    // The whole of what it says of one that goes while it is asked for.
    match: /^no such container$/i,
    code: 'container_not_found',
    context: 'unnamed',
  },
  {
    // Killed while it attached a container, it tells of none any more. The short id is among the aliases.
    match: /network inspection mismatch: asked to join.{1,1500}?[[ ]([0-9a-f]{12})[\] ]/i,
    code: 'engine_error',
    context: 'half_attached',
    params: ['container'],
  },
  {
    match: /network inspection mismatch: asked to join/i,
    code: 'engine_error',
    context: 'half_attached_unnamed',
  },
  {
    // A second container on a passthru parent, or another network beside one.
    match: /create macvlan interface: netlink error: invalid argument/i,
    code: 'passthru_occupied',
    context: 'unnamed',
  },
];
