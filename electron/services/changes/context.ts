import type { ChangeProgress, ChangeRecord, Snapshot } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import type { ChangeLog } from './change-log';
import type { Touched } from './touched';
import type { World } from './world';

export interface ChangesContext {
  snapshot(): Snapshot;
  /** What changes are planned on. */
  world: Pick<World, 'for'>;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** Reads what was touched, so that the picture shows it at once. */
  reread(engineId: string, touched: Touched): Promise<void>;
  log: ChangeLog;
  /** The name of this console's {@link Owner}. */
  owner: string;
  now(): number;
  who: string;
  /** See {@link WalkContext}. */
  patienceMs?: number;
  onProgress(progress: ChangeProgress): void;
  onRecord(record: ChangeRecord): void;
}
