import type { Capabilities, Endpoint, Engine, Network, Notice } from '../../model';
import { compareApiVersions } from '../engines/capabilities';
import { guessesGateway } from '../engines/engines';
import { parseCidr } from '../basics/cidr';
import { networkOf } from './on-network';
import { notice } from '../../texts/messages';
import { dictionaryOrder } from '../basics/names';

/** What decides on an engine which network gives a container its default route (docs/engine-facts.md §2). */
export interface RouteRules extends Pick<Capabilities, 'gatewayPriority'> {
  /** See {@link guessesGateway}; absent: as engines do that have no priorities. */
  guessesGateway?: boolean;
  /** From 29.4.1 on a priority counts before a network's having both families; before, after it. */
  priorityFirst?: boolean;
  /**
   * An internal bridge gives the default route as well, where no other network does. An internal macvlan never does
   * (docs/engine-facts.md §2).
   */
  internalBridges?: boolean;
  /**
   * Podman gives every network's route a metric, and the kernel goes by the smallest. Of equal ones the last that was
   * attached wins, until the next start makes them in any order (docs/engine-facts.md §10).
   */
  metric?: (network: Network) => number;
}

type Family = 4 | 6;
interface Candidate {
  endpoint: Endpoint;
  network: Network;
}

/** `29.4.1` or newer; a version that is no number is not. */
function isSince(version: string, wanted: readonly number[]): boolean {
  const parts = /^v?(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(version)
    ?.slice(1)
    .map((part) => Number(part || 0));
  if (!parts) return false;
  const at = wanted.findIndex((part, index) => parts[index] !== part);
  return at < 0 || (parts[at] ?? 0) > (wanted[at] ?? 0);
}

/** netavark from 2.0 on (Podman 6) has its macvlan routes before those of its bridges. */
const podmanMetric =
  (version: string) =>
  ({ options, kind }: Network): number => {
    const named = Number(options['metric']);
    if (options['metric'] && Number.isFinite(named)) return named;
    return kind === 'macvlan' && compareApiVersions(version, '6.0') >= 0 ? 99 : 100;
  };

export const routeRulesOf = ({
  product,
  version,
  apiVersion,
  capabilities,
}: Pick<Engine, 'product' | 'version' | 'apiVersion' | 'capabilities'>): RouteRules => ({
  gatewayPriority: capabilities.gatewayPriority,
  guessesGateway: guessesGateway({ product, apiVersion }),
  ...(product === 'podman'
    ? { metric: podmanMetric(version) }
    : {
        priorityFirst: isSince(version, [29, 4, 1]),
        internalBridges: isSince(version, [1]) && !isSince(version, [25]),
      }),
});

/** Kinds that can give a container its default route. Overlay cannot: swarm adds a bridge of its own for that. */
const routing: readonly Network['kind'][] = ['bridge', 'macvlan', 'ipvlan', 'other'];

const subnetsOf = ({ subnets }: Network, family: Family) =>
  subnets.filter((one) => parseCidr(one.subnet)?.version === family);

/** An IPv6 subnet alone is not enough: the engine leaves it unused where IPv6 is off. */
const hasFamily = (network: Network, family: Family): boolean =>
  family === 4 ? network.ipv4 !== false : network.ipv6 && subnetsOf(network, 6).length > 0;

/** Whether a network has a gateway of its own making or the admin's. */
function hasGateway({ endpoint, network }: Candidate, family: Family, rules: RouteRules): boolean {
  if (!hasFamily(network, family)) return false;
  // Bridges always have one; ipvlan l3 routes through the device, without one.
  if (network.kind === 'bridge' || network.mode === 'l3' || network.mode === 'l3s') return true;
  const subnets = subnetsOf(network, family);
  if ((family === 4 && endpoint.gateway) || subnets.some((subnet) => subnet.gateway)) return true;
  return (rules.guessesGateway ?? !rules.gatewayPriority) && subnets.length > 0;
}

/** Podman’s networks can be told to give no default route at all. */
const routeless = ({ options }: Network): boolean => /^(1|t|true)$/i.test(options['no_default_route'] ?? '');

const takesPart = (network: Network, { metric, internalBridges }: RouteRules): boolean =>
  routing.includes(network.kind) &&
  (!network.internal || (internalBridges === true && network.kind === 'bridge')) &&
  !(metric && routeless(network));

/** Endpoints whose network takes part in the choice, the engine's favourite first. */
function candidates(endpoints: readonly Endpoint[], networks: Network[], rules: RouteRules): Candidate[] {
  const priority = ({ endpoint }: Candidate) => (rules.gatewayPriority ? (endpoint.gatewayPriority ?? 0) : 0);
  const dual = (one: Candidate) => Number(hasGateway(one, 4, rules) && hasGateway(one, 6, rules));
  const outside = ({ network }: Candidate) => Number(!network.internal);
  const ranks = [outside, ...(rules.priorityFirst ? [priority, dual] : [dual, priority])];
  const { metric } = rules;
  const order = metric ? [(one: Candidate) => -metric(one.network)] : ranks;
  return endpoints
    .flatMap((endpoint): Candidate[] => {
      const network = networkOf(endpoint, networks);
      return network && takesPart(network, rules) ? [{ endpoint, network }] : [];
    })
    .sort(
      (a, b) =>
        order.map((rank) => rank(b) - rank(a)).find((difference) => difference !== 0) ??
        dictionaryOrder(a.network.name, b.network.name),
    );
}

interface Choice {
  /** Gives the default route; several where it is left to chance which of them does. */
  among: readonly Network[];
  /** Came first without having a gateway, and so took the default route away. */
  spoiler: Network | null;
}

function choose(
  endpoints: readonly Endpoint[],
  networks: Network[],
  rules: RouteRules,
  family: Family,
): Choice {
  const sorted = candidates(endpoints, networks, rules);
  const first = sorted.find(({ network }) => network.kind !== 'other' && hasFamily(network, family));
  // v29: a macvlan without gateway that comes first removes the default route.
  if (family === 4 && first && rules.gatewayPriority && !hasGateway(first, 4, rules)) {
    return { among: [], spoiler: first.network };
  }
  // Before v28 one network gives both families their route: that which gives IPv4 its own.
  const byFour = !rules.gatewayPriority && !rules.metric;
  const leading = sorted.find((one) => hasGateway(one, byFour ? 4 : family, rules));
  if (!leading || !hasGateway(leading, family, rules)) return { among: [], spoiler: null };
  const { metric } = rules;
  const equal = ({ network }: Candidate) => metric?.(network) === metric?.(leading.network);
  const rivals = metric ? sorted.filter((one) => equal(one) && hasGateway(one, family, rules)) : [leading];
  return { among: rivals.map(({ network }) => network), spoiler: null };
}

interface Move {
  old: readonly Network[];
  next: readonly Network[];
  spoiler: Network | null;
}

const same = (one: readonly Network[], other: readonly Network[]): boolean =>
  one.length === other.length && one.every(({ id }) => other.some((each) => each.id === id));
const names = (among: readonly Network[]): string => among.map(({ name }) => name).join(', ');

/** A word about one family, where the other one goes another way. */
const of = <W extends string>(word: W, family: Family | undefined): W | `${W}${Family}` =>
  family ? `${word}${family}` : word;

/** Where chance has its part, before or after. */
function byChance({ old, next }: Move, family: Family | undefined): Notice[] {
  const [only] = next;
  if (!only || (old.length < 2 && next.length < 2)) return [];
  return next.length > 1
    ? [notice('route_moves', { context: of('chance', family), networks: names(next) })]
    : [notice('route_moves', { context: of('settles', family), to: only.name })];
}

/** @param family where the other family goes another way */
function told(move: Move, family: Family | undefined): Notice[] {
  const { old, next, spoiler } = move;
  if (same(old, next)) return [];
  const chance = byChance(move, family);
  if (chance.length > 0) return chance;
  const context = family && (`ipv${String(family)}` as 'ipv4' | 'ipv6');
  const from = names(old);
  if (next[0]) {
    const to = next[0].name;
    if (!from) return [notice('route_moves', { context: family === 6 ? 'gained6' : 'gained', to })];
    return [notice('route_moves', context ? { from, to, context } : { from, to })];
  }
  if (!from) return [];
  if (spoiler) return [notice('route_lost', { context: 'gatewayless', from, network: spoiler.name })];
  return [notice('route_lost', context ? { from, context } : { from })];
}

/** Says whether the default route moves, goes or comes when a container's endpoints change, for each family. */
export function routeMoves(
  before: readonly Endpoint[],
  after: readonly Endpoint[],
  networks: Network[],
  rules: RouteRules,
): Notice[] {
  const moveOf = (family: Family): Move => {
    const { among, spoiler } = choose(after, networks, rules, family);
    return { old: choose(before, networks, rules, family).among, next: among, spoiler };
  };
  const [four, six] = [moveOf(4), moveOf(6)];
  const none = ({ old, next }: Move) => old.length === 0 && next.length === 0;
  const together = same(four.old, six.old) && same(four.next, six.next);
  if (none(six) || together) return told(four, undefined);
  return [...told(four, none(four) ? undefined : 4), ...told(six, 6)];
}
