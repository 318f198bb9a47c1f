import type { Container, DhcpPolicy, Endpoint, LeaseHelper, Network, Problem } from '../../model';
import { problem } from '../../texts/messages';
import { parseCidr } from '../basics/cidr';
import { fingerprint } from '../basics/fingerprint';
import type { Inventory } from '../inventory/inventory';
import { claimantsOf, identityKey } from '../membership/identity';
import { isLeftover, isLive } from '../membership/leftover';
import { recordedEndpoint } from '../membership/on-network';

/** Of the helper's script as this console has it: what an older one has put is put anew. */
export const leaseRevision = 4;

type Who = Pick<DhcpPolicy, 'identity' | 'networkName'>;

/** The helper of an attachment has always the same name, whoever puts it there. */
export const leaseHelperName = ({ identity, networkName }: Who): string =>
  `trunkline-dhcp-${fingerprint(`${identityKey(identity)} ${networkName}`, 12)}`;

/** A MAC that no other container has, and that is the same for whoever asks: unicast, and not of a maker's. */
export function leaseMac({ identity, networkName }: Who, networkId: string): string {
  const digits = fingerprint(`${networkId} ${identityKey(identity)} ${networkName}`, 10);
  return ['0a', ...(digits.match(/../g) ?? [])].join(':');
}

/** What the server is told: letters, digits and hyphens are all that a host name may have. */
const hostNameOf = (name: string): string =>
  name
    .replace(/[^a-zA-Z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '') || 'container';

const ipv4Subnets = ({ subnets }: Network): string[] =>
  subnets.map(({ subnet }) => subnet).filter((each) => parseCidr(each)?.version === 4);

/** Why a container can lease no address on a network, whichever container it is. */
export function unfitForLease(network: Network, host: string, podman: boolean, container: string): Problem[] {
  const params = { container, network: network.name, host };
  const place = { engineId: network.engineId, field: 'networkId' };
  if (podman) return [problem('lease_impossible', { ...params, context: 'podman' }, place)];
  if (network.scope === 'swarm') return [problem('lease_impossible', { ...params, context: 'swarm' }, place)];
  if (network.kind !== 'macvlan') return [problem('lease_impossible', params, place)];
  if (network.mode === 'passthru')
    return [problem('lease_impossible', { ...params, context: 'passthru' }, place)];
  if (ipv4Subnets(network).length === 0)
    return [problem('lease_impossible', { ...params, context: 'no_ipv4' }, place)];
  return [];
}

/** The container that leases by a policy now: of several that claim to be it, the one that runs. */
export function containerOfLease(
  policy: Pick<DhcpPolicy, 'engineId' | 'identity'>,
  { containers }: Pick<Inventory, 'containers'>,
): Container | null {
  const all = claimantsOf(policy, containers);
  const [one, ...more] = all.length > 1 ? all.filter(isLive) : all;
  return one && more.length === 0 ? one : null;
}

/** Its attachment to that network; undefined where it has none, or only what a failed connect has left. */
export function endpointOfLease(container: Container, network: Network): Endpoint | undefined {
  const entry = recordedEndpoint(container, network);
  return entry && !isLeftover(container, entry) ? entry : undefined;
}

/** What has to be beside a container for it to lease. */
export const leaseHelperFor = (
  policy: Omit<DhcpPolicy, 'since'>,
  container: Pick<Container, 'id'> | null,
  network: Network | null,
): LeaseHelper => ({
  name: leaseHelperName(policy),
  containerId: container?.id ?? '',
  networkName: policy.networkName,
  mac: policy.mac,
  hostName: hostNameOf(policy.containerName),
  subnets: network ? ipv4Subnets(network) : [],
  revision: leaseRevision,
});
