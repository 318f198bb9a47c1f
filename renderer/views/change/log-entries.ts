import type { TFunction } from 'i18next';
import type { ChangeRecord, Problem, SegmentRecord, Snapshot } from '../../../shared/model';
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
  state: SegmentRecord['state'];
  problems: Problem[];
  undoable: boolean;
}

export const changeEntry = (
  t: TFunction<'change'>,
  { id, at, who, request, steps, ipv4, ipv6, engineName, state, problem, undoable }: ChangeRecord,
  snapshot: Snapshot,
): LogEntry => ({
  id,
  at,
  who,
  title: changeTitle(t, request, steps, snapshot),
  address: addressText({ ipv4, ipv6 }),
  hosts: [engineName],
  state,
  problems: problem ? [problem] : [],
  undoable: undoable && state === 'applied',
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
});
