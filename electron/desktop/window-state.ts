import { z } from 'zod';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

/** Screen coordinates in device-independent pixels. */
export type Bounds = z.infer<typeof boundsSchema>;

/** What `window.json` holds. */
export const windowStateSchema = z.object({
  version: z.literal(1),
  /** Of the window as it is when not maximised. */
  bounds: boundsSchema.optional(),
  maximized: z.boolean(),
  /** Electron's zoom level: 0 is 100 %, each step a factor of 1.2. */
  zoom: z.number().min(-4).max(5),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const defaultWindowState: WindowState = { version: 1, maximized: false, zoom: 0 };

/** Below this the three panes of the window don't fit beside each other. */
export const smallestWindow = { width: 800, height: 560 };
const usualWindow = { width: 1320, height: 860 };

const overlap = (from: number, size: number, otherFrom: number, otherSize: number): number =>
  Math.max(0, Math.min(from + size, otherFrom + otherSize) - Math.max(from, otherFrom));

const sharedArea = (a: Bounds, b: Bounds): number =>
  overlap(a.x, a.width, b.x, b.width) * overlap(a.y, a.height, b.y, b.height);

const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(value, Math.max(least, most)));

function centred(area: Bounds): Bounds {
  const width = Math.min(usualWindow.width, area.width);
  const height = Math.min(usualWindow.height, area.height);
  const x = Math.round(area.x + (area.width - width) / 2);
  const y = Math.round(area.y + (area.height - height) / 2);
  return { x, y, width, height };
}

/** The smallest part of a window, in square pixels, that a mouse can still get hold of. */
const graspable = 100 * 50;

/**
 * Where to open the window: where it was, moved and shrunk so that it lies on a display that is there now; in the
 * middle of the first display where it would be out of sight or nothing is known.
 *
 * @param areas work areas of the displays, the primary one first
 */
export function placeWindow(saved: Bounds | undefined, areas: readonly [Bounds, ...Bounds[]]): Bounds {
  if (!saved) return centred(areas[0]);
  const nearest = areas.reduce((best, area) =>
    sharedArea(saved, area) > sharedArea(saved, best) ? area : best,
  );
  if (sharedArea(saved, nearest) < graspable) return centred(areas[0]);
  const width = between(Math.min(smallestWindow.width, nearest.width), saved.width, nearest.width);
  const height = between(Math.min(smallestWindow.height, nearest.height), saved.height, nearest.height);
  return {
    x: between(nearest.x, saved.x, nearest.x + nearest.width - width),
    y: between(nearest.y, saved.y, nearest.y + nearest.height - height),
    width,
    height,
  };
}
