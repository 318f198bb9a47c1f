import type { Point, Wire } from './model';

const toSegment = (at: Point, a: Point, b: Point): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length));
  return Math.hypot(at.x - a.x - along * dx, at.y - a.y - along * dy);
};

const cubic = (points: readonly Point[], t: number): Point => {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d) return { x: 0, y: 0 };
  const u = 1 - t;
  const mix = (k: 'x' | 'y') => u ** 3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t ** 3 * d[k];
  return { x: mix('x'), y: mix('y') };
};

const pieces = 16;

/** A curve as short straight pieces; an orthogonal line without its shared part, the bus. */
const ownPart = (wire: Wire): Point[] =>
  wire.curved
    ? Array.from({ length: pieces + 1 }, (_, index) => cubic(wire.points, index / pieces))
    : wire.points.slice(-2);

/** The attachment whose own line passes within `reach` graph pixels; the bus itself belongs to its network. */
export function nearestWire(wires: readonly Wire[], at: Point, reach: number): Wire | undefined {
  let best: Wire | undefined;
  let least = reach;
  for (const wire of wires) {
    const points = ownPart(wire);
    for (let index = 1; index < points.length; index++) {
      const [a, b] = [points[index - 1], points[index]];
      const away = a && b ? toSegment(at, a, b) : Infinity;
      if (away <= least) [best, least] = [wire, away];
    }
  }
  return best;
}
