import type { EngineSite, Network, Snapshot } from '../../shared/model';
import { parentNic, sameLan, sameSite, siteOf } from '../../shared/rules';
import { seenNics } from './segment-drop';

/** An interface of a host, and the networks on it. */
interface Seen {
  engineId: string;
  nic: string;
  site: string | undefined;
  networks: readonly Network[];
}

const oneLan = (a: Seen, b: Seen): boolean =>
  a.networks.some((mine) => b.networks.some((theirs) => sameLan(mine, theirs)));

/** Interfaces that are on one LAN with each other, directly or through a third. */
function groups(all: readonly Seen[]): Seen[][] {
  const left = new Set(all);
  return all.flatMap((first) => {
    if (!left.delete(first)) return [];
    const group = [first];
    for (const one of group)
      for (const other of left) if (oneLan(one, other) && left.delete(other)) group.push(other);
    return [group];
  });
}

const hostsOf = (seen: readonly Seen[]): number => new Set(seen.map(({ engineId }) => engineId)).size;
const networksOn = (seen: readonly Seen[]): number =>
  seen.reduce((sum, { networks }) => sum + networks.length, 0);

/** The first is best: on most hosts, then with most networks; as it was found otherwise. */
const ranked = (found: readonly Seen[][]): Seen[][] =>
  found.toSorted((a, b) => hostsOf(b) - hostsOf(a) || networksOn(b) - networksOn(a));

/** Those of one name, where each host of which anything is known has one, and no two are said to be at different places. */
function byName(all: readonly Seen[]): Seen[][] {
  const names = [...new Set(all.map(({ nic }) => nic))];
  return names
    .map((name) => all.filter(({ nic }) => nic === name))
    .filter(
      (some) =>
        hostsOf(some) === hostsOf(all) && some.every((a) => some.every((b) => sameSite(a.site, b.site))),
    );
}

/**
 * On which interface of each host a new segment would stand, by engine id: one LAN's as far as the networks and sites tell, else of
 * one name on all hosts. A host is left out where nothing tells: of two LANs none is suggested.
 */
export function guessNicsOfNewSegment({
  engines,
  networks,
}: Pick<Snapshot, 'engines' | 'networks'>): Map<string, string> {
  const all = engines.flatMap((engine: EngineSite & { id: string }) =>
    seenNics(engine.id, networks).map((nic): Seen => {
      const on = networks.filter(
        (each) => each.engineId === engine.id && parentNic(each) === nic && !each.configOnly,
      );
      return { engineId: engine.id, nic, site: siteOf(nic, engine), networks: on };
    }),
  );
  const [joined = []] = ranked(groups(all));
  const chosen = hostsOf(joined) > 1 || hostsOf(all) === 1 ? joined : (ranked(byName(all))[0] ?? []);
  // Its own first one, where two of a host are on that LAN.
  return new Map(chosen.toReversed().map(({ engineId, nic }) => [engineId, nic]));
}
