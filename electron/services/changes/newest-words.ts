import type { ChangeRecord, HostResult, Step } from '../../../shared/model';
import type { OnAttachment } from '../../../shared/rules';

const standing: readonly ChangeRecord['state'][] = ['applied', 'partial', 'kept'];

/** What a change has done while it stands; once it is undone, what that gave back, and when. */
function wordsIn({ state, at, hosts, undone }: ChangeRecord, counts: (host: HostResult) => boolean) {
  if (standing.includes(state)) return { at, hosts: hosts.filter(counts) };
  return { at: undone?.at ?? at, hosts: undone?.back ?? [] };
}

/**
 * What changes of ours that stand, and undoing others, say of attachments, the newest word on each alone.
 *
 * @param newestFirst the change log
 * @param isWord which steps say anything
 * @param counts of which hosts
 */
export function newestWords<S extends Extract<Step, { op: 'connect' | 'disconnect' }>>(
  newestFirst: readonly ChangeRecord[],
  isWord: (step: Step) => step is S,
  counts: (host: HostResult) => boolean = () => true,
): { on: OnAttachment; step: S }[] {
  const seen = new Set<string>();
  return newestFirst
    .map((record) => wordsIn(record, counts))
    .sort((a, b) => b.at - a.at)
    .flatMap(({ hosts }) => hosts)
    .flatMap(({ engineId, steps }) =>
      steps
        .filter(isWord)
        .toReversed()
        .flatMap((step) => {
          const { containerId, networkName } = step;
          const key = `${engineId} ${containerId}@${networkName}`;
          if (seen.has(key)) return [];
          seen.add(key);
          return [{ on: { engineId, containerId, networkName }, step }];
        }),
    );
}
