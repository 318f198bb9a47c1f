// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildGraph, GridIndex, metrics } from '../../../graph';
import { container, endpoint, engine, network } from '../../../../shared/rules/testing';
import { palettes } from '../palette';
import { Painter } from './painter';
import { paint, type Picture } from './paint';

const lan = network();
const graph = buildGraph({
  revision: 1,
  engines: [engine()],
  networks: [lan],
  containers: [container({ endpoints: [endpoint(lan)] })],
});
const picture: Picture = {
  graph,
  index: new GridIndex(graph.nodes),
  far: true,
  selected: null,
  hovered: null,
  matches: null,
  dragged: null,
  ratesOf: () => null,
  lanLabel: (lan) => lan.subnet,
  ungrouped: 'no group',
};
const size = { width: 800, height: 600 };

/** The width of a letter, graph pixels. */
let letter = 1;
/** jsdom draws nothing: a context that takes every call and remembers the texts. */
const recorder = (texts: string[], corners: number[][] = []) =>
  new Proxy({} as CanvasRenderingContext2D, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name) as unknown;
      if (name === 'measureText') return (text: string) => ({ width: text.length * letter });
      return (...args: unknown[]) => {
        if (name === 'fillText') texts.push(String(args[0]));
        if (name === 'moveTo') corners.push(args as number[]);
      };
    },
  });

describe('Painter', () => {
  let painter: Painter;
  let canvas: HTMLCanvasElement;
  let texts: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    texts = [];
    canvas = document.createElement('canvas');
    vi.spyOn(canvas, 'getContext').mockReturnValue(recorder(texts) as never);
    painter = new Painter(canvas);
    painter.move({ x: 0, y: 0, zoom: 1 }, size);
    painter.show(picture, palettes.light);
    vi.runAllTimers();
  });
  afterEach(() => {
    painter.dispose();
    vi.useRealTimers();
  });

  it('draws hosts and, from afar, cards', () => {
    expect(painter.cost.draws).toBe(1);
    expect(texts.join(' ')).toContain('host-e1');
    expect(texts).toContain('web');
  });

  it('names containers and interfaces as long as their cards have room for it', () => {
    texts.length = 0;
    painter.move({ x: 0, y: 0, zoom: 0.3 }, size);
    vi.runAllTimers();
    expect(texts).toEqual(expect.arrayContaining(['web', 'lan', 'eth1']));
    texts.length = 0;
    painter.move({ x: 0, y: 0, zoom: 0.1 }, size);
    vi.runAllTimers();
    expect(texts).toContain('lan');
    expect(texts).not.toContain('web');
  });

  it('shortens from afar the name of a network, which would hide what it leads to', () => {
    const long = 'transcoder-for-the-cameras-of-the-warehouse';
    const named = buildGraph({
      revision: 1,
      engines: [engine()],
      networks: [network({ name: long })],
      containers: [],
    });
    painter.show({ ...picture, graph: named, index: new GridIndex(named.nodes) }, palettes.light);
    letter = 20;
    texts.length = 0;
    painter.move({ x: 0, y: 0, zoom: 0.3 }, size);
    vi.runAllTimers();
    const shown = texts.find((text) => text.startsWith('transcoder'))!;
    expect(shown).toMatch(/^transcoder.*…$/);
    expect(shown.length * letter).toBeLessThan(metrics.networkWidth * 1.3);
    letter = 1;
  });

  it('draws the whole way from the network for what is selected, at either end', () => {
    const [wire] = graph.wires;
    const from = wire!.points[0]!;
    const starts = (selected: string | null) => {
      const corners: number[][] = [];
      const context = recorder([], corners);
      const brush = { context, palette: palettes.light, zoom: 1, sans: 'sans', mono: 'mono' };
      paint(brush, { ...picture, far: false, selected }, { x: -1e4, y: -1e4, width: 2e4, height: 2e4 });
      // The bus starts there, too.
      return corners.filter(([x, y]) => x === from.x && y === from.y).length;
    };
    const bare = starts(null);
    expect(starts(wire!.networkNodeId)).toBe(bare + 1);
    expect(starts(wire!.containerNodeId)).toBe(bare + 1);
    expect(starts('another')).toBe(bare);
  });

  it('only moves the bitmap while panning within its margin', () => {
    painter.move({ x: -200, y: 30, zoom: 1 }, size);
    vi.runAllTimers();
    expect(painter.cost.draws).toBe(1);
    expect(canvas.style.transform).toContain('translate(-520px, -290px)');
  });

  it('draws anew when the view leaves the margin', () => {
    painter.move({ x: -400, y: 0, zoom: 1 }, size);
    vi.runAllTimers();
    expect(painter.cost.draws).toBe(2);
  });

  it('stretches the bitmap while zooming and draws it crisp afterwards', () => {
    painter.move({ x: 0, y: 0, zoom: 1.2 }, size);
    expect(canvas.style.transform).toContain('scale(1.2)');
    expect(painter.cost.draws).toBe(1);
    vi.runAllTimers();
    expect(painter.cost.draws).toBe(2);
    expect(canvas.style.transform).toContain('scale(1)');
  });

  it('draws once however often it is asked within a frame', () => {
    for (let at = 0; at < 5; at++) painter.refresh();
    vi.runAllTimers();
    expect(painter.cost.draws).toBe(2);
  });

  it('stops when disposed', () => {
    painter.refresh();
    painter.dispose();
    vi.runAllTimers();
    expect(painter.cost.draws).toBe(1);
  });
});
