import { bandsOf, Columns, type Band } from './bands';
import type { HostPlan } from './lanes';
import { gridFor, hostHeight, type Grid } from './layout';
import { metrics as m } from './metrics';

/** Fixed steps: one more card rarely reflows anything. */
const steps = [2, 3, 4, 6, 8, 10, 14, 20, 28, 40, 56];
const mostColumns = 4;
/** With these to a row a small picture begins; others only when they make it larger. */
const usual = 3;
/** What the picture is shaped for: its part of a window of 1440 × 900, CSS pixels. */
const screen = { width: 1060, height: 770 };
/** More hosts side by side, or shorter rows than usual, only when everything gets this much larger for it. */
const worth = 1.12;

const heightOf = (bands: Band[], collapsed: ReadonlySet<string>, cards: number, columns: number): number => {
  const at = new Columns(columns);
  for (const band of bands) {
    at.begin(band.label);
    band.plans.forEach((plan, index) =>
      at.grow(at.place(index).column, collapsed.has(plan.engine.id) ? m.hostHeader : hostHeight(plan, cards)),
    );
  }
  return at.lowest();
};

/** The number of cards in a row and of hosts side by side with which the whole is largest on a screen. */
export function chooseGrid(plans: HostPlan[], collapsed: ReadonlySet<string>, spines: number): Grid {
  const longest = Math.max(1, ...plans.flatMap((plan) => plan.lanes.map((lane) => lane.stacks.length)));
  const bands = bandsOf(plans);
  const enough = steps.find((step) => step >= Math.max(longest, usual)) ?? Infinity;
  let best = gridFor(plans, usual, 1, spines);
  const fitsOf = (grid: Grid) => {
    const height = heightOf(bands, collapsed, grid.cards, grid.columns);
    return Math.min(screen.width / (grid.pitch * grid.columns), screen.height / height, 1);
  };
  let zoom = fitsOf(best);
  for (let columns = 1; columns <= Math.min(mostColumns, Math.max(1, plans.length)); columns++) {
    for (const cards of steps.filter((step) => step <= enough)) {
      const grid = gridFor(plans, cards, columns, spines);
      const fits = fitsOf(grid);
      if (fits > zoom * (columns > best.columns || cards < usual ? worth : 1.02)) [best, zoom] = [grid, fits];
    }
  }
  return best;
}
