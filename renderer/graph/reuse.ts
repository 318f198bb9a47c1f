import type { Graph, GraphNode } from './model';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Without lists of keys and values: this runs for every node at every change of the inventory. */
const sameFields = (
  a: Fields,
  b: Fields,
  same: (x: unknown, y: unknown, key: string) => boolean,
): boolean => {
  let count = 0;
  for (const key in a) {
    if (!(key in b) || !same(a[key], b[key], key)) return false;
    count++;
  }
  for (const _key in b) count--;
  return count === 0;
};

const sameValue = (a: unknown, b: unknown, depth: number): boolean => {
  if (Object.is(a, b)) return true;
  if (depth === 0 || !isFields(a) || !isFields(b)) return false;
  return sameFields(a, b, (x, y) => sameValue(x, y, depth - 1));
};

/** Models keep their identity while they don't change, so they compare by it; small derived data compare by value. */
const modelKeys = new Set(['container', 'network', 'engine']);

const fieldsOf = (node: GraphNode): Fields => node as unknown as Fields;

const sameNode = (a: GraphNode, b: GraphNode): boolean =>
  sameFields(fieldsOf(a), fieldsOf(b), (x, y, key) => sameValue(x, y, modelKeys.has(key) ? 0 : 3));

/** The new nodes, with the old object for each that is the same as before. */
export function reuse(nodes: GraphNode[], previous: Graph | undefined): GraphNode[] {
  if (!previous) return nodes;
  return nodes.map((node) => {
    const known = previous.byId.get(node.id);
    return known && sameNode(known, node) ? known : node;
  });
}
