import type { HostFacts, SegmentProgress, SegmentRecord, Snapshot } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import type { Neighbours } from '../changes/neighbours';
import type { Heirs } from '../changes/heirs';
import type { Lans } from '../changes/lans';
import type { Touched } from '../changes/touched';
import type { Unsettled } from '../changes/unsettled';
import type { PlanFile } from './plan-file';
import type { SegmentLog } from './segment-log';

export interface SegmentsContext {
  /** With what is known beside it; the hosts' facts are those of the last looks. */
  snapshot(): Snapshot & Inventory;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** What a host really has; null where the admin allows no look, or none is possible now. */
  facts(engineId: string): Promise<HostFacts | null>;
  /** Reads an engine's lists again: a connect to a stopped container emits no event. */
  refresh(engineId: string): Promise<void>;
  /** Reads what was touched, so that the picture shows it at once. */
  reread(engineId: string, touched: Touched): Promise<void>;
  /** Who else is on the LAN. */
  neighbours?(): Pick<Neighbours, 'askOn'>;
  plan: PlanFile;
  log: SegmentLog;
  /** Those of the single changes: an engine and a LAN have one change at a time, whatever its kind. */
  lans: Lans;
  /** So are these. */
  unsettled: Unsettled;
  /** And these. */
  heirs: Heirs;
  /** The name of this console's {@link Owner}. */
  owner: string;
  /** See {@link WalkContext}. */
  patienceMs?: number;
  now(): number;
  who: string;
  onProgress(progress: SegmentProgress): void;
  onRecord(record: SegmentRecord): void;
}
