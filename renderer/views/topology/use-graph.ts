import { useEffect, useMemo, useState } from 'react';
import { useInventory, usePreferences, useUi } from '../../app/context';
import { useSegmentTags } from '../../app/segments';
import {
  buildGraph,
  keepTenants,
  GridIndex,
  searchGraph,
  type Graph,
  type GraphNode,
  type GraphOptions,
} from '../../graph';
import type { Snapshot } from '../../../shared/model';
import type { SceneStore } from './scene';

/** Remembers the last picture, so that what did not change keeps its identity. */
const createBuilder = () => {
  let previous: Graph | undefined;
  return (snapshot: Snapshot, options: GraphOptions): Graph =>
    (previous = buildGraph(snapshot, options, previous));
};

export interface IndexedGraph {
  graph: Graph;
  index: GridIndex<GraphNode>;
}

/** The picture of the inventory as the admin filters and arranges it. */
export function useGraph(scene: SceneStore): IndexedGraph {
  const snapshot = useInventory((state) => state.snapshot);
  const filters = useUi((state) => state.filters);
  const query = useUi((state) => state.query);
  const collapsed = usePreferences((state) => state.collapsed);
  const positions = usePreferences((state) => state.positions);
  const [build] = useState(createBuilder);
  const { tags } = useSegmentTags();
  const graph = useMemo(() => {
    const shown = keepTenants(snapshot, tags, filters.tenants);
    return build(shown, { filters, collapsed, positions, segments: tags });
  }, [build, snapshot, tags, filters, collapsed, positions]);
  const index = useMemo(() => new GridIndex(graph.nodes), [graph]);
  const matches = useMemo(() => searchGraph(graph, query), [graph, query]);
  useEffect(() => scene.setState({ graph, matches }), [scene, graph, matches]);
  return useMemo(() => ({ graph, index }), [graph, index]);
}
