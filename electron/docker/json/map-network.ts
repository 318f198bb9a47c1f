import { networkDrivers, type Network, type NetworkKind, type Subnet } from '../../../shared/model';
import { formatCidr, isLanDriver, parseCidr } from '../../../shared/rules';
import { asAddress, asFlag, asList, asOptionalText, asRecord, asText, asTextMap, type Json } from './json';

/** Whose JSON is read. */
export interface MapContext {
  engineId: string;
  /** Podman hides a network's options, so that an absent parent there is unknown, not a dummy link. */
  podman?: boolean;
}

const BRIDGE_NAME = 'com.docker.network.bridge.name';
const DEFAULT_BRIDGE = 'com.docker.network.bridge.default_bridge';

function kindOf(driver: string): NetworkKind {
  const kinds: readonly string[] = networkDrivers;
  return kinds.includes(driver) && driver !== 'other' ? (driver as NetworkKind) : 'other';
}

/**
 * Without host bits, which 20.10 takes in a subnet and in a range, shows as they were given, and hands out from as if they
 * were not there; newer engines refuse them.
 */
function withoutHostBits(text: string): string {
  const cidr = parseCidr(text);
  return cidr?.hostBitsSet ? formatCidr(cidr) : text;
}

/** IPAM.Config of one entry; null when it names no subnet. */
function mapSubnet(json: unknown): Subnet | null {
  const entry = asRecord(json);
  const subnet = asText(entry.Subnet);
  if (!subnet) return null;
  const gateway = asAddress(entry.Gateway);
  const ipRange = asText(entry.IPRange);
  return {
    subnet: withoutHostBits(subnet),
    ...(gateway && { gateway }),
    ...(parseCidr(ipRange) && { ipRange: withoutHostBits(ipRange) }),
    // The API says AuxiliaryAddresses on the way in and out; older documentation says AuxAddress.
    exclusions: asTextMap(entry.AuxiliaryAddresses ?? entry.AuxAddress),
  };
}

/** The Linux bridge: as named, docker0 for the default one, otherwise the engine's `br-` + 12 digits of the id. */
function bridgeOf(network: Json, options: Record<string, string>): string {
  const named = options[BRIDGE_NAME];
  if (named) return named;
  if (options[DEFAULT_BRIDGE] === 'true' || network.Name === 'bridge') return 'docker0';
  return `br-${asText(network.Id).slice(0, 12)}`;
}

function linkOf(
  network: Json,
  kind: NetworkKind,
  options: Record<string, string>,
  context: MapContext,
): Pick<Network, 'parent' | 'mode' | 'bridge'> {
  if (kind === 'bridge')
    return context.podman && !options[BRIDGE_NAME] ? {} : { bridge: bridgeOf(network, options) };
  if (!isLanDriver(kind)) {
    // A config-only network says driver `null` and carries the parent for those that are made from it.
    return asFlag(network.ConfigOnly) && options.parent ? { parent: options.parent } : {};
  }
  const inherited = asText(asRecord(network.ConfigFrom).Network) !== '';
  const parent = options.parent ?? (inherited || context.podman ? undefined : '');
  const fallback = inherited || context.podman ? undefined : kind === 'macvlan' ? 'bridge' : 'l2';
  const mode = options[`${kind}_mode`] ?? fallback;
  return { ...(parent !== undefined && { parent }), ...(mode !== undefined && { mode }) };
}

/** One network, from the list or from inspect: they have the same shape but for `Containers`, which is not read. */
export function mapNetwork(json: unknown, context: MapContext): Network {
  const network = asRecord(json);
  const ipam = asRecord(network.IPAM);
  const options = asTextMap(network.Options);
  const ipamOptions = asTextMap(ipam.Options);
  const driver = asText(network.Driver);
  const kind = kindOf(driver);
  const configFrom = asOptionalText(asRecord(network.ConfigFrom).Network);
  return {
    id: asText(network.Id),
    engineId: context.engineId,
    name: asText(network.Name),
    driver,
    kind,
    scope: asText(network.Scope),
    internal: asFlag(network.Internal),
    attachable: asFlag(network.Attachable),
    ingress: asFlag(network.Ingress),
    // Podman says `false` of every network (docs/engine-facts.md §10).
    ...(typeof network.EnableIPv4 === 'boolean' && !context.podman && { ipv4: network.EnableIPv4 }),
    ipv6: asFlag(network.EnableIPv6),
    configOnly: asFlag(network.ConfigOnly),
    ...(configFrom && { configFrom }),
    ipamDriver: asText(ipam.Driver),
    ...(Object.keys(ipamOptions).length > 0 && { ipamOptions }),
    subnets: asList(ipam.Config)
      .map(mapSubnet)
      .filter((subnet) => subnet !== null),
    ...linkOf(network, kind, options, context),
    options,
    labels: asTextMap(network.Labels),
    created: asText(network.Created),
  };
}

/**
 * The list of networks, sorted by name: the engine gives them in another order each time. Entries without an id can't
 * be spoken of and are left out.
 */
export function mapNetworks(json: unknown, context: MapContext): Network[] {
  return asList(json)
    .map((item) => mapNetwork(item, context))
    .filter((network) => network.id !== '')
    .sort((a, b) => (a.name + a.id < b.name + b.id ? -1 : 1));
}
