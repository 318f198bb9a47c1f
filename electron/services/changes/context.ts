import type { ChangeProgress, ChangeRecord, PolicyKindName, Snapshot } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import type { PlanFile } from '../segments/plan-file';
import type { ChangeLog } from './change-log';
import type { HostAccess } from './host-steps';
import type { Keepers, Kind } from './kind';
import type { LanAddresses } from './lan-addresses';
import type { AffectedObjects } from './affected-objects';
import type { PlanningInventory } from './planning-inventory';

export interface ChangesContext {
  snapshot(): Snapshot;
  /** What steps back are judged by. */
  world: Pick<PlanningInventory, 'now' | 'looked'>;
  kindOf(request: ChangeRecord['request']): Kind;
  keepers: Keepers;
  /** The file in which all keepers keep what is theirs. */
  plan: Pick<PlanFile, 'unwritten' | 'whenWritten'>;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** For steps on the host itself, of one kind. */
  access(engineId: string, kind: PolicyKindName): HostAccess;
  /** Does work to its end with what it is allowed on these hosts when it begins: see `ToolboxService.toItsEnd`. */
  toItsEnd?<T>(engineIds: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Reads what was affected, so that the picture shows it at once. */
  reread(engineId: string, affected: AffectedObjects): Promise<void>;
  log: ChangeLog;
  /** Shared with whatever else hands out addresses. */
  lans: LanAddresses;
  /** The name of this console's {@link Owner}. */
  owner: string;
  now(): number;
  who: string;
  /** See {@link RunnerContext}. */
  patienceMs?: number;
  onProgress(progress: ChangeProgress): void;
  onRecord(record: ChangeRecord): void;
}
