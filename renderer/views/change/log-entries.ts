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
  /** The addresses that the engine confirmed, where the change gave any; what a network stands on. */
  address: string;
  hosts: string[];
  /** `undo-failed`: it was applied, and undoing it ended halfway. */
  state: SegmentRecord['state'] | 'undo-failed';
  problems: Problem[];
  undoable: boolean;
  /** Why undoing it would be refused now. */
  undoProblem: Problem | undefined;
  exceptions: UndoException[];
  /** When it was undone and by whom, where that is known. */
  undone: ChangeRecord['undone'];
}

/** What a network stands on and holds, or which address became which. */
function detailOf({ request, before, ipv4, ipv6 }: ChangeRecord): string {
  if (request.kind === 'create-network') {
    const { parent, subnet, subnet6, more = [] } = request.spec;
    return [parent, subnet, subnet6, ...more.map((one) => one.subnet)].filter(Boolean).join(' · ');
  }
  const now = addressText({ ipv4, ipv6 });
  const was = before ? addressText(before) : '';
  return was && now && was !== now ? `${was} → ${now}` : now;
}

/** The same of a segment: its VLAN is told by the parents of its networks. */
function segmentDetail({ request, hosts }: SegmentRecord): string {
  if (request.kind === 'attach') return addressText(request);
  if (request.kind !== 'create') return '';
  const made = hosts
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.op === 'create-network' ? step : []));
  const parents = new Set(made.map(({ spec }) => spec.parent));
  return [...parents, ...request.segment.subnets.map(({ subnet }) => subnet)].filter(Boolean).join(' · ');
}

export const changeEntry = (t: TFunction<'change'>, record: ChangeRecord, snapshot: Snapshot): LogEntry => ({
  id: record.id,
  at: record.at,
  who: record.who,
  title: changeTitle(t, record.request, record.steps, snapshot),
  address: detailOf(record),
  hosts: [record.engineName],
  state: record.state === 'failed' && record.wasUndoing ? 'undo-failed' : record.state,
  problems: record.problem ? [record.problem] : [],
  undoable: record.undoable && record.state === 'applied',
  undoProblem: record.undoProblem,
  exceptions: record.exceptions ?? [],
  undone: record.undone,
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
  address: segmentDetail(record),
  hosts: record.hosts.map((host) => host.engineName),
  state: record.state,
  problems: record.hosts.flatMap((host) => host.problem ?? []),
  undoable: record.undoable && (record.state === 'applied' || record.state === 'partial'),
  undoProblem: record.undoProblem,
  exceptions: record.exceptions ?? [],
  undone: record.undone,
});
