import type { DhcpPolicy, DhcpState, LeaseHelper } from '../../model';
import { hostName } from '../engines/engines';
import { networkMeant } from '../lans/network-meant';
import type { Inventory } from '../inventory/inventory';
import { isLive } from '../membership/leftover';
import { containerOfLease, endpointOfLease, leaseHelperFor, leaseHelperName, unfitForLease } from './dhcp';
import type { PolicyRules } from './kind';

type Rests = Extract<DhcpState, 'no-container' | 'not-attached' | 'stopped'>;

function restsAs(policy: DhcpPolicy, world: Inventory): Rests | null {
  const container = containerOfLease(policy, world);
  if (!container) return 'no-container';
  const network = networkMeant(policy, world);
  if (!network || !endpointOfLease(container, network)) return 'not-attached';
  return isLive(container) ? null : 'stopped';
}

const plain = (it: LeaseHelper): string =>
  JSON.stringify([
    it.name,
    it.containerId,
    it.networkName,
    it.mac,
    it.ended === true,
    [...it.subnets].sort(),
  ]);

/**
 * Whether what is there leases as it has to. One that has ended leases nothing. That a container is called otherwise by now, or that
 * a newer console's script leases, is no reason to give the address up.
 */
export const sameLeaseHelper = (wanted: LeaseHelper, there: LeaseHelper): boolean =>
  plain(wanted) === plain(there) && there.revision >= wanted.revision;

/** A container's address from the LAN's own DHCP server: a helper beside it, for as long as both are there. */
export const dhcpRules = {
  keyOf: ({ engineId, networkName, containerName }: DhcpPolicy) =>
    `${engineId}/${containerName}@${networkName}`,
  nameOf: leaseHelperName,
  rests: restsAs,
  // Its engine starts it again with a container that was only stopped.
  idle: (policy, world) => ['no-container', 'not-attached'].includes(restsAs(policy, world) ?? ''),
  problems(policy, world) {
    const network = networkMeant(policy, world);
    const engine = world.engines.find(({ id }) => id === policy.engineId);
    const host = hostName(policy.engineId, world.engines);
    return network ? unfitForLease(network, host, engine?.product === 'podman', policy.containerName) : [];
  },
  wanted(policy, world) {
    if (restsAs(policy, world) || dhcpRules.problems(policy, world).length > 0) return null;
    return leaseHelperFor(policy, containerOfLease(policy, world), networkMeant(policy, world));
  },
  renewed(policy, world) {
    const network = networkMeant(policy, world);
    return network ? { ...policy, networkId: network.id } : policy;
  },
  differs: (wanted, there) => !there || !sameLeaseHelper(wanted, there),
} satisfies PolicyRules<DhcpPolicy, LeaseHelper, Rests>;
