import { useEffect, useMemo, useState } from 'react';
import { useInventory, usePreferences, useUi } from '../../context/context';
import { useConflicts } from '../../context/conflicts';
import { duplicatesIn } from '../../context/duplicates';
import { useLeased } from '../../context/leases';
import { useSegmentTags } from '../../context/segments';
import {
  buildGraph,
  findLans,
  keepTenants,
  GridIndex,
  searchGraph,
  spareNics,
  type Graph,
  type GraphNode,
  type GraphOptions,
} from '../../graph';
import type { HostFacts, Network, Snapshot } from '../../../shared/model';
import type { Filters } from '../../store/ui';
import { useLooks } from '../../context/host/use-looks';
import type { SceneStore } from './scene';

/** Remembers the last picture, so that what did not change keeps its identity. */
const createBuilder = () => {
  let previous: Graph | undefined;
  return (snapshot: Snapshot, options: GraphOptions): Graph =>
    (previous = buildGraph(snapshot, options, previous));
};

/** By engine. None while something is filtered out: what was asked for stands on other interfaces, if on any. */
const sparesOf = (
  facts: readonly HostFacts[],
  networks: readonly Network[],
  { drivers, states, tenants }: Filters,
): NonNullable<GraphOptions['spares']> => {
  if (drivers.length + states.length + tenants.length > 0) return new Map();
  return new Map(facts.map((each) => [each.engineId, spareNics(each, networks)]));
};

export interface IndexedGraph {
  graph: Graph;
  index: GridIndex<GraphNode>;
}

/** The picture of the inventory as the admin filters and arranges it. */
export function useGraph(scene: SceneStore): IndexedGraph {
  const told = useInventory((state) => state.snapshot);
  const snapshot = useLeased(told);
  const filters = useUi((state) => state.filters);
  const query = useUi((state) => state.query);
  const collapsed = usePreferences((state) => state.collapsed);
  const positions = usePreferences((state) => state.positions);
  const [build] = useState(createBuilder);
  const { tags } = useSegmentTags();
  const facts = useLooks();
  const conflicts = useConflicts();
  const graph = useMemo(() => {
    const shown = keepTenants(snapshot, tags, filters.tenants);
    const spares = sparesOf(facts, snapshot.networks, filters);
    const lans = findLans(snapshot.networks, tags);
    const duplicates = duplicatesIn(told);
    const known = { segments: tags, lans, duplicates, conflicts, spares };
    return build(shown, { filters, collapsed, positions, ...known });
  }, [build, snapshot, told, tags, facts, conflicts, filters, collapsed, positions]);
  const index = useMemo(() => new GridIndex(graph.nodes), [graph]);
  const matches = useMemo(() => searchGraph(graph, query), [graph, query]);
  useEffect(() => scene.setState({ graph, matches }), [scene, graph, matches]);
  return useMemo(() => ({ graph, index }), [graph, index]);
}
