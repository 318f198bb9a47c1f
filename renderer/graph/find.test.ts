import { describe, expect, it } from 'vitest';
import { container, endpoint, engine, network } from '../../shared/rules/testing';
import { buildGraph } from './build';
import { GridIndex } from './grid-index';
import { neighbour } from './neighbours';
import { searchGraph } from './search';
import { nearestWire } from './wire-hit';

const lan = network();
const graph = buildGraph({
  revision: 1,
  engines: [engine()],
  networks: [lan],
  containers: ['a', 'b', 'c'].map((name, index) =>
    container({ name, endpoints: [endpoint(lan, { ipv4: `10.70.1.${index + 10}` })] }),
  ),
});
const card = (name: string) =>
  graph.nodes.find((node) => node.kind === 'container' && node.container.name === name)!;

describe('GridIndex', () => {
  const index = new GridIndex(graph.nodes);

  it('finds the same as looking at everything', () => {
    const box = { x: 0, y: 0, width: 500, height: 150 };
    const slow = graph.nodes.filter(
      (node) =>
        node.x <= box.width && node.x + node.width >= 0 && node.y <= box.height && node.y + node.height >= 0,
    );
    expect(index.within(box)).toEqual(slow);
    expect(slow.length).toBeLessThan(graph.nodes.length);
  });

  it('finds the card under a point', () => {
    const b = card('b');
    expect(index.at({ x: b.x + 5, y: b.y + 5 })).toBe(b);
    expect(index.at({ x: b.x - 5, y: b.y + 5 })).toBeUndefined();
  });
});

describe('neighbour', () => {
  it('walks along a row and back', () => {
    expect(neighbour(graph.nodes, card('a'), 'right')).toBe(card('b'));
    expect(neighbour(graph.nodes, card('b'), 'left')).toBe(card('a'));
  });

  it('goes from the first card to its network, and up to the host', () => {
    const network = neighbour(graph.nodes, card('a'), 'left');
    expect(network?.kind).toBe('network');
    expect(network && neighbour(graph.nodes, network, 'up')?.kind).toBe('host');
  });

  it('ends at the edge', () => {
    expect(neighbour(graph.nodes, card('c'), 'right')?.kind).not.toBe('container');
  });
});

describe('searchGraph', () => {
  it('asks for every word', () => {
    expect(searchGraph(graph, '  ')).toBeNull();
    expect([...searchGraph(graph, '10.70.1.11')!]).toEqual([card('b').id]);
    expect(searchGraph(graph, 'lan B')?.has(card('b').id)).toBe(true);
    expect(searchGraph(graph, 'nowhere')?.size).toBe(0);
  });
});

describe('nearestWire', () => {
  it('takes the line under the pointer, not the bus that all share', () => {
    const wire = graph.wires.find((each) => each.containerName === 'b')!;
    const { x, top, bottom } = wire.drop;
    expect(nearestWire(graph.wires, { x: x + 2, y: (top + bottom) / 2 }, 5)).toBe(wire);
    expect(nearestWire(graph.wires, { x: x - 60, y: top }, 5)).toBeUndefined();
  });
});
