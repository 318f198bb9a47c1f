import {
  ProblemError,
  type Capabilities,
  type Container,
  type Endpoint,
  type EndpointRequest,
  type ErrorCode,
  type Network,
  type NetworkForm,
  type NetworkSpec,
} from '../../../shared/model';
import {
  broadcastAddress,
  contains,
  firstUsable,
  formatIp,
  isLeftover,
  isLive,
  overlaps,
  parseCidr,
  parseIp,
  plainCidr,
  poolsOf,
  subnetsInUse,
  subnetsOf,
} from '../../../shared/rules';

import { MANAGED_LABEL } from '../../docker';

/** What real engines refuse, and what they make of what they are asked for (docs/engines.md), for the fake engine. */

/** An answer of the engine itself: whoever gets it knows that nothing was done. */
const answer = (code: ErrorCode, status = 403): ProblemError =>
  new ProblemError({ code, message: code, params: { status } });

const spelled = (text: string | undefined): string => {
  const ip = text ? parseIp(text) : null;
  return ip ? formatIp(ip) : (text ?? '');
};

/** Addresses that the engine gives nobody: those of running containers, gateways, exclusions. A stopped one's pin is free. */
function held(on: Network, containers: Iterable<Container>): Set<string> {
  const live = [...containers]
    .filter(isLive)
    .flatMap((each) => each.endpoints.filter((one) => !isLeftover(each, one)));
  return new Set([
    ...live
      .filter((one) => one.networkId === on.id)
      .flatMap(({ ipv4, ipv6 }) => [spelled(ipv4), spelled(ipv6)]),
    ...on.subnets.flatMap(({ gateway, exclusions }) => [gateway, ...Object.values(exclusions)].map(spelled)),
  ]);
}

/** The lowest address of its range that nobody has. */
function automatic(on: Network, version: 4 | 6, taken: ReadonlySet<string>): string {
  const subnet = on.subnets.find((one) => parseCidr(one.subnet)?.version === version);
  const range = subnet && parseCidr(subnet.ipRange ?? subnet.subnet);
  if (!range || subnetsInUse(on, version).length === 0) return '';
  for (let { value } = firstUsable(range); ; value += 1n) {
    const address = formatIp({ version, value });
    if (!taken.has(address)) return address;
  }
}

function checkPin(on: Network, pin: string | undefined, taken: ReadonlySet<string>): void {
  const ip = pin ? parseIp(pin) : null;
  if (!ip) return;
  const subnet = subnetsOf(on).find((one) => contains(one, ip));
  if (!subnet) throw answer('address_outside_subnet', 400);
  const own = [subnet.base, broadcastAddress(subnet)?.value];
  if (taken.has(formatIp(ip)) || own.includes(ip.value)) throw answer('address_in_use');
}

/** What a good connect makes. */
export function attachment(
  on: Network,
  who: Container,
  wanted: EndpointRequest,
  containers: Iterable<Container>,
  can: Capabilities,
): Endpoint {
  const there = who.endpoints.find((one) => one.networkId === on.id);
  const live = isLive(who);
  if (there && !isLeftover(who, there)) throw answer('already_connected');
  const made: Endpoint = {
    networkId: on.id,
    networkName: on.name,
    ...{ endpointId: '', ipv4: '', prefix: 0, ipv6: '', prefix6: 0, gateway: '', mac: '' },
    ...(wanted.ipv4 ? { pinned4: wanted.ipv4 } : {}),
    ...(wanted.ipv6 ? { pinned6: wanted.ipv6 } : {}),
    ...(can.gatewayPriority ? { gatewayPriority: wanted.gatewayPriority ?? 0 } : {}),
    aliases: wanted.aliases ?? [],
    driverOptions: wanted.driverOptions ?? {},
  };
  // The addresses of a stopped container are checked and given at its start.
  if (!live) return made;
  const taken = held(on, containers);
  for (const pin of [wanted.ipv4, wanted.ipv6]) checkPin(on, pin, taken);
  return {
    ...made,
    endpointId: `ep-${on.id}`,
    ...{ ipv4: wanted.ipv4 ?? automatic(on, 4, taken), prefix: 24 },
    ...{ ipv6: spelled(wanted.ipv6 ?? automatic(on, 6, taken)), prefix6: on.ipv6 ? 64 : 0 },
    mac: (can.macOnConnect && wanted.mac) || '02:42:0a:46:01:21',
  };
}

/** What a refused connect leaves in a running container: an entry that only a good connect, and a disconnect, clear. */
export const phantom = (on: Network, who: Container): Endpoint[] =>
  isLive(who) && !who.endpoints.some((one) => one.networkId === on.id)
    ? [
        {
          ...{ networkId: on.id, networkName: on.name, endpointId: '', ipv4: '', prefix: 0, ipv6: '' },
          ...{ prefix6: 0, gateway: '', mac: '', aliases: [], driverOptions: {} },
        },
      ]
    : [];

