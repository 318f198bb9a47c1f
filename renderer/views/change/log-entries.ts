import type { TFunction } from 'i18next';
import type { ChangeRecord, GuardNote, Problem, Snapshot, UndoException } from '../../../shared/model';
import { addressText } from '../../../shared/rules';
import { segmentEdits } from '../../context/change/segment-edits';
import type { TitleOf } from '../../context/change/use-titles';
import { shimAddress } from '../../context/change/words';

/** One line of the change log. */
export interface LogEntry {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  who: string;
  /** Where no person asked for it. */
  by: ChangeRecord['by'];
  /** What was done, in words. */
  title: string;
  /** The addresses that the engine confirmed, where the change gave any; what a network stands on. */
  address: string;
  /** What an edit of a segment changed, a sentence a field. */
  edits: string[];
  hosts: string[];
  /** `undo-failed`: it was applied, and undoing it ended halfway. */
  state: ChangeRecord['state'] | 'undo-failed';
  problems: Problem[];
  undoable: boolean;
  /** Why undoing it would be refused now. */
  undoProblem: Problem | undefined;
  /** Why the plan does not have it yet. */
  unwritten: Problem | undefined;
  /** Why the log does not have it yet. */
  unsaved: Problem | undefined;
  exceptions: UndoException[];
  /** Containers that are left on a network which it removed. */
  stranded: Problem[];
  /** Of hosts that failed while others were kept: what did not come back there; of those that are done, what does not show. */
  notBack: { host: string; state: string; exceptions: UndoException[] }[];
  /** When it was undone and by whom, where that is known. */
  undone: ChangeRecord['undone'];
}

/** What was made, of each network once: a VLAN is told by its parent. */
function madeText({ request, hosts }: ChangeRecord): string | null {
  if (request.kind === 'create-network') {
    const { parent, subnet, subnet6, more = [] } = request.spec;
    return joined([parent, subnet, subnet6, ...more.map((one) => one.subnet)]);
  }
  const steps = hosts.flatMap((host) => host.steps);
  if (request.kind === 'create-segment') {
    const parents = steps.flatMap((step) => (step.op === 'create-network' ? step.spec.parent : []));
    return joined([...new Set(parents), ...request.segment.subnets.map(({ subnet }) => subnet)]);
  }
  return null;
}

const editsOf = (t: TFunction<'segments'>, { request, segmentBefore }: ChangeRecord): string[] =>
  request.kind === 'edit-segment' && segmentBefore ? segmentEdits(t, segmentBefore, request.segment) : [];

const joined = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** What guards keep from then on, or kept until then. */
const guarded = ({ guards }: GuardNote): string =>
  joined(
    guards.map(({ containerName, addresses }) =>
      [...(guards.length > 1 ? [containerName] : []), addresses.join(', ')].join(' '),
    ),
  );

/** Of several, each container with what it got. */
function givenBack({ request, hosts }: ChangeRecord): string {
  if (request.kind === 'restore') return request.attachments.map(addressText).filter(Boolean).join(', ');
  if (request.kind === 'guard') return guarded(request);
  if (request.kind !== 'restore-several') return '';
  const given = hosts.flatMap(({ steps }) => steps).filter((step) => step.op === 'connect');
  return joined(given.map(({ containerName, endpoint }) => `${containerName} ${addressText(endpoint)}`));
}

/** What a change gave, or which address became which. */
function detailOf(record: ChangeRecord): string {
  const { request, hosts, before } = record;
  const made = madeText(record) ?? (shimAddress(record) || null);
  if (made !== null) return made;
  // Earlier versions wrote down no addresses of an attach to a segment.
  const asked = request.kind === 'attach-to-segment' ? addressText(request) : givenBack(record);
  const now = hosts.map(addressText).find((text) => text !== '') ?? asked;
  const was = before ? addressText(before) : '';
  return was && now && was !== now ? `${was} → ${now}` : now;
}

/** What the log is worded with. */
interface Words {
  titleOf: TitleOf;
  segments: TFunction<'segments'>;
}

export const logEntry = (words: Words, record: ChangeRecord, snapshot: Snapshot): LogEntry => ({
  id: record.id,
  at: record.at,
  who: record.who,
  by: record.by,
  title: words.titleOf(record, snapshot),
  address: detailOf(record),
  edits: editsOf(words.segments, record),
  hosts: record.hosts.map((host) => host.engineName),
  state: record.state === 'failed' && record.wasUndoing ? 'undo-failed' : record.state,
  problems: record.hosts.flatMap((host) => host.problem ?? []),
  undoable: record.undoable && (record.state === 'applied' || record.state === 'partial'),
  undoProblem: record.undoProblem,
  unwritten: record.unwritten,
  unsaved: record.unsaved,
  exceptions: record.exceptions ?? [],
  stranded: record.stranded ?? [],
  notBack: record.hosts.flatMap(({ engineName: host, state, exceptions }) =>
    exceptions ? [{ host, state: state === 'done' ? state : 'rolled-back', exceptions }] : [],
  ),
  undone: record.undone,
});
