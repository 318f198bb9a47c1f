import type { HostFacts, SegmentRequest } from '../../../../shared/model';
import { planSegment, problem, type Inventory } from '../../../../shared/rules';
import type { PlanFile } from '../../segments/plan-file';
import type { Keeper, Kind } from '../kind';
import type { Neighbours } from '../neighbours';
import { enginesOf } from './segment-engines';
import { askNeighbours } from './segment-neighbours';
import { partialSegment } from './segment-partial';

type Plan = Pick<PlanFile, 'segments' | 'get' | 'set' | 'unwritten' | 'whenWritten'>;

export interface SegmentKindContext {
  plan: Plan;
  inventory(): Inventory;
  /** What a host really has; null where the admin allows no look, or none is possible now, or in time. */
  facts(engineId: string): Promise<HostFacts | null>;
  /** Who else is on the LAN. */
  neighbours?: Pick<Neighbours, 'askOn'>;
  /** Reads an engine's lists again: a connect to a stopped container emits no event. */
  refresh(engineId: string): Promise<void>;
}

/** Changes of a segment: its networks on all of its hosts, and the plan. */
export function segmentKind(context: SegmentKindContext): Kind<SegmentRequest> {
  const { plan, inventory, facts, refresh } = context;
  /** A fresh look at the hosts that matter, and all that is known beside it. */
  const look = async (request: SegmentRequest) => {
    const asked = enginesOf(request, plan.segments());
    const seen = await Promise.all(asked.map((engineId) => facts(engineId)));
    const known = inventory();
    // Other hosts of the LAN have addresses there, too; an old look is no judge of what is to be changed.
    const others = known.facts?.filter(({ engineId }) => !asked.includes(engineId)) ?? [];
    return { inventory: { ...known, facts: others }, facts: seen.filter((each) => each !== null) };
  };
  return {
    keys: ['plan'],
    async plan(request, { id }) {
      const known = await look(request);
      // The same for a preview and for what is planned anew when that is applied.
      const newId = `seg-${id.slice(0, 8)}`;
      const world = { plan: plan.segments(), newId, ...known };
      const { segmentId, segmentName: name, segment, ...planned } = planSegment(request, world);
      const before = plan.get(segmentId) ?? null;
      return { ...planned, segment, kept: { what: 'segment', id: segmentId, name, before, after: segment } };
    },
    ask: (request, planned) => askNeighbours(request, planned, context),
    async refresh(engineIds) {
      await Promise.all(engineIds.map(refresh));
    },
    partly(request, kept, results) {
      if (kept.what !== 'segment') return kept;
      return { ...kept, after: partialSegment(request, kept.before, kept.after, results) };
    },
  };
}

/** The plan of segments, as changes write it. */
export const planKeeper = (plan: Plan): Keeper<'segment'> => ({
  now: ({ id }) => plan.get(id) ?? null,
  put: (kept, when) => plan.set(kept.id, kept[when]),
  overtaken: ({ name: segment }) => problem('change_not_undoable', { context: 'segment', segment }),
});