/** The same where the network's interface can't be used: up to 28.5 it looks attached, and keeps what was asked for. */
export const leftover = (on: Network, who: Container, made: Endpoint): Endpoint[] => [
  ...who.endpoints.filter((one) => one.networkId !== on.id),
  ...(isLive(who) ? [{ ...made, gateway: '', leftover: true as const }] : []),
];

/** What the entries of a container are while it does not run: pins and names, and nothing that is in use. */
export const stoppedEndpoint = ({ leftover: _, ...rest }: Endpoint): Endpoint => ({
  ...rest,
  ...{ endpointId: '', ipv4: '', prefix: 0, ipv6: '', prefix6: 0, gateway: '', mac: '' },
});

/** A stopped container that is connected to a network that is gone: it has that one's id for a name. */
export const withGoneId = (
  who: Container,
  networkId: string,
  { ipv4, ipv6 }: EndpointRequest,
): Container => ({
  ...who,
  endpoints: [
    ...who.endpoints.filter((each) => each.networkName !== networkId),
    {
      ...{ networkId: '', networkName: networkId, endpointId: '', ipv4: '', prefix: 0, ipv6: '', prefix6: 0 },
      ...{ gateway: '', mac: '', aliases: [], driverOptions: {} },
      ...(ipv4 ? { pinned4: ipv4 } : {}),
      ...(ipv6 ? { pinned6: ipv6 } : {}),
    },
  ],
});

/** A container off a network: off one that is gone by its name alone, while it is stopped (docs/engine-facts.md §2). */
export function disconnected(
  network: string,
  who: Container | undefined,
  networks: ReadonlyMap<string, Network>,
): Container {
  const named = networks.get(network)?.name ?? network;
  const found = who?.endpoints.find((each) =>
    networks.has(each.networkId) || isLive(who) ? each.networkId === network : each.networkName === named,
  );
  if (!who || !found || isLeftover(who, found)) throw answer('not_connected', 500);
  return { ...who, endpoints: who.endpoints.filter((each) => each !== found) };
}

export function checkCreate(spec: NetworkSpec, networks: Iterable<Network>, can: Capabilities): void {
  const mine = poolsOf(spec).flatMap((pool) => parseCidr(pool.subnet) ?? []);
  for (const other of networks) {
    if (other.name === spec.name) throw answer('name_taken', 409);
    if (other.parent === spec.parent && !can.sharedParent) throw answer('parent_taken', 500);
    if (subnetsOf(other).some((theirs) => mine.some((one) => overlaps(one, theirs))))
      throw answer('subnet_overlap');
  }
}

export function checkRestore(
  made: Pick<Network, 'name' | 'parent' | 'subnets'>,
  networks: Iterable<Network>,
  can: Capabilities,
): void {
  const mine = made.subnets.flatMap(({ subnet }) => parseCidr(subnet) ?? []);
  for (const other of networks) {
    if (other.name === made.name) throw answer('name_taken', 409);
    if (made.parent && other.parent === made.parent && !can.sharedParent) throw answer('parent_taken', 500);
    if (subnetsOf(other).some((theirs) => mine.some((one) => overlaps(one, theirs))))
      throw answer('subnet_overlap');
  }
}

/** A network that was made again, as the engine shows it. */
export function restoredNetwork(id: string, form: NetworkForm): Omit<Network, 'engineId'> {
  const { driver, options } = form;
  const kind = driver === 'macvlan' || driver === 'ipvlan' || driver === 'bridge' ? driver : 'other';
  const mode = options[`${driver}_mode`] ?? (driver === 'macvlan' ? 'bridge' : undefined);
  return {
    ...structuredClone(form),
    ...{ id, kind, ingress: false, created: '' },
    ...(options['parent'] ? { parent: options['parent'] } : {}),
    ...(mode ? { mode } : {}),
  };
}

/** Members that do not run are no hindrance: they keep an entry of a network that is gone. */
export function checkRemove(id: string, containers: Iterable<Container>): void {
  // What a failed connect left is no member to the engine (measured on 20.10, 26.1 and 28.5).
  const members = [...containers].filter((each) =>
    each.endpoints.some((one) => one.networkId === id && !one.leftover),
  );
  if (members.some(isLive)) throw answer('network_in_use');
}

/** A network as the engine shows it once it is made. */
export function madeNetwork(id: string, spec: NetworkSpec): Omit<Network, 'engineId'> {
  const { driver, parent, mode } = spec;
  const pools = poolsOf(spec);
  const ipv6 = pools.some((pool) => pool.subnet.includes(':'));
  return {
    ...{ id, name: spec.name, driver, kind: driver, scope: 'local', internal: spec.internal },
    ...{ attachable: spec.attachable ?? false, ingress: false, ipv6, configOnly: false },
    ipamDriver: 'default',
    subnets: pools.map((pool, index) =>
      // As newer engines show a subnet, however it was asked for.
      index === 0 ? pool : { ...pool, subnet: plainCidr(pool.subnet) },
    ),
    ...{ parent, mode, created: '' },
    options: { ...spec.options, parent, [`${driver}_mode`]: mode },
    labels: { ...spec.labels, [MANAGED_LABEL]: 'true' },
  };
}
