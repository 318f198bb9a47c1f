import type { ChangeRecord, HostResult, Step } from '../../../shared/model';
import type { OnAttachment } from '../../../shared/rules';
import { standing, untouched } from './states';

/** `perhaps`: nobody knows whether what a host's steps say holds there, or what was there before. */
export type Weight = 'surely' | 'perhaps' | 'not';

/** Any change that stands is as good as its word. */
export const ifStanding = (_host: HostResult, { state }: ChangeRecord): Weight =>
  standing.includes(state) ? 'surely' : 'not';

/** What came of a change on a host, as far as anybody knows. */
export function howSure({ state, problem }: HostResult, record: ChangeRecord): Weight {
  // Begun before there was a journal.
  if (state === 'failed' && problem?.code === 'change_interrupted') return 'perhaps';
  if (record.state === 'rolled-back' || untouched.includes(state)) return 'not';
  return state === 'done' && standing.includes(record.state) ? 'surely' : 'perhaps';
}

interface Said {
  engineId: string;
  steps: readonly Step[];
  perhaps: boolean;
}

/** What may have been sent to a host in either direction. */
const eitherWay = ({ steps, recovery }: HostResult): Step[] => [
  ...steps,
  ...(recovery?.finish ?? []),
  ...(recovery?.rollBack ?? []),
];

/** What a change has done; once it is undone, what that gave back, and when. */
function wordsIn(
  record: ChangeRecord,
  counts: (host: HostResult, record: ChangeRecord) => Weight,
): { at: number; hosts: Said[] } {
  const { state, at, hosts, undone } = record;
  if (state === 'undone') {
    const back = (undone?.back ?? []).map((each) => ({ ...each, perhaps: false }));
    return { at: undone?.at ?? at, hosts: back };
  }
  const said = hosts.flatMap((host): Said[] => {
    const weight = counts(host, record);
    if (weight === 'not') return [];
    const perhaps = weight === 'perhaps';
    return [{ engineId: host.engineId, steps: perhaps ? eitherWay(host) : host.steps, perhaps }];
  });
  return { at, hosts: said };
}

/** What a step says of an attachment. */
export interface Word<S> {
  on: OnAttachment;
  step: S;
  /** When it was said, milliseconds since the epoch. */
  at: number;
  /** What was said before may hold as well. */
  perhaps: boolean;
  /** Of what record. */
  record: ChangeRecord;
}

/**
 * What changes of ours, and undoing others, say of attachments, the newest sure word on each and whatever is newer and not
 * sure.
 *
 * @param newestFirst the change log
 * @param isWord which steps say anything
 */
export function newestWords<S extends Extract<Step, { op: 'connect' | 'disconnect' }>>(
  newestFirst: readonly ChangeRecord[],
  isWord: (step: Step) => step is S,
  counts: (host: HostResult, record: ChangeRecord) => Weight,
): Word<S>[] {
  const seen = new Set<string>();
  return newestFirst
    .map((record) => ({ record, ...wordsIn(record, counts) }))
    .sort((a, b) => b.at - a.at)
    .flatMap(({ record, at, hosts }) => hosts.map((host) => ({ ...host, record, at })))
    .flatMap(({ engineId, steps, perhaps, record, at }) =>
      steps
        .filter(isWord)
        .toReversed()
        .flatMap((step): Word<S>[] => {
          const { containerId, networkName } = step;
          const key = `${engineId} ${containerId}@${networkName}`;
          if (seen.has(key)) return [];
          if (!perhaps) seen.add(key);
          return [{ on: { engineId, containerId, networkName }, step, at, perhaps, record }];
        }),
    );
}
