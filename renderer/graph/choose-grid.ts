import { bandsOf, Columns, type Band } from './bands';
import type { HostPlan } from './lanes';
import { gridFor, hostHeight, type Grid } from './layout';
import { metrics as m } from './metrics';

/** Fixed steps: one more card rarely reflows anything. */
const steps = [3, 2, 4, 6, 8, 10, 14, 20, 28, 40, 56];
const mostColumns = 4;
/** The window that the picture is shaped for, CSS pixels. */
const screen = { width: 1060, height: 770 };
/** More hosts side by side only when everything gets this much larger for it. */
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
  const enough = steps.findIndex((step) => step >= longest);
  let best = gridFor(plans, steps[0] ?? 3, 1, spines);
  let zoom = 0;
  for (let columns = 1; columns <= Math.min(mostColumns, Math.max(1, plans.length)); columns++) {
    for (const cards of enough < 0 ? steps : steps.slice(0, enough + 1)) {
      const grid = gridFor(plans, cards, columns, spines);
      const height = heightOf(bands, collapsed, cards, columns);
      const fits = Math.min(screen.width / (grid.pitch * columns), screen.height / height, 1);
      if (fits > zoom * (columns > best.columns ? worth : 1.02)) [best, zoom] = [grid, fits];
    }
  }
  return best;
}
