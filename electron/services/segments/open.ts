import { join } from 'node:path';
import type { CommandHandlers } from '../../../shared/contract';
import type { SegmentList, Snapshot } from '../../../shared/model';
import { recogniseSegments, segmentCandidates } from '../../../shared/rules';
import type { Storage } from '../storage';
import type { Importer } from './import-worker';
import { PlanFile } from './plan-file';
import { exportSegment } from './transfer';

type Names = Extract<keyof CommandHandlers, `segments.${string}`>;

/** Segments as the console uses them; what changes them is a change like any other. */
export interface SegmentService {
  handlers: Pick<CommandHandlers, Names>;
  /** `plan.yaml`. */
  plan: PlanFile;
}

/** Opens the plan in the user-data folder. */
export async function openSegments(
  { snapshot, importer }: { snapshot(): Snapshot; importer: Importer },
  userDataDir: string,
  storage: Storage,
): Promise<SegmentService> {
  const plan = await PlanFile.open(join(userDataDir, 'plan.yaml'), storage);
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
    plan,
  };
}
