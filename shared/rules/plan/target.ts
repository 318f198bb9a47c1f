import type { Engine, Guard, Network, Notice, Problem } from '../../model';
import { lanOf } from '../addresses/lan-read';
import { lateOnLan, silentOnLan } from '../addresses/last-told';
import { isDefaultBridge, isHeldBy, type Holding } from '../addresses/suggest';
import { checkAddress, type Verdict } from '../addresses/check';
import { guardsBeside } from '../addresses/guard-rivals';
import { formatIp, parseCidr, parseIp, plainCidr } from '../basics/cidr';
import { notice, problem } from '../../texts/messages';
import { isFull } from '../addresses/range-full';
import type { Inventory } from '../inventory/inventory';
import { claimantsOf } from '../membership/identity';
import { membersOf, networkOf } from '../membership/on-network';
import { modeProblem } from './gone-mode';
import { endpointOn, type Subject } from './subject';

/** Addresses as asked for; absent means automatic. */
export interface Addresses {
  ipv4?: string;
  ipv6?: string;
}

/** Addresses in their one spelling, and without fields that a form left blank. Bad ones stay as they are. */
export function tidyAddresses({ ipv4, ipv6 }: Addresses): Addresses {
  const tidy = (text: string | undefined) => {
    const trimmed = text?.trim() ?? '';
    const ip = parseIp(trimmed);
    return ip ? formatIp(ip) : trimmed;
  };
  const [four, six] = [tidy(ipv4), tidy(ipv6)];
  return { ...(four ? { ipv4: four } : {}), ...(six ? { ipv6: six } : {}) };
}

/** Why no container at all can be attached to a network. */
function closedProblem(network: Network, { container, engine }: Subject, field: string): Problem | null {
  const place = { engineId: engine.id, field };
  const params = { network: network.name };
  const both = { ...params, container: container.name };
  if (network.kind === 'host') return problem('host_network', both, place);
  // Before the driver: a config-only network has the driver “null” (20.10).
  if (network.configOnly) return problem('network_config_only', params, place);
  if (network.kind === 'null') return problem('none_network', both, place);
  if (network.ingress) return problem('network_ingress', params, place);
  const swarm = network.kind === 'overlay' || network.scope === 'swarm';
  return swarm && !network.attachable ? problem('network_not_attachable', params, place) : null;
}

/** passthru hands the NIC to one container: a second one fails to start with `invalid argument`. */
function occupiedProblem(network: Network, { container, engine, inventory }: Subject, field: string) {
  if (network.mode !== 'passthru') return null;
  const other = membersOf(network, inventory).find((member) => member.container.id !== container.id);
  if (!other) return null;
  const params = { network: network.name, parent: network.parent ?? '', container: other.container.name };
  return problem('passthru_occupied', params, { engineId: engine.id, field });
}

/**
 * The container is there already, or on another network of that name: two of a name are what old engines allow, and a swarm's
 * beside a host's own. The entry of the one would take the place of the other's, whose endpoint nobody could remove.
 */
export function connectedProblem(subject: Subject, network: Network, field: string): Problem | null {
  const { container, engine, networks } = subject;
  const place = { engineId: engine.id, field };
  const params = { container: container.name, network: network.name };
  if (endpointOn(subject, network)) return problem('already_connected', params, place);
  const other = container.endpoints.some((entry) => {
    const there = networkOf(entry, networks);
    return there?.name === network.name && there.id !== network.id;
  });
  return other ? problem('already_connected', { ...params, context: 'name' }, place) : null;
}

/** Why this container can't be attached to a network; null when it can. `field` is the request's property. */
export function targetProblem(network: Network, subject: Subject, field = 'networkId'): Problem | null {
  const { container, engine, networks } = subject;
  return (
    closedProblem(network, subject, field) ??
    occupiedProblem(network, subject, field) ??
    modeProblem(container, engine, networks, field)
  );
}

function pinProblem(text: string, version: 4 | 6, network: Network, engineId: string): Problem | null {
  const place = { engineId, field: `ipv${String(version)}` };
  const context = version === 4 ? 'ipv4' : 'ipv6';
  if (parseIp(text)?.version !== version)
    return problem('address_invalid', { context, address: text }, place);
  const params = { network: network.name, address: text };
  if (isDefaultBridge(network)) return problem('pin_needs_user_network', params, place);
  const managed = network.ipamDriver !== 'null' && network.subnets.length > 0;
  return managed ? null : problem('network_without_ipam', params, place);
}

