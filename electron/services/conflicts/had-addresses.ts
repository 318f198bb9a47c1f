import type { Container, Network } from '../../../shared/model';
import { isLeftover, isLive, onLan, type Inventory, type networkFinder } from '../../../shared/rules';

/** An IPv4 address that a running container has on a LAN. */
export interface HadAddress {
  engineId: string;
  containerId: string;
  network: Network;
  address: string;
  /** Of the container's link, lower case. */
  mac: string;
  /** Of the container, by its host's clock; empty where it is not known yet. */
  startedAt: string;
}

export const keyOf = ({ engineId, containerId, network }: HadAddress): string =>
  `${engineId} ${containerId} ${network.id}`;

/** Whether the attachment leases another address than its engine tells. */
export const isLeased = (
  { engineId, containerId, network }: HadAddress,
  leases: NonNullable<Inventory['leases']>,
): boolean =>
  leases.some(
    (one) => one.engineId === engineId && one.containerId === containerId && one.networkName === network.name,
  );

/**
 * Those of a container. What leases has another address than its engine tells.
 *
 * @param networkOf among the networks of its engine
 */
export function addressesHad(
  container: Container,
  networkOf: ReturnType<typeof networkFinder>,
  leases: NonNullable<Inventory['leases']>,
): HadAddress[] {
  if (!isLive(container)) return [];
  const { engineId, id: containerId, detail } = container;
  return container.endpoints.flatMap((endpoint) => {
    const { ipv4: address, mac } = endpoint;
    const network = networkOf(endpoint);
    if (!address || !network || !onLan(network) || isLeftover(container, endpoint)) return [];
    const startedAt = detail?.startedAt ?? '';
    const had = { engineId, containerId, network, address, mac: mac.toLowerCase(), startedAt };
    return isLeased(had, leases) ? [] : [had];
  });
}

/** Whether they are of different attachments, or different addresses of one. */
export const isOtherAddress = (one: HadAddress, other: HadAddress): boolean =>
  keyOf(one) !== keyOf(other) || one.address !== other.address;

/** Whether it came with another start, or by another connect, than the one before. */
export const isOther = (before: HadAddress | undefined, now: HadAddress): boolean =>
  !before ||
  before.address !== now.address ||
  before.mac !== now.mac ||
  (before.startedAt !== '' && now.startedAt !== '' && before.startedAt !== now.startedAt);
