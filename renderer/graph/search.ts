import type { Container, Engine, Network } from '../../shared/model';
import type { Graph, GraphNode } from './model';

const containerText = (container: Container, engine: Engine | undefined): string[] => [
  container.name,
  container.id.slice(0, 12),
  container.image,
  engine?.name ?? '',
  ...container.endpoints.flatMap((each) => [
    each.leased ?? '',
    each.ipv4,
    each.ipv6,
    each.pinned4 ?? '',
    each.pinned6 ?? '',
    each.mac,
    each.networkName,
  ]),
];

const networkText = (network: Network | null, name: string): string[] => [
  name,
  network?.driver ?? '',
  network?.parent ?? '',
  network?.id.slice(0, 12) ?? '',
  ...(network?.subnets.map((each) => each.subnet) ?? []),
];

const textOf = (node: GraphNode, engines: ReadonlyMap<string, Engine>): string[] => {
  switch (node.kind) {
    case 'container':
      return containerText(node.container, engines.get(node.engineId));
    case 'network':
      return networkText(node.network, node.name);
    case 'host':
      return [
        node.engine.name,
        node.engine.hostName,
        node.engine.group ?? '',
        node.engine.endpoint,
        node.engine.version,
      ];
    case 'nic':
      return [node.name];
    case 'lan':
      return [
        node.lan.subnet,
        node.lan.vlan === null ? '' : `vlan ${node.lan.vlan}`,
        node.lan.site ?? '',
        node.lan.segment?.name ?? '',
        node.lan.segment?.tenant ?? '',
      ];
    case 'lane':
    case 'more':
    case 'spine':
      return [];
  }
};

/** Ids of the nodes that hold every word of the query; null when nothing is asked. */
export function searchGraph(graph: Graph, query: string): ReadonlySet<string> | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const engines = new Map(graph.hosts.map((host) => [host.engineId, host.engine]));
  const found = new Set<string>();
  for (const node of graph.nodes) {
    const text = textOf(node, engines).join(' ').toLowerCase();
    if (words.every((word) => text.includes(word))) found.add(node.id);
  }
  return found;
}
