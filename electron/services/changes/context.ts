import type { ChangeProgress, ChangeRecord, Snapshot } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import type { ChangeLog } from './change-log';
import type { Neighbours } from './neighbours';
import type { Heirs } from './heirs';
import type { Lans } from './lans';
import type { Touched } from './touched';
import type { World } from './world';

export interface ChangesContext {
  snapshot(): Snapshot;
  /** What changes are planned on. */
  world: Pick<World, 'for' | 'now'>;
  /** Asks on the LAN who answers for the addresses of a preview. */
  neighbours?(): Pick<Neighbours, 'ask'>;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** Reads what was touched, so that the picture shows it at once. */
  reread(engineId: string, touched: Touched): Promise<void>;
  log: ChangeLog;
  /** Shared with whatever else hands out addresses. */
  lans: Lans;
  /** Shared with whatever else makes networks again. */
  heirs: Heirs;
  /** The name of this console's {@link Owner}. */
  owner: string;
  now(): number;
  who: string;
  /** See {@link WalkContext}. */
  patienceMs?: number;
  onProgress(progress: ChangeProgress): void;
  onRecord(record: ChangeRecord): void;
}
