import { join } from 'node:path';
import type { CommandHandlers } from '../../../shared/contract';
import type { Segment } from '../../../shared/model';
import type { Storage } from '../storage';
import { PlanFile } from './plan-file';
import { openSegmentLog } from './segment-log';
import type { SegmentsContext } from './context';
import { Segments } from './segments';
import type { Importer } from './import-worker';
import { exportSegment } from './transfer';

type Names = Extract<keyof CommandHandlers, `segments.${string}`>;

/** Segments as the console uses them. */
export interface SegmentService {
  handlers: Pick<CommandHandlers, Names>;
  /** `plan.yaml`. */
  planned(): readonly Segment[];
  /** After an engine has left the list. */
  forget(engineId: string): Promise<void>;
  /** Resolves when plan and log are on disk. */
  flush(): Promise<void>;
}

/** Opens the plan and the log of segment changes in the user-data folder. */
export async function openSegments(
  context: Omit<SegmentsContext, 'plan' | 'log'> & { importer: Importer },
  userDataDir: string,
  storage: Storage,
): Promise<SegmentService> {
  const [plan, log] = await Promise.all([
    PlanFile.open(join(userDataDir, 'plan.yaml'), storage),
    openSegmentLog(join(userDataDir, 'segment-changes.jsonl'), storage, undefined, context.owner),
  ]);
  const segments = new Segments({ ...context, plan, log });
  return {
    handlers: {
      'segments.list': async () => segments.list(),
      'segments.preview': async ({ request }) => segments.preview(request),
      'segments.apply': async ({ id, keepPartial }) => segments.apply(id, keepPartial),
      'segments.undo': async ({ id }) => segments.undo(id),
      'segments.recover': async ({ id, action }) => segments.recovery.recover(id, action),
      'segments.history': async ({ limit, undo }) => (undo ? segments.history(limit) : log.list(limit)),
      'segments.export': async ({ id, format }) =>
        exportSegment(id, format, segments.list(), context.snapshot().engines),
      'segments.import': (source) => context.importer(source),
    },
    planned: () => plan.segments(),
    forget: (engineId) => segments.recovery.forget(engineId),
    flush: async () => {
      await Promise.all([plan.flush(), log.flush()]);
    },
  };
}
