import type { ChangeRecord, HostResult } from '../../../shared/model';
import type { GivenAddress } from '../../../shared/rules';

const standing: readonly ChangeRecord['state'][] = ['applied', 'partial', 'kept'];
/** Of hosts on which nothing of a change was done, or nothing is left of it. */
const untouched: readonly HostResult['state'][] = ['failed', 'rolled-back', 'left'];

/**
 * The addresses that changes of ours fixed, by the newest word on each attachment: none where we took it away since. What
 * others did since is told by the address in use.
 *
 * @param newestFirst the change log
 */
export function givenAddresses(newestFirst: readonly ChangeRecord[]): GivenAddress[] {
  const seen = new Set<string>();
  return newestFirst
    .filter(({ state }) => standing.includes(state))
    .flatMap(({ hosts }) => hosts)
    .filter(({ state }) => !untouched.includes(state))
    .flatMap(({ engineId, steps }) =>
      steps.toReversed().flatMap((step): GivenAddress[] => {
        if (step.op !== 'connect' && step.op !== 'disconnect') return [];
        const { containerId, networkName } = step;
        const key = `${engineId} ${containerId}@${networkName}`;
        if (seen.has(key)) return [];
        seen.add(key);
        if (step.op === 'disconnect') return [];
        const { ipv4, ipv6 } = step.endpoint;
        if (!ipv4 && !ipv6) return [];
        return [{ engineId, containerId, networkName, ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) }];
      }),
    );
}
