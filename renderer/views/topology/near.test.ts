import { describe, expect, it } from 'vitest';
import { buildGraph, GridIndex } from '../../graph';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { findNear, hostSurroundings, inside, losesSight, outgrows, stillNear, viewBox } from './near';
import { toFlowNode } from './flow-nodes';

const lan = network();
const graphOf = (count: number) =>
  buildGraph({
    revision: 1,
    engines: [engine()],
    networks: [lan],
    containers: Array.from({ length: count }, (_, at) =>
      container({ name: `c${at}`, endpoints: [endpoint(lan)] }),
    ),
  });

describe('findNear', () => {
  const big = graphOf(1000);
  const index = new GridIndex(big.nodes);

  it('hands few of many nodes to React Flow when near', () => {
    const near = findNear(index, { x: -2000, y: -800, zoom: 1 }, 1200, 800);
    expect(near.far).toBe(false);
    expect(near.nodes.length).toBeGreaterThan(20);
    expect(near.nodes.length).toBeLessThan(150);
  });

  it('hands none over when many are in view from afar', () => {
    expect(findNear(index, { x: 0, y: 0, zoom: 0.15 }, 1200, 800)).toMatchObject({ far: true, nodes: [] });
  });

  it('keeps a small picture near at the same zoom', () => {
    const small = graphOf(12);
    const near = findNear(new GridIndex(small.nodes), { x: 0, y: 0, zoom: 0.3 }, 1200, 800);
    expect(near.far).toBe(false);
    expect(near.nodes).toHaveLength(small.nodes.length);
  });

  it('says less of a card the smaller it is drawn', () => {
    const words = [1, 0.6, 0.59, 0.42, 0.41, 0.3].map(
      (zoom) => findNear(index, { x: 0, y: 0, zoom }, 1200, 800).words,
    );
    expect(words).toEqual(['all', 'all', 'few', 'few', 'name', 'name']);
  });

  it('serves until the view leaves the margin or the detail changes', () => {
    const near = findNear(index, { x: 0, y: 0, zoom: 1 }, 1200, 800);
    const moved = (by: number, zoom = 1) => viewBox({ x: -by, y: 0, zoom }, 1200, 800);
    expect(stillNear(near, moved(60), 1, 1)).toBe(true);
    expect(stillNear(near, moved(200), 1, 1)).toBe(false);
    expect(stillNear(near, moved(0), 0.4, 1)).toBe(false);
  });
});

describe('toFlowNode', () => {
  it('gives the same object for the same node', () => {
    const node = graphOf(1).nodes.at(-1)!;
    expect(toFlowNode(node)).toBe(toFlowNode(node));
  });

  it('knows the handles beforehand: one for each attachment and one for a new line', () => {
    const node = graphOf(1).nodes.find((each) => each.kind === 'container')!;
    expect(toFlowNode(node).handles?.map((handle) => handle.id)).toEqual(['+', lan.id]);
  });
});

describe('a picture beside which a pane opens', () => {
  const picture = { x: 0, y: 0, width: 1000, height: 500 };
  const [wide, narrow] = [
    { width: 1200, height: 700 },
    { width: 800, height: 700 },
  ];
  it('is fitted where all of it was in view, and no other', () => {
    expect(losesSight(picture, { x: 10, y: 10, zoom: 1 }, wide, narrow)).toBe(true);
    expect(losesSight(picture, { x: 10, y: 10, zoom: 0.5 }, wide, narrow)).toBe(false);
    expect(losesSight(picture, { x: -400, y: 10, zoom: 1 }, wide, narrow)).toBe(false);
    expect(losesSight(picture, { x: 10, y: 10, zoom: 1 }, narrow, wide)).toBe(false);
  });
});

describe('a picture that grows', () => {
  const [before, now] = [
    { x: 0, y: 0, width: 1000, height: 500 },
    { x: -60, y: -30, width: 1060, height: 530 },
  ];
  const size = { width: 1200, height: 700 };
  it('is fitted where all of it was in view and the new is not, and no other', () => {
    expect(outgrows(before, now, { x: 28, y: 28, zoom: 1 }, size)).toBe(true);
    expect(outgrows(before, now, { x: 80, y: 80, zoom: 1 }, size)).toBe(false);
    // Moved or zoomed in by the admin: what is looked at stays.
    expect(outgrows(before, now, { x: -400, y: 28, zoom: 1 }, size)).toBe(false);
    expect(outgrows({ ...before, width: 0 }, now, { x: 28, y: 28, zoom: 1 }, size)).toBe(false);
  });
});

describe('what is framed of a host', () => {
  it('has the labels and lines of its LANs whole, and all of its cards', () => {
    const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
    const graph = buildGraph({
      revision: 1,
      engines: [engine({ id: 'e1', name: 'a' }), engine({ id: 'e2', name: 'b' })],
      networks: [here, there],
      containers: [here, there].map((each) =>
        container({ ...{ id: each.engineId, engineId: each.engineId }, endpoints: [endpoint(each)] }),
      ),
    });
    const host = graph.hosts.find(({ engineId }) => engineId === 'e1')!;
    const box = hostSurroundings(host, graph.nodes);
    const label = graph.nodes.find(({ kind }) => kind === 'lan')!;
    const line = graph.nodes.find(({ kind, x, y }) => kind === 'spine' && x < host.x && y > label.y)!;
    expect(inside(label, box)).toBe(true);
    expect(box.x).toBeLessThanOrEqual(line.x);
    expect(box.y).toBeLessThanOrEqual(line.y);
    expect(inside(host.frame, box)).toBe(true);
  });
});
