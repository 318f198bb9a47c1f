import type { Container, Engine, Network, Snapshot } from '../../../shared/model';
import { sortNatural } from '../../../shared/rules';
import { containerHaystack, nameRank, networkHaystack, normalQuery } from '../../store/query';
import type { Selection } from '../../store/ui';

/** One thing that a search found. */
export interface SearchResult {
  key: string;
  kind: 'container' | 'network' | 'engine';
  name: string;
  host: string;
  /** What matched apart from the name: an address, a MAC, a network; empty when the name did. */
  matched: string;
  selection: Selection;
  /** Lower is better: the name itself, its beginning, within it, something else. */
  rank: number;
  container?: Container;
  network?: Network;
  engine?: Engine;
}

/** How well it matches, and by which line of what it is known by; null when it does not. */
function match(name: string, haystack: string, query: string): { rank: number; matched: string } | null {
  const rank = nameRank(name, query);
  if (rank < 3) return { rank, matched: '' };
  if (!haystack.includes(query)) return null;
  const line = haystack.split('\n').find((each) => each.includes(query)) ?? '';
  return { rank: line === query ? 3 : line.startsWith(query) ? 4 : 5, matched: line };
}

/**
 * Containers, networks and hosts that fit, best first, at most `limit`; and how many there are in all. Names,
 * addresses (pinned ones of stopped containers too), MACs, networks, images and hosts are looked into.
 */
export function findResults(
  snapshot: Snapshot,
  text: string,
  limit: number,
): { results: SearchResult[]; total: number } {
  const query = normalQuery(text);
  if (query === '') return { results: [], total: 0 };
  const engines = new Map(snapshot.engines.map((engine) => [engine.id, engine]));
  const found: SearchResult[] = [];
  for (const container of snapshot.containers) {
    const engine = engines.get(container.engineId);
    const hit = match(container.name, containerHaystack(container, engine), query);
    if (!hit) continue;
    const { engineId, id, name } = container;
    const selection: Selection = { kind: 'container', engineId, id };
    found.push({
      key: `c ${engineId} ${id}`,
      kind: 'container',
      name,
      host: engine?.name ?? '',
      selection,
      container,
      ...hit,
    });
  }
  for (const network of snapshot.networks) {
    const engine = engines.get(network.engineId);
    const hit = match(network.name, networkHaystack(network, engine), query);
    if (!hit) continue;
    const { engineId, id, name } = network;
    const selection: Selection = { kind: 'network', engineId, id };
    found.push({
      key: `n ${engineId} ${id}`,
      kind: 'network',
      name,
      host: engine?.name ?? '',
      selection,
      network,
      ...hit,
    });
  }
  for (const engine of snapshot.engines) {
    const hit = match(
      engine.name,
      `${engine.hostName}\n${engine.group ?? ''}\n${engine.endpoint}`.toLowerCase(),
      query,
    );
    if (!hit) continue;
    const selection: Selection = { kind: 'engine', engineId: engine.id };
    found.push({
      key: `e ${engine.id}`,
      kind: 'engine',
      name: engine.name,
      host: engine.endpoint,
      selection,
      engine,
      ...hit,
    });
  }
  found.sort((a, b) => a.rank - b.rank || sortNatural(a.name, b.name) || sortNatural(a.host, b.host));
  return { results: found.slice(0, limit), total: found.length };
}
