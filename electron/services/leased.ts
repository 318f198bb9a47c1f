import type { PolicyStatus } from '../../shared/model';
import type { LeasedAddress } from '../../shared/rules';
import type { PushHub } from './hub';

/** What a policy's container leases; what it leased last, where it has no address now: the server may give it that again. */
function leasedBy(status: PolicyStatus): LeasedAddress[] {
  if (status.kind !== 'dhcp') return [];
  const { engineId, current, containerName, networkId, networkName, lease } = status;
  const [address] = (lease?.address ?? lease?.before ?? '').split('/');
  return address
    ? [{ engineId, containerId: current ?? '', containerName, networkId, networkName, address }]
    : [];
}

/**
 * The addresses that containers lease, as it was told last: how policies stand is judged by the very inventory that this is a part
 * of.
 */
export function leasesTold(hub: Pick<PushHub, 'subscribe'>): () => readonly LeasedAddress[] {
  let leases: readonly LeasedAddress[] = [];
  hub.subscribe((name, data) => {
    if (name === 'policies.changed') leases = (data as PolicyStatus[]).flatMap(leasedBy);
  });
  return () => leases;
}
