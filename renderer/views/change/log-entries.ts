import type { TFunction } from 'i18next';
import type { ChangeRecord, Problem, SegmentRecord, Snapshot, UndoException } from '../../../shared/model';
import { recordTitle } from '../segments/words';
import { addressText, changeTitle } from './words';

/** One line of the change log, of a single change or of one on all hosts of a segment. */
export interface LogEntry {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  who: string;
  /** What was done, in words. */
  title: string;
  /** The addresses that the engine confirmed, where the change gave any. */
  address: string;
  hosts: string[];
  /** `undo-failed`: it was applied, and undoing it ended halfway. */
  state: SegmentRecord['state'] | 'undo-failed';
  problems: Problem[];
  undoable: boolean;
  /** Why undoing it would be refused now. */
  undoProblem: Problem | undefined;
  exceptions: UndoException[];
}

export const changeEntry = (t: TFunction<'change'>, record: ChangeRecord, snapshot: Snapshot): LogEntry => ({
  id: record.id,
  at: record.at,
  who: record.who,
  title: changeTitle(t, record.request, record.steps, snapshot),
  address: addressText(record),
  hosts: [record.engineName],
  state: record.state === 'failed' && record.wasUndoing ? 'undo-failed' : record.state,
  problems: record.problem ? [record.problem] : [],
  undoable: record.undoable && record.state === 'applied',
  undoProblem: record.undoProblem,
  exceptions: record.exceptions ?? [],
});

export const segmentEntry = (
  t: TFunction<'segments'>,
  record: SegmentRecord,
  snapshot: Snapshot,
): LogEntry => ({
  id: record.id,
  at: record.at,
  who: record.who,
  title: recordTitle(t, record, snapshot),
  address: record.request.kind === 'attach' ? addressText(record.request) : '',
  hosts: record.hosts.map((host) => host.engineName),
  state: record.state,
  problems: record.hosts.flatMap((host) => host.problem ?? []),
  undoable: record.undoable && (record.state === 'applied' || record.state === 'partial'),
  undoProblem: record.undoProblem,
  exceptions: record.exceptions ?? [],
});
