import { containsCidr, formatCidr, type Cidr } from '../../basics/cidr';
import { groupBy } from '../../basics/group-by';
import { isSubnetTrouble, type SubnetWhy } from './judge';
import { compareUses, sortUses, type Sorted } from './overlaps';
import { enginePools, type EnginePools } from './pools';
import { subnetUses, type SubnetSources, type SubnetUse } from './uses';

export { subnetHarmless, subnetTroubles, type SubnetWhy } from './judge';
export type { EnginePools, PoolUse } from './pools';
export type { Place, SubnetUse } from './uses';

/** What a subnet has in common with another one, or its users among themselves, and what that means. */
export interface SubnetOverlap {
  /** The other one; the same for one that several have. */
  readonly subnet: string;
  readonly why: SubnetWhy;
  readonly trouble: boolean;
  /** Ids of the engines that it is so on. */
  readonly hosts: readonly string[];
  /** One of this subnet and one of the other that it is said by. */
  readonly pair: readonly [SubnetUse, SubnetUse];
}

export interface SubnetRow {
  readonly subnet: string;
  readonly cidr: Cidr;
  readonly uses: readonly SubnetUse[];
  /** How many of the map's other subnets it lies in. */
  readonly depth: number;
  /** Troubles first. */
  readonly overlaps: readonly SubnetOverlap[];
}

/** All subnets that are known of, in order, IPv4 first. */
export interface SubnetMap {
  readonly rows: readonly SubnetRow[];
  readonly pools: readonly EnginePools[];
  /** Engines at whose hosts nobody has looked: their own LANs and routes are not known. */
  readonly unseen: readonly string[];
  /** Engines whose hosts' routes are known in part only, or not at all. */
  readonly routesUnknown: readonly string[];
}

interface Draft {
  readonly subnet: string;
  readonly cidr: Cidr;
  readonly uses: readonly SubnetUse[];
  readonly sorted: Sorted;
  readonly overlaps: SubnetOverlap[];
}

function compare(a: Cidr, b: Cidr): number {
  if (a.version !== b.version) return a.version - b.version;
  if (a.base !== b.base) return a.base < b.base ? -1 : 1;
  return a.prefix - b.prefix;
}

function join(upper: Draft, lower: Draft): void {
  for (const { why, pair, hosts } of compareUses(upper.sorted, lower.sorted)) {
    const said = { why, trouble: isSubnetTrouble(why), hosts: [...hosts].sort() };
    upper.overlaps.push({ ...said, subnet: lower.subnet, pair });
    if (upper !== lower) lower.overlaps.push({ ...said, subnet: upper.subnet, pair: [pair[1], pair[0]] });
  }
}

/** Two subnets overlap where one lies in the other: in order, those that a subnet lies in are the last ones that are still open. */
function sweep(drafts: readonly Draft[]): SubnetRow[] {
  const open: Draft[] = [];
  const rows = drafts.map((draft) => {
    for (let last = open.at(-1); last && !containsCidr(last.cidr, draft.cidr); last = open.at(-1)) open.pop();
    for (const upper of open) join(upper, draft);
    join(draft, draft);
    const depth = open.length;
    open.push(draft);
    return { ...draft, depth };
  });
  return rows.map(({ subnet, cidr, uses, depth, overlaps }) => ({
    ...{ subnet, cidr, uses, depth },
    overlaps: overlaps.sort((a, b) => Number(b.trouble) - Number(a.trouble)),
  }));
}

/** The map of all subnets: who uses them, which overlap, what that means, and what engines have left for new ones. */
export function subnetMap(sources: SubnetSources): SubnetMap {
  const { engines, networks, facts = [] } = sources;
  const uses = subnetUses(sources);
  const drafts = [...groupBy(uses, ({ cidr }) => formatCidr(cidr))]
    .flatMap(([subnet, all]): Draft[] => {
      const [first] = all;
      return first ? [{ subnet, cidr: first.cidr, uses: all, sorted: sortUses(all), overlaps: [] }] : [];
    })
    .sort((a, b) => compare(a.cidr, b.cidr));
  const seen = new Map(facts.map((each) => [each.engineId, each]));
  const [ofEngine, onHost] = [
    groupBy(networks, (each) => each.engineId),
    groupBy(uses, (each) => each.engineId),
  ];
  return {
    rows: sweep(drafts),
    pools: engines.flatMap(
      (engine) =>
        enginePools(
          engine,
          ofEngine.get(engine.id) ?? [],
          onHost.get(engine.id) ?? [],
          !seen.has(engine.id),
        ) ?? [],
    ),
    unseen: engines.filter(({ id }) => !seen.has(id)).map(({ id }) => id),
    routesUnknown: facts
      .filter(({ routes, moreRoutes }) => !routes || moreRoutes)
      .map(({ engineId }) => engineId),
  };
}
