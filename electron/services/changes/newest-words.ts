import type { ChangeRecord, HostResult, Step } from '../../../shared/model';
import type { OnAttachment } from '../../../shared/rules';

const standing: readonly ChangeRecord['state'][] = ['applied', 'partial', 'kept'];

/**
 * What changes of ours that stand say of attachments, the newest word on each alone.
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
    .filter(({ state }) => standing.includes(state))
    .flatMap(({ hosts }) => hosts)
    .filter(counts)
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
