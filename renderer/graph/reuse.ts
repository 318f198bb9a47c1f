import type { Graph, GraphNode } from './model';

/** Models keep their identity while they don't change, so they compare by it; small derived data compare by value. */
const sameValue = (a: unknown, b: unknown, depth: number): boolean => {
  if (Object.is(a, b)) return true;
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => Object.hasOwn(right, key) && sameValue(value, right[key], depth - 1))
  );
};

const modelKeys = new Set(['container', 'network', 'engine']);

const sameNode = (a: GraphNode, b: GraphNode): boolean => {
  const left = Object.entries(a);
  const right: Record<string, unknown> = { ...b };
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => sameValue(value, right[key], modelKeys.has(key) ? 0 : 3))
  );
};

/** The new nodes, with the old object for each that is the same as before. */
export function reuse(nodes: GraphNode[], previous: Graph | undefined): GraphNode[] {
  if (!previous) return nodes;
  return nodes.map((node) => {
    const known = previous.byId.get(node.id);
    return known && sameNode(known, node) ? known : node;
  });
}