/** What is kept for a container is not in its own way. */
function withoutOwnGuard({ container, inventory }: Subject): Inventory {
  const { guards, containers } = inventory;
  const isOwn = (guard: Guard) =>
    guard.engineId === container.engineId &&
    claimantsOf(guard, containers).some(({ id }) => id === container.id);
  return guards ? { ...inventory, guards: guardsBeside(guards.filter(isOwn), inventory) } : inventory;
}

/** Checks the addresses that are to be fixed. `own` is whose addresses do not stand in the way. */
export function checkFixed(addresses: Addresses, network: Network, subject: Subject, own?: Holding): Verdict {
  const verdict: Verdict = { problems: [], notices: [] };
  const known = withoutOwnGuard(subject);
  for (const version of [4, 6] as const) {
    const text = addresses[version === 4 ? 'ipv4' : 'ipv6'];
    if (text === undefined) continue;
    const wrong = pinProblem(text, version, network, subject.engine.id);
    if (wrong) {
      verdict.problems.push(wrong);
      continue;
    }
    const found = checkAddress(text, network, known, own, `ipv${String(version)}`);
    verdict.problems.push(...found.problems);
    verdict.notices.push(...found.notices);
  }
  const isFixed = Object.values(addresses).some((text) => text !== undefined);
  if (isFixed && verdict.problems.length === 0) {
    verdict.notices.push(...lastKnownNotices(network, subject.engine.id, subject.inventory));
  }
  return verdict;
}

/** Whether an address is free is judged by what hosts of the LAN told last, also by those that do not answer, or not in time. */
export function lastKnownNotices(network: Network, engineId: string, inventory: Inventory): Notice[] {
  // A swarm gives its addresses itself.
  if (network.scope === 'swarm') return [];
  const { lastKnown, unread } = silentOnLan(network, inventory);
  const told = (silent: readonly Engine[], context?: 'unread' | 'late'): Notice[] => {
    const others = silent.filter(({ id }) => id !== engineId);
    if (others.length === 0) return [];
    const params = { hosts: others.map(({ name }) => name).join(', '), network: network.name };
    return [notice('lan_last_known', context ? { ...params, context } : params)];
  };
  const late = lateOnLan(network, inventory);
  return [...told(unread, 'unread'), ...told(late, 'late'), ...told(lastKnown)];
}

/** Why the engine has no automatic address of a family left; null when it has one, or can't be known. */
function fullOf(version: 4 | 6, network: Network, subject: Subject, own?: Holding): Problem | null {
  const { engine, inventory, live } = subject;
  const subnets = network.subnets.filter((one) => parseCidr(one.subnet)?.version === version);
  // No IPv6 address is given where the network has IPv6 off, be there a subnet of it or not.
  if (subnets.length === 0 || (version === 6 && !network.ipv6)) return null;
  // Only what this engine itself holds now: it knows nothing of others, and keeps nothing for stopped containers. Until a
  // stopped one starts the others may be gone; gateways and exclusions stay.
  const held = lanOf(network, inventory)
    .holders.filter((one) => one.live && !one.reserved && one.use.engineId === engine.id)
    .filter((one) => (live ? !isHeldBy(one, own) : !one.container))
    .map((one) => one.use.address);
  if (!subnets.every((one) => isFull(one.ipRange ?? one.subnet, one.subnet, held))) return null;
  const ranges = subnets.flatMap(({ ipRange }) => ipRange ?? []);
  const place = { engineId: engine.id };
  if (ranges.length > 0) {
    const params = { context: 'range', range: ranges.join(', '), network: network.name } as const;
    return problem('subnet_full', params, place);
  }
  const subnet = subnets.map((one) => plainCidr(one.subnet)).join(', ');
  return problem('subnet_full', { subnet, network: network.name }, place);
}

/** Why the engine has no automatic IPv4 address left for a container. */
export const fullProblem = (network: Network, subject: Subject): Problem | null =>
  fullOf(4, network, subject);

/** Checks the addresses that are asked for: {@link checkFixed}, and whether the engine has an IPv6 one to give besides. */
export function checkPins(addresses: Addresses, network: Network, subject: Subject, own?: Holding): Verdict {
  const { problems, notices } = checkFixed(addresses, network, subject, own);
  const full = addresses.ipv6 === undefined ? fullOf(6, network, subject, own) : null;
  return { problems: full ? [...problems, full] : problems, notices };
}
