import type { Notice, Problem, SegmentDraft } from '../../model';
import { notice, problem } from '../../texts/messages';
import { problemReason } from '../../texts/problem-reason';
import { contains, formatCidr, parseCidr, parseIp } from '../basics/cidr';
import { modeProblem } from '../networks/network-spec';
import { isLanDriver, parseParent } from '../lans/parent';
import { checkRange, rangeShape } from '../networks/spec-subnet';
import { checkDraft } from './check';
import type { DescribedNetwork } from './import-network';

type Pools = DescribedNetwork['pools'];

/** What is left of a problem of a text is where it is: of which network, and on which line. */
export function placed(wrong: Problem, { title, line }: DescribedNetwork): Problem {
  const told = problem('import_network', { network: title, line, detail: wrong.message }, { field: 'text' });
  return { ...told, reasons: { detail: problemReason(wrong) } };
}

/** Each is compared with each; nobody has so many on one LAN. */
const mostSubnets = 100;
const readable = ({ subnet }: Pools[number]): boolean => parseCidr(subnet) !== null;

/** What engines refuse and no draft holds: a range outside its subnet, an excluded address that is none. */
function addressProblems({ excluded, pools }: DescribedNetwork): Problem[] {
  const subnets = pools.flatMap((one) => parseCidr(one.subnet) ?? []);
  const whole = subnets.length > 0 && pools.every(readable);
  const ranges = pools.flatMap(({ subnet, ipRange }) => {
    const cidr = parseCidr(subnet);
    return (cidr ? checkRange(ipRange, cidr, {}) : rangeShape(ipRange, {})) ?? [];
  });
  const exclusions = Object.values(excluded).flatMap((address) => {
    const ip = parseIp(address);
    if (!ip) return [problem('address_invalid', { context: 'ipv4', address })];
    // Beside a subnet that can't be read nothing is inside or outside.
    if (!whole || subnets.some((one) => contains(one, ip))) return [];
    return [problem('exclusion_outside_subnet', { address, subnet: subnets.map(formatCidr).join(', ') })];
  });
  return [...ranges, ...exclusions];
}

/** What is wrong with the subnets themselves, so that no draft can be checked; empty where they can be read. */
function subnetFaults(network: DescribedNetwork): Problem[] {
  const { title, line, pools } = network;
  const [at, place] = [{ network: title, line }, { field: 'text' }];
  const count = pools.length;
  if (count > mostSubnets)
    return [problem('import_skipped', { ...at, context: 'subnets', count, most: mostSubnets }, place)];
  if (count === 0) return [problem('import_skipped', { ...at, context: 'subnet' }, place)];
  return pools.flatMap((one, index) => {
    if (one.subnet === '')
      return [problem('import_skipped', { ...at, context: 'entry', number: index + 1 }, place)];
    if (readable(one)) return [];
    const unread = one.gateway && !parseIp(one.gateway) ? one.gateway : null;
    return [
      placed(problem('subnet_invalid', { subnet: one.subnet }), network),
      ...(unread === null
        ? []
        : [placed(problem('address_invalid', { context: 'ipv4', address: unread }), network)]),
    ];
  });
}

/** A network of one of these is meant to be no LAN's, and nothing else is wrong with it. */
const otherDrivers = ['bridge', 'overlay', 'host', 'none', 'null', 'default'];

/**
 * All for which no segment can be made of a network, for nobody to mend a line fault by fault. What its variables stand for
 * comes first: until that is known, the rest can't be.
 */
export function faultsOf(
  network: DescribedNetwork,
  draft: SegmentDraft,
  format: 'docker' | 'compose',
): Problem[] {
  const { title, line, driver, configFrom, missing, options, pools, refused } = network;
  const [at, place] = [{ network: title, line }, { field: 'text' }];
  const variable = [...new Set(missing)].join(', ');
  if (variable) return [problem('import_variable', { ...at, variable }, place)];
  if (configFrom) return [problem('import_skipped', { ...at, context: 'config', config: configFrom }, place)];
  const drivers = isLanDriver(driver)
    ? []
    : [problem('import_skipped', { ...at, context: 'driver', driver }, place)];
  if (otherDrivers.includes(driver)) return refused ? [] : drivers;
  const parent = parseParent(options.parent ?? '');
  const context = format === 'compose' ? 'parent_compose' : 'parent';
  const parents = options.parent
    ? parent.ok
      ? []
      : [placed(parent.problem, network)]
    : [problem('import_skipped', { ...at, context }, place)];
  const subnets = subnetFaults(network);
  if (pools.length > mostSubnets) return [...drivers, ...parents, ...subnets];
  const checked = { ...draft, subnets: draft.subnets.filter(readable), members: [] };
  const modes = drivers.length > 0 ? null : modeProblem(draft.driver, draft.mode, {});
  const wrong = [
    ...(checked.subnets.length > 0 ? checkDraft(checked, [], []) : []),
    ...(modes ? [modes] : []),
    ...addressProblems(network),
  ].filter(
    ({ code, params }) => subnets.length === 0 || params?.context || code !== 'segment_subnets_invalid',
  );
  return [...drivers, ...parents, ...subnets, ...wrong.map((one) => placed(one, network))];
}

/** The options that the two drivers read, in Docker and in Podman. */
const knownOptions = [
  ...['parent', 'macvlan_mode', 'ipvlan_mode', 'ipvlan_flag', 'mode', 'mtu'],
  ...['metric', 'no_default_route', 'bclim', 'vlan', 'isolate', 'host_interface_name'],
];

/** Options that no engine knows, misspelt ones for the most part; those with a dot are of somebody's own. */
export function optionNotices({ title, line, driver, options }: DescribedNetwork): Notice[] {
  if (otherDrivers.includes(driver)) return [];
  return Object.keys(options)
    .filter((option) => !option.includes('.') && !knownOptions.includes(option))
    .map((option) => notice('import_left_out', { context: 'option', network: title, line, option }));
}
