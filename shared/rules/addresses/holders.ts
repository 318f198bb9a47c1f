import type { AddressUse, Container, Endpoint, Engine, Network, Subnet } from '../../model';
import { firstUsable, formatIp, parseCidr, parseIp, plainAddress, type Ip } from '../basics/cidr';
import { guessesGateway, sinceV28 } from '../engines/engines';
import type { LoggedAddress } from '../inventory/beside';
import type { Inventory } from '../inventory/inventory';
import { isLanDriver } from '../lans/parent';
import { keptUses, type KeptUse } from './beyond-engines';
import { loggedUses } from './last-told';
import { isLeftover } from '../membership/leftover';
import { membersOf } from '../membership/on-network';
import { fixedAddresses } from '../membership/fixed-addresses';

/** An {@link AddressUse} with what the checks need besides. */
export interface Holder {
  readonly use: AddressUse;
  readonly network: Network;
  /** Absent for gateways, exclusions, and what no engine knows. */
  readonly container?: Container;
  /** The address answers on the LAN now. */
  readonly live: boolean;
  /** Present where no engine knows of it: what `address_reserved` says. */
  readonly reserved?: KeptUse['reserved'];
  /** Present where only the change log tells of it. */
  readonly logged?: LoggedAddress;
}

/** The first address that an engine hands out: of the range where there is one, else of the subnet. */
export function firstAutomatic(subnet: string, ipRange?: string): Ip | null {
  const whole = parseCidr(subnet);
  if (!whole) return null;
  const first = firstUsable(whole);
  const range = ipRange ? parseCidr(ipRange) : null;
  return range && range.base > first.value ? { version: range.version, value: range.base } : first;
}

/** Its containers route by no gateway: it gives them no default route, or one by the interface. */
const needsNoGateway = ({ kind, internal, mode }: Network): boolean =>
  isLanDriver(kind) && (internal || mode === 'l3' || mode === 'l3s');

/**
 * The gateway of a subnet. Where none was given, bridges and engines before v29 keep the first automatic address for
 * it, without showing it in the network's configuration; v28 no longer for what needs none.
 */
export function gatewayOf(subnet: Subnet, network: Network, engine: Engine | undefined): string | null {
  if (subnet.gateway) return plainAddress(subnet.gateway);
  const guessed = engine?.product === 'docker' && guessesGateway(engine);
  const keepsOne = network.kind === 'bridge' || (guessed && !(sinceV28(engine) && needsNoGateway(network)));
  const first = keepsOne && engine?.apiVersion ? firstAutomatic(subnet.subnet, subnet.ipRange) : null;
  return first && formatIp(first);
}

function configured(network: Network, engine: Engine | undefined): Holder[] {
  const hold = (kind: 'gateway' | 'excluded', address: string, owner: string): Holder => ({
    use: { address: plainAddress(address), kind, engineId: network.engineId, owner },
    network,
    live: true,
  });
  return network.subnets.flatMap((subnet) => {
    const gateway = gatewayOf(subnet, network, engine);
    const excluded = Object.entries(subnet.exclusions).map(([name, address]) =>
      hold('excluded', address, name),
    );
    return gateway ? [hold('gateway', gateway, ''), ...excluded] : excluded;
  });
}

function heldBy(
  container: Container,
  endpoint: Endpoint,
  network: Network,
  engine: Engine | undefined,
  given: Inventory['addresses'],
): Holder[] {
  const holders = new Map<string, Holder>();
  const put = (kind: 'pinned' | 'automatic', text: string | undefined, live: boolean) => {
    if (!text) return;
    const address = plainAddress(text);
    const use = {
      ...{ address, kind, engineId: container.engineId, owner: container.name },
      container: { id: container.id, networkId: network.id, live, mac: endpoint.mac },
    };
    if (!holders.has(address)) holders.set(address, { use, network, container, live });
  };
  // What a failed connect left has its pin at the next start, and no address until then.
  const left = isLeftover(container, endpoint);
  const pin = (fixed: string | undefined, current: string) =>
    put('pinned', fixed, !left && fixed !== undefined && plainAddress(current) === plainAddress(fixed));
  // A pin counts whether its container runs or not: the engine reserves nothing for a stopped one.
  const pins = fixedAddresses(container, endpoint, network, engine, given);
  pin(pins.ipv4, endpoint.ipv4);
  pin(pins.ipv6, endpoint.ipv6);
  if (left) return [...holders.values()];
  put('automatic', endpoint.ipv4, true);
  put('automatic', endpoint.ipv6, true);
  return [...holders.values()];
}

/** What the change log tells beyond what engines told last. */
function logged(network: Network, lan: readonly Network[], known: readonly Holder[], inventory: Inventory) {
  return loggedUses(network, lan, inventory)
    .filter(
      ({ logged: { engineId, containerId, address } }) =>
        !known.some(
          ({ use, container }) =>
            use.address === address && container?.id === containerId && container.engineId === engineId,
        ),
    )
    .map(({ logged: one, network: on }): Holder => {
      const { address, engineId, containerName: owner } = one;
      return { use: { address, kind: 'pinned', engineId, owner }, network: on, live: false, logged: one };
    });
}

/** Everything that holds an address on the LAN of a network, over all engines that share it: asked by `Lan`, which keeps it. */
export function readHolders(network: Network, lan: readonly Network[], inventory: Inventory): Holder[] {
  const known = lan.flatMap((one) => {
    const engine = inventory.engines.find((each) => each.id === one.engineId);
    const members = membersOf(one, inventory);
    return [
      ...configured(one, engine),
      ...members.flatMap(({ container, endpoint }) =>
        heldBy(container, endpoint, one, engine, inventory.addresses),
      ),
    ];
  });
  const kept = keptUses(network, lan, inventory).map((one) => ({ ...one, live: true }));
  return [...known, ...logged(network, lan, known, inventory), ...kept];
}

/** Whether a holder has an address, alone or in its range. `address` is the one spelling of `ip`. */
export function holds({ use }: Holder, ip: Ip, address: string): boolean {
  if (!use.to) return use.address === address;
  const [first, last] = [parseIp(use.address), parseIp(use.to)];
  if (first?.version !== ip.version || last?.version !== ip.version) return false;
  return ip.value >= first.value && ip.value <= last.value;
}

/** Who holds an address of a LAN. `address` is the one spelling of `ip`. */
export type HoldersAt = (ip: Ip, address: string) => Holder[];

/** By address, for many questions. */
export function holdersAt(holders: readonly Holder[]): HoldersAt {
  const singles = new Map<string, { at: number; holder: Holder }[]>();
  const spans: { at: number; holder: Holder }[] = [];
  for (const [at, holder] of holders.entries()) {
    const { address, to } = holder.use;
    const list = to ? spans : (singles.get(address) ?? []);
    list.push({ at, holder });
    if (!to) singles.set(address, list);
  }
  return (ip, address) =>
    [...(singles.get(address) ?? []), ...spans.filter(({ holder }) => holds(holder, ip, address))]
      .sort((a, b) => a.at - b.at)
      .map(({ holder }) => holder);
}
