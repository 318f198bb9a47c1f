import type { Engine, Network, NetworkSpec, Notice } from '../../model';
import { firstAutomatic } from '../addresses/holders';
import { automaticRanges } from '../addresses/lan-read';
import { subnetsOf } from '../addresses/suggest';
import { lacks } from '../engines/capabilities';
import { formatCidr, formatIp, overlaps, parseCidr, sameCidr } from '../basics/cidr';
import { guessesGateway, hostName } from '../engines/engines';
import { onLan, sharedSubnetNetworks } from '../lans/lan';
import { notice } from '../../texts/messages';
import { parseParent, standsOn, type Parent } from '../lans/parent';
import { isFull } from '../addresses/range-full';
import { plannedNetwork } from './planned-network';
import { publicNotices } from './public-subnet';

type ParsedParent = Extract<Parent, { ok: true }>;

/** What a spec is checked against. */
export interface SpecContext {
  engine: Engine;
  /** Those of `engine`. */
  networks: Network[];
  /** Those of every engine. */
  allNetworks: Network[];
  engines: Engine[];
}

function gatewayNotices(spec: NetworkSpec, engine: Engine): Notice[] {
  // Neither an internal network nor ipvlan l3 routes by a gateway.
  if (spec.internal || spec.mode === 'l3' || spec.mode === 'l3s') return [];
  const guesses = guessesGateway(engine);
  const without = (
    subnet: string,
    ipRange: string | undefined,
    code: 'gateway_guessed' | 'gateway_absent',
  ) => {
    const first = firstAutomatic(subnet, ipRange);
    return first ? [notice(code, { network: spec.name, address: formatIp(first) })] : [];
  };
  const code = guesses ? 'gateway_guessed' : 'gateway_absent';
  const ipv4 = spec.gateway ? [] : without(spec.subnet, spec.ipRange, code);
  // Routers announce themselves in IPv6, so that none is missed; what Podman takes was not measured.
  const taken6 = guesses && engine.product === 'docker' && spec.subnet6 && !spec.gateway6;
  return taken6 ? [...ipv4, ...without(spec.subnet6 ?? '', spec.ipRange6, 'gateway_guessed')] : ipv4;
}

function modeNotices({ mode, name, parent }: NetworkSpec): Notice[] {
  if (mode === 'private' || mode === 'vepa') return [notice('mode_isolates', { mode, network: name })];
  return mode === 'passthru' ? [notice('mode_passthru', { parent })] : [];
}

/** The interface that the engine finds or not, as nobody here knows; undefined where nothing is in doubt. */
function doubtful(parsed: ParsedParent, { parent }: NetworkSpec, { engine, allNetworks }: SpecContext) {
  // Docker's own bridges lead to no LAN, whether they are there or not.
  if (parsed.dockerBridge) return undefined;
  const tagged = parsed.engineCreates && parsed.vlan !== null;
  // Which VLAN link has to be there beforehand is said with how it is made.
  if (tagged && lacks(engine, 'vlanLinks')) return undefined;
  // A link for a VLAN is made by the engine: only what it stands on can be missing.
  const wanted = tagged ? parsed.nic : parent;
  return standsOn(wanted, engine.id, allNetworks) ? undefined : wanted;
}

function parentNotices(spec: NetworkSpec, context: SpecContext): Notice[] {
  const { engine } = context;
  const parsed = parseParent(spec.parent);
  if (!parsed.ok) return [];
  const params = { parent: spec.parent, host: engine.name };
  const unseen = doubtful(parsed, spec, context);
  const made: Notice[] = unseen ? [notice('parent_unchecked', { ...params, parent: unseen })] : [];
  if (parsed.engineCreates && parsed.vlan !== null) {
    const { nic, vlan } = parsed;
    made.push(
      lacks(engine, 'vlanLinks')
        ? notice('vlan_link_needed', { ...params, nic, vlan })
        : notice('vlan_link_made', { parent: spec.parent, vlan }),
    );
  }
  if (parsed.dockerBridge) {
    made.push(notice('lan_unreachable', { ...params, context: 'docker_bridge', network: spec.name }));
  }
  return made;
}

/** Warns where an engine stands apart from the LAN: inside a hidden machine, or without the rights to reach it. */
export function lanNotices(engine: Engine, network: string): Notice[] {
  const params = { host: engine.name, network };
  if (engine.desktopVm) return [notice('lan_unreachable', { ...params, context: 'desktop' })];
  return engine.rootless ? [notice('lan_unreachable', { ...params, context: 'rootless' })] : [];
}

function lanNetworks(spec: NetworkSpec, context: SpecContext): Network[] {
  // What is told of the others speaks of the first IPv4 subnet.
  const { subnet6: _six, more: _more, ...first } = spec;
  const planned = plannedNetwork(first, context.engine.id, [context.engine]);
  if (!onLan(planned)) return [];
  return sharedSubnetNetworks(planned, context.allNetworks).filter(
    (one) => one.engineId !== context.engine.id,
  );
}

/** That another network is of the same LAN, perhaps with another prefix. */
function sharedNotice({ subnet }: NetworkSpec, other: Network, host: string): Notice {
  const params = { network: other.name, host, subnet };
  const mine = parseCidr(subnet);
  const theirs = subnetsOf(other).filter((one) => mine && overlaps(one, mine));
  if (!mine || theirs.length === 0 || theirs.some((one) => sameCidr(one, mine)))
    return notice('subnet_shared', params);
  const prefixes = theirs.map(formatCidr).join(', ');
  return notice('subnet_shared', { ...params, context: 'prefix', other: prefixes });
}

function usedUpNotices({ ipRange, subnet, gateway, exclusions, name }: NetworkSpec): Notice[] {
  if (!ipRange || !isFull(ipRange, subnet, [...(gateway ? [gateway] : []), ...exclusions])) return [];
  return [notice('range_used_up', { range: ipRange, network: name })];
}

function sharedNotices(spec: NetworkSpec, context: SpecContext): Notice[] {
  const mine = parseCidr(spec.ipRange ?? spec.subnet);
  if (!mine) return [];
  return lanNetworks(spec, context).flatMap((other) => {
    const there = { network: other.name, host: hostName(other.engineId, context.engines) };
    const shared = sharedNotice(spec, other, there.host);
    const clash = automaticRanges([other]).find((range) => overlaps(range.cidr, mine));
    if (!clash) return [shared];
    const params = { ...there, range: formatCidr(mine), other: formatCidr(clash.cidr) };
    return [shared, notice('auto_range_overlap', params)];
  });
}

/** Tells what is sent in the place of ranges that were written with host bits. */
export function rangeNotices(ranges: readonly (string | undefined)[]): Notice[] {
  return ranges.flatMap((range) => {
    const cidr = range ? parseCidr(range.trim()) : null;
    if (!range || !cidr?.hostBitsSet) return [];
    return [notice('range_host_bits', { range: range.trim(), to: formatCidr(cidr) })];
  });
}

/** What the admin should know before a network is made, whether or not something is wrong with it. */
export function specNotices(spec: NetworkSpec, context: SpecContext): Notice[] {
  return [
    ...parentNotices(spec, context),
    ...lanNotices(context.engine, spec.name),
    ...modeNotices(spec),
    ...gatewayNotices(spec, context.engine),
    ...usedUpNotices(spec),
    ...rangeNotices([spec.ipRange, spec.ipRange6, ...(spec.more ?? []).map((one) => one.ipRange)]),
    ...sharedNotices(spec, context),
    ...publicNotices(spec),
  ];
}
