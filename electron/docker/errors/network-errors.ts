import { networkModes } from '../../../shared/rules';
import type { ErrorPattern } from './error-pattern';

/** The modes that there are, for who asked for another. */
export function choicesOf({ driver = '' }: Readonly<Record<string, string>>): Record<string, string> {
  const all = new Map<string, readonly string[]>(Object.entries(networkModes));
  return { choices: (all.get(driver) ?? [...all.values()].flat()).join(', ') };
}

/** What engines say when a network can't be made or removed. */
export const networkErrors: readonly ErrorPattern[] = [
  // --- creating: the parent
  {
    // 20.10–29 say this of a plain name that does not exist: misleading, as no VLAN was asked for.
    match: /invalid subinterface vlan name (\S{1,300}?),/i,
    code: 'parent_missing',
    field: 'spec.parent',
    params: ['parent'],
  },
  {
    match: /parent interface (?:does )?was not found on the host: (\S{1,300})/i,
    code: 'parent_missing',
    field: 'spec.parent',
    params: ['parent'],
  },
  {
    match: /vlan id must be between 1-4094, received: (\S{1,300})/i,
    code: 'vlan_invalid',
    context: 'alone',
    field: 'spec.parent',
    params: ['vlan'],
  },
  {
    match: /unable to parse a valid vlan id from: (\S{1,300})/i,
    code: 'vlan_invalid',
    context: 'alone',
    field: 'spec.parent',
    params: ['vlan'],
  },
  {
    match: /required interface name format is: name\.vlan_id.{0,300}received (\S{1,300})/i,
    code: 'parent_invalid',
    context: 'dots',
    field: 'spec.parent',
    params: ['parent'],
  },
  {
    match: /failed to create (\S{1,300}) vlan link: .{0,300}not supported/i,
    code: 'engine_unsupported',
    context: 'kernel_vlan',
    field: 'spec.parent',
    params: ['parent'],
  },
  {
    // Said of the very name `lo`, and of no other.
    match: /loopback interface is not a valid \S{1,300} parent/i,
    code: 'parent_invalid',
    context: 'loopback',
    field: 'spec.parent',
    also: () => ({ parent: 'lo' }),
  },
  {
    match: /requested (\S{1,300}) mode '([^']{0,300})' is not valid/i,
    code: 'mode_invalid',
    field: 'spec.mode',
    params: ['driver', 'mode'],
    also: choicesOf,
  },
  {
    // The name that it tells is a link's, made of an id.
    match: /network \S{1,300} is already using parent interface (\S{1,300})/i,
    code: 'parent_taken',
    context: 'unnamed',
    field: 'spec.parent',
    params: ['parent'],
  },
  // --- creating: addresses
  {
    match: /pool overlaps|invalid pool request|networks have overlapping/i,
    code: 'subnet_overlap',
    context: 'unnamed',
    field: 'spec.subnet',
  },
  {
    match: /failed to allocate gateway \(([^)]{1,300})\): requested address is out of range/i,
    code: 'gateway_outside_subnet',
    context: 'alone',
    field: 'spec.gateway',
    params: ['address'],
  },
  {
    match: /invalid gateway (\S{1,300}?): parent subnet (\S{1,300}) doesn't contain/i,
    code: 'gateway_outside_subnet',
    field: 'spec.gateway',
    params: ['address', 'subnet'],
  },
  {
    // The gateway of one family with a subnet of the other.
    match: /invalid gateway (\S{1,300}?): parent subnet is an/i,
    code: 'gateway_outside_subnet',
    context: 'alone',
    field: 'spec.gateway',
    params: ['address'],
  },
  {
    match: /failed to allocate gateway \(([^)]{0,300})\): no available addresses/i,
    code: 'subnet_invalid',
    context: 'no_room',
    field: 'spec.subnet',
  },
  {
    match: /invalid gateway address (\S{1,300}) in ipam|invalid gateway (\S{1,300}?): invalid address/i,
    code: 'address_invalid',
    field: 'spec.gateway',
    params: ['address', 'address'],
  },
  {
    match: /pool "([^"]{0,300})" subpool "?([^"\s]{0,300})"?.{0,300}invalid address subpool/i,
    code: 'range_outside_subnet',
    field: 'spec.ipRange',
    params: ['subnet', 'range'],
  },
  {
    match: /invalid ip-range (\S{1,300}?): parent subnet (\S{1,300}) doesn't contain/i,
    code: 'range_outside_subnet',
    field: 'spec.ipRange',
    params: ['range', 'subnet'],
  },
  {
    match: /invalid ip-range (\S{1,300}?): /i,
    code: 'range_outside_subnet',
    context: 'invalid',
    field: 'spec.ipRange',
    params: ['range'],
  },
  {
    match: /auxiliary address: \(([^:]{0,300}):(\S{1,300})\) must belong to the master pool: (\S{1,300})/i,
    code: 'exclusion_outside_subnet',
    field: 'spec.exclusions',
    params: ['name', 'address', 'subnet'],
  },
  {
    match: /invalid auxiliary address (\S{1,300}?): parent subnet (\S{1,300})/i,
    code: 'exclusion_outside_subnet',
    context: 'named',
    field: 'spec.exclusions',
    params: ['name', 'subnet'],
  },
  {
    match: /failed to allocate secondary ip address \(([^:]{0,300}):(\S{1,300})\)/i,
    code: 'address_reserved',
    context: 'taken',
    field: 'spec.exclusions',
    params: ['name', 'address'],
  },
  {
    match: /invalid subnet (\S{1,300}?): it should be (\S{1,300})/i,
    code: 'subnet_host_bits',
    field: 'spec.subnet',
    params: ['subnet', 'to'],
  },
  {
    match: /invalid subnet (\S{1,300})/i,
    code: 'subnet_invalid',
    field: 'spec.subnet',
    params: ['subnet'],
  },
  {
    match: /ipv4 pool is empty/i,
    code: 'network_without_ipam',
    context: 'network',
    field: 'spec.subnet',
  },
  // --- creating and removing: names
  {
    match: /network with name {2}already exists|network name (?:cannot|can't) be empty|invalid network name/i,
    code: 'name_invalid',
    context: 'empty',
    field: 'spec.name',
  },
  {
    match: /network with name (.{1,300}) already exists/i,
    code: 'name_taken',
    field: 'spec.name',
    params: ['name'],
  },
  {
    match: /operation is not permitted on predefined (\S{1,300}) network/i,
    code: 'network_predefined',
    context: 'name',
    params: ['network'],
  },
  {
    match: /(?:^|\s)(\S{1,300}) is a pre-defined network and cannot be removed/i,
    code: 'network_predefined',
    params: ['network'],
  },
  {
    match: /configuration network "?([^"\s]{1,300})"? is in use/i,
    code: 'network_in_use',
    context: 'settings',
    params: ['network'],
  },
  {
    match: /network (\S{1,300}) (?:id \S{1,300} )?has active endpoints/i,
    code: 'network_in_use',
    context: 'running',
    params: ['network'],
  },
];
