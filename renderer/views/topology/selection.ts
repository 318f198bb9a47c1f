import {
  containerNodeId,
  hostNodeId,
  lanNodeId,
  networkNodeId,
  nicNodeId,
  wireId,
  type GraphNode,
} from '../../graph';
import type { Dialog, Selection } from '../../store/ui';

/** The node or line that a selection stands for in the picture. */
export function selectionId(selection: Selection | null): string | null {
  switch (selection?.kind) {
    case undefined:
      return null;
    case 'engine':
      return hostNodeId(selection.engineId);
    case 'network':
      return networkNodeId(selection.engineId, selection.id);
    case 'container':
      return containerNodeId(selection.engineId, selection.id);
    case 'attachment':
      return wireId(containerNodeId(selection.engineId, selection.containerId), selection.networkId);
    case 'lan':
      return lanNodeId(selection.key);
    case 'nic':
      return nicNodeId(selection.engineId, selection.name);
  }
}

export const isSelected = (selection: Selection | null, node: GraphNode): boolean =>
  selection !== null &&
  // A LAN is its band and every stretch of its line.
  selectionId(selection) === (node.kind === 'spine' ? lanNodeId(node.lan.key) : node.id);

/** Not found by the search, which asks for something; what is selected by hand outweighs what the search is at. */
export const isDim = (matches: ReadonlySet<string> | null, nodeId: string, selected: boolean): boolean =>
  matches !== null && !selected && !matches.has(nodeId);

/** What clicking a node selects. */
export function selectionOf(node: GraphNode): Selection | null {
  switch (node.kind) {
    case 'host':
      return { kind: 'engine', engineId: node.engineId };
    case 'network':
      return node.network ? { kind: 'network', engineId: node.engineId, id: node.network.id } : null;
    case 'container':
      return { kind: 'container', engineId: node.engineId, id: node.container.id };
    case 'nic':
      return { kind: 'nic', engineId: node.engineId, name: node.name };
    case 'lane':
    case 'more':
      return { kind: 'engine', engineId: node.engineId };
    case 'lan':
    case 'spine': {
      const first = node.lan.members[0];
      return first ? { kind: 'lan', key: node.lan.key, network: first } : null;
    }
  }
}

/** What clicking a node opens instead of selecting anything. */
export const openedBy = (node: GraphNode): Dialog | null =>
  node.kind === 'more' ? { kind: 'host', engineId: node.engineId } : null;
