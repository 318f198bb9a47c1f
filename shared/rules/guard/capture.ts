import type { Container, Endpoint, Engine, Guard, GuardedAttachment, Network } from '../../model';
import { plainAddress } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { isLanDriver } from '../lans/parent';
import { fixedAddresses } from '../membership/fixed-addresses';
import { fixedMac } from '../membership/fixed-mac';
import { identityOf } from '../membership/identity';
import { isLeftover } from '../membership/leftover';
import { recordedEndpoint } from '../membership/on-network';

const plain = (text: string | undefined): string | undefined => (text ? plainAddress(text) : undefined);

function attachmentOf(
  endpoint: Endpoint,
  network: Network,
  addresses: { ipv4?: string | undefined; ipv6?: string | undefined },
  mac: string | undefined,
): GuardedAttachment {
  const { ipv4, ipv6 } = addresses;
  const { aliases, linkLocals, links, gatewayPriority, driverOptions } = endpoint;
  return {
    networkName: network.name,
    ...(ipv4 ? { ipv4 } : {}),
    ...(ipv6 ? { ipv6 } : {}),
    ...(mac ? { mac } : {}),
    ...(gatewayPriority ? { gatewayPriority } : {}),
    ...(aliases.length > 0 ? { aliases: [...aliases] } : {}),
    ...(linkLocals ? { linkLocals: [...linkLocals] } : {}),
    ...(links ? { links: [...links] } : {}),
    ...(Object.keys(driverOptions).length > 0 ? { driverOptions: { ...driverOptions } } : {}),
  };
}

/**
 * What a guard keeps of a container: its attachments to LANs, and to other networks where its address is fixed there.
 *
 * @param automatic whether an address that an engine gave counts as one to be kept; else only fixed ones do
 */
export function attachmentsToKeep(
  container: Container,
  inventory: Inventory,
  automatic = true,
): GuardedAttachment[] {
  const engine: Engine | undefined = inventory.engines.find((one) => one.id === container.engineId);
  const here = inventory.networks.filter((one) => one.engineId === container.engineId);
  return here.flatMap((network) => {
    const endpoint = recordedEndpoint(container, network);
    // A swarm gives its addresses itself.
    if (!endpoint || isLeftover(container, endpoint) || network.scope === 'swarm') return [];
    const pins = fixedAddresses(container, endpoint, network, engine, inventory.addresses);
    const used = automatic && isLanDriver(network.kind) && network.ipamDriver !== 'null';
    const ipv4 = plain(pins.ipv4) ?? (used ? plain(endpoint.ipv4) : undefined);
    const ipv6 = plain(pins.ipv6) ?? (used ? plain(endpoint.ipv6) : undefined);
    if (!ipv4 && !ipv6) return [];
    return [attachmentOf(endpoint, network, { ipv4, ipv6 }, fixedMac(container, endpoint, inventory.macs))];
  });
}

/** A guard of a container as it is; null where it has nothing to keep. @param since milliseconds since the epoch */
export function guardFor(container: Container, inventory: Inventory, since: number): Guard | null {
  const attachments = attachmentsToKeep(container, inventory);
  if (attachments.length === 0) return null;
  return {
    engineId: container.engineId,
    identity: identityOf(container),
    containerName: container.name,
    containerId: '',
    attachments,
    since,
  };
}
