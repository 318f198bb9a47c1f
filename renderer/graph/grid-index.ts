import type { Box, Point } from './model';

const cell = 512;

/** Finds what lies in a rectangle or under a point without looking at everything. */
export class GridIndex<T extends Box> {
  private readonly cells = new Map<string, T[]>();
  private readonly order = new Map<T, number>();

  constructor(items: readonly T[]) {
    items.forEach((item, index) => {
      this.order.set(item, index);
      this.eachCell(item, (key) => {
        const list = this.cells.get(key);
        if (list) list.push(item);
        else this.cells.set(key, [item]);
      });
    });
  }

  /** Everything that touches the box, in the order it was given in. */
  within(box: Box): T[] {
    const found = new Set<T>();
    this.eachCell(box, (key) => {
      for (const item of this.cells.get(key) ?? []) if (overlaps(item, box)) found.add(item);
    });
    return [...found].sort((a, b) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0));
  }

  /** What lies under the point; the later one where two overlap. */
  at({ x, y }: Point): T | undefined {
    return this.within({ x, y, width: 0, height: 0 }).at(-1);
  }

  private eachCell(box: Box, visit: (key: string) => void): void {
    const right = Math.floor((box.x + box.width) / cell);
    const bottom = Math.floor((box.y + box.height) / cell);
    for (let column = Math.floor(box.x / cell); column <= right; column++)
      for (let row = Math.floor(box.y / cell); row <= bottom; row++) visit(`${column}:${row}`);
  }
}

/** Touching counts. */
export const overlaps = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

export const grow = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + 2 * by,
  height: box.height + 2 * by,
});
