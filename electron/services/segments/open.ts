import type { CommandHandlers } from '../../../shared/contract';
import type { SegmentList, Snapshot } from '../../../shared/model';
import { recogniseSegments, segmentCandidates } from '../../../shared/rules';
import type { Importer } from './import-worker';
import type { PlanFile } from './plan-file';
import { exportSegment } from './transfer';

type Names = Extract<keyof CommandHandlers, `segments.${string}`>;

/** Segments as the console uses them; what changes them is a change like any other. */
export interface SegmentService {
  handlers: Pick<CommandHandlers, Names>;
}

interface Context {
  snapshot(): Snapshot;
  importer: Importer;
  plan: Pick<PlanFile, 'segments'>;
}

export function openSegments({ snapshot, importer, plan }: Context): SegmentService {
  const list = (): SegmentList => {
    const segments = plan.segments();
    const now = snapshot();
    return { segments: recogniseSegments(segments, now), candidates: segmentCandidates(segments, now) };
  };
  return {
    handlers: {
      'segments.list': async () => list(),
      'segments.export': async ({ id, format }) => exportSegment(id, format, list(), snapshot().engines),
      'segments.import': (source) => importer(source),
    },
  };
}
