import type { Container, DhcpStatus, PolicyStatus, Snapshot } from '../../shared/model';
import { guardKey } from '../../shared/rules';

export const leasesIn = (policies: readonly PolicyStatus[]): DhcpStatus[] =>
  policies.filter((each) => each.kind === 'dhcp');

/** Tells the leases of all engines apart, whatever their containers are called by now. */
export const leaseKey = (lease: Pick<DhcpStatus, 'engineId' | 'identity' | 'networkName'>): string =>
  `${guardKey(lease)} ${lease.networkName}`;

/** That of a container on a network; undefined where its engine gives the address. */
export const leaseOn = (
  leases: readonly DhcpStatus[],
  engineId: string,
  containerId: string,
  networkName: string,
): DhcpStatus | undefined =>
  leases.find(
    (each) => each.engineId === engineId && each.current === containerId && each.networkName === networkName,
  );

/** The address that a container really has by its lease; null where it has none now, or nobody can say. */
export const leasedAddress = ({ state, lease }: DhcpStatus): string | null =>
  (state === 'applied' || state === 'pending' || state === 'drifted') && lease?.state === 'bound'
    ? (lease.address?.split('/')[0] ?? null)
    : null;

/** What a container leases instead of an address that its engine tells; null where it has that. Only IPv4 is leased. */
export function leasedInstead(lease: DhcpStatus | undefined, told: string): string | null {
  const leased = lease && leasedAddress(lease);
  return leased && leased !== told && !told.includes(':') ? leased : null;
}

const withOwn = (container: Container, leases: readonly DhcpStatus[]): Container => ({
  ...container,
  endpoints: container.endpoints.map((endpoint) => {
    const lease = leaseOn(leases, container.engineId, container.id, endpoint.networkName);
    const leased = lease && leasedAddress(lease);
    return leased ? { ...endpoint, leased } : endpoint;
  }),
});

/** An inventory in which attachments that lease have the addresses that they really have beside those that engines tell. */
export function withLeases(snapshot: Snapshot, leases: readonly DhcpStatus[] | null): Snapshot {
  if (!leases || leases.length === 0) return snapshot;
  const about = new Set(leases.map(({ engineId, current }) => `${engineId} ${current ?? ''}`));
  const containers = snapshot.containers.map((each) =>
    about.has(`${each.engineId} ${each.id}`) ? withOwn(each, leases) : each,
  );
  return { ...snapshot, containers };
}
