import type { ChangeRecord, Container, GuardStatus } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import type { Changes } from '../changes/changes';
import type { GuardStore } from '../segments/plan-file';

export interface GuardContext {
  /** What is known of the engines, and of what no engine tells. */
  world(): Inventory;
  /** What an engine says of a container right now. */
  read(engineId: string, containerId: string): Promise<Container>;
  store: GuardStore;
  changes: Pick<Changes, 'applyOwn' | 'recover' | 'note'>;
  /** Changes that were cut off, and wait. */
  interrupted(): readonly ChangeRecord[];
  /** What is kept is shown and left alone. */
  readOnly?: boolean;
  now(): number;
  report(error: unknown): void;
  /** All of them anew, whenever any stands otherwise. */
  onChange(statuses: GuardStatus[]): void;
}
