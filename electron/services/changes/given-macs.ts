import type { ChangeRecord } from '../../../shared/model';
import type { GivenMac } from '../../../shared/rules';

/**
 * The MACs that changes of ours fixed, the newest word on each attachment first. One that was given up since, by whomever, is
 * told by its not being in use.
 *
 * @param newestFirst the change log
 */
export function givenMacs(newestFirst: readonly ChangeRecord[]): GivenMac[] {
  const seen = new Set<string>();
  return newestFirst
    .filter(({ state }) => state === 'applied' || state === 'partial' || state === 'kept')
    .flatMap(({ hosts }) => hosts)
    .flatMap(({ engineId, steps }) =>
      steps.toReversed().flatMap((step): GivenMac[] => {
        if (step.op !== 'connect') return [];
        const { containerId, networkName } = step;
        const key = `${engineId} ${containerId}@${networkName}`;
        if (seen.has(key)) return [];
        seen.add(key);
        const { mac } = step.endpoint;
        return mac ? [{ engineId, containerId, networkName, mac }] : [];
      }),
    );
}
