import type { HostPlan } from './lanes';
import { metrics as m } from './metrics';

/** Hosts of one group, side by side and below each other, above and below the other groups' hosts. */
export interface Band {
  /** Empty for the hosts without a group. */
  name: string;
  /** Room for the name above the hosts, graph pixels; 0 where there are no groups. */
  label: number;
  plans: HostPlan[];
}

/** Plans come in order, a group's together. */
export function bandsOf(plans: readonly HostPlan[]): Band[] {
  const bands: Band[] = [];
  for (const plan of plans) {
    const name = plan.engine.group ?? '';
    const last = bands.at(-1);
    if (last?.name === name) last.plans.push(plan);
    else bands.push({ name, label: m.groupLabel, plans: [plan] });
  }
  const [first] = bands;
  return bands.length === 1 && first?.name === '' ? [{ ...first, label: 0 }] : bands;
}

/** How far down each column of hosts reaches, one band after the other. Graph pixels. */
export class Columns {
  private readonly bottoms: number[];

  constructor(count: number) {
    this.bottoms = Array.from({ length: count }, () => 0);
  }

  /** Everything that follows stands below everything so far, and below `room` more. Gives that room's top. */
  begin(room: number): number {
    const top = this.lowest();
    this.bottoms.fill(top + room);
    return top;
  }

  /** Where the band's host of this index stands. */
  place(index: number): { column: number; y: number } {
    const column = index % this.bottoms.length;
    return { column, y: this.bottoms[column] ?? 0 };
  }

  grow(column: number, height: number): void {
    this.bottoms[column] = (this.bottoms[column] ?? 0) + height + m.hostGap;
  }

  lowest(): number {
    return Math.max(...this.bottoms);
  }
}
