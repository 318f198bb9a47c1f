import type { Engine, HostFacts, HostRoute, Network, NetworkKind, Nic, Segment } from '../../../model';
import { formatIp, parseCidr, parseIp, sameCidr, type Cidr } from '../../basics/cidr';
import { leadsOut, siteOfNic, vlanOfNic } from '../../lans/host-addresses';
import { onLan } from '../../lans/lan';
import { vlanOf } from '../../lans/parent';

/**
 * Where the addresses of a subnet are: on a LAN, which hosts share; a host's own (bridges, tunnels); on an overlay; beyond a
 * route of the host's. `other`: a plug-in's, of which nothing can be said.
 */
export type Place = 'lan' | 'own' | 'overlay' | 'route' | 'other';

/** One that has a subnet, or a way to it. */
export interface SubnetUse {
  readonly kind: 'network' | 'segment' | 'nic' | 'route';
  readonly place: Place;
  /** Empty for a segment that stands on no host. */
  readonly engineId: string;
  /** Of the network, the segment, or the interface. */
  readonly name: string;
  readonly cidr: Cidr;
  readonly networkId?: string;
  readonly driver?: NetworkKind;
  /** The segment that the network is of. */
  readonly segment?: string;
  readonly vlan: number | null;
  readonly site: string | undefined;
  /** Of a route: with no router between. */
  readonly onLink?: boolean;
}

export interface SubnetSources {
  readonly engines: readonly Engine[];
  readonly networks: readonly Network[];
  readonly segments?: readonly Segment[];
  readonly facts?: readonly HostFacts[];
}

const isWhole = ({ version, prefix }: Cidr): boolean => prefix === (version === 4 ? 32 : 128);

function placeOf(network: Network): Place {
  if (network.kind === 'overlay') return 'overlay';
  if (network.kind === 'other') return 'other';
  return onLan(network) ? 'lan' : 'own';
}

/** Which segment a network is of, by its host and name. */
function segmentNames(segments: readonly Segment[]): ReadonlyMap<string, string> {
  return new Map(
    segments.flatMap(({ name, members }) =>
      members.map((one): [string, string] => [JSON.stringify([one.engineId, one.networkName]), name]),
    ),
  );
}

function networkUses(networks: readonly Network[], segments: readonly Segment[]): SubnetUse[] {
  const names = segmentNames(segments);
  return networks.flatMap((network) => {
    if (network.configOnly) return [];
    const { engineId, name, id: networkId, kind: driver, site } = network;
    const segment = names.get(JSON.stringify([engineId, name]));
    return network.subnets.flatMap(({ subnet }): SubnetUse[] => {
      const cidr = parseCidr(subnet);
      if (!cidr) return [];
      const said = { kind: 'network', engineId, name, networkId, driver, cidr, site } as const;
      return [{ ...said, place: placeOf(network), vlan: vlanOf(network), ...(segment && { segment }) }];
    });
  });
}

/** Of a segment only those subnets that none of its networks has: else they are there already. */
function segmentUses(segments: readonly Segment[], uses: readonly SubnetUse[]): SubnetUse[] {
  const there = new Set(
    uses.flatMap(({ segment, cidr }) => (segment ? JSON.stringify([segment, ...keyOf(cidr)]) : [])),
  );
  return segments.flatMap(({ name, vlan, subnets }) =>
    subnets.flatMap(({ subnet }): SubnetUse[] => {
      const cidr = parseCidr(subnet);
      if (!cidr || there.has(JSON.stringify([name, ...keyOf(cidr)]))) return [];
      return [{ kind: 'segment', place: 'lan', engineId: '', name, cidr, vlan, site: undefined }];
    }),
  );
}

const keyOf = ({ version, base, prefix }: Cidr) => [version, base.toString(), prefix] as const;

/** Whether an interface is the bridge of one of the engine's networks: it has its gateway's address. Podman's bear any name. */
const isBridgeOf = (nic: Nic, gateways: ReadonlySet<string>): boolean =>
  nic.kind === 'bridge' &&
  nic.addresses.some(({ address }) => {
    const ip = parseIp(address);
    return ip !== null && gateways.has(formatIp(ip));
  });

/** The subnets that an interface is in itself. */
function connected(nic: Nic): Cidr[] {
  return nic.addresses
    .filter(({ scope }) => scope !== 'link' && scope !== 'host')
    .flatMap(({ address, prefix }) => parseCidr(`${address}/${String(prefix)}`) ?? [])
    .filter((cidr) => !isWhole(cidr));
}

function nicUses(facts: HostFacts, engine: Engine | undefined, gateways: ReadonlySet<string>): SubnetUse[] {
  const { engineId, nics } = facts;
  return nics
    .filter((nic) => !nic.docker && nic.kind !== 'loopback' && !isBridgeOf(nic, gateways))
    .flatMap((nic) =>
      connected(nic).map((cidr): SubnetUse => {
        const place = leadsOut(nic, facts) ? 'lan' : 'own';
        const told = { vlan: vlanOfNic(nic), site: siteOfNic(nic, engine) };
        return { kind: 'nic', place, engineId, name: nic.name, cidr, ...told };
      }),
    );
}

/** What the kernel makes of an interface's own address, and what leads to a host's own containers, is no way to elsewhere. */
function isElsewhere(cidr: Cidr, { nic: name }: HostRoute, nics: ReadonlyMap<string, Nic>): boolean {
  const nic = nics.get(name);
  if (!nic) return true;
  const inward = nic.docker || nic.kind === 'loopback' || nic.kind === 'veth';
  const shim = (nic.kind === 'macvlan' || nic.kind === 'ipvlan') && isWhole(cidr);
  return !inward && !shim && !connected(nic).some((own) => sameCidr(own, cidr));
}

function routeUses({ engineId, routes = [], nics }: HostFacts): SubnetUse[] {
  const byName = new Map(nics.map((nic) => [nic.name, nic]));
  return routes.flatMap((route): SubnetUse[] => {
    const cidr = parseCidr(route.to);
    if (!cidr || !isElsewhere(cidr, route, byName)) return [];
    const said = { kind: 'route', place: 'route', engineId, name: route.nic, cidr } as const;
    return [{ ...said, vlan: null, site: undefined, onLink: route.onLink }];
  });
}

/** The gateways of an engine's bridges, in their one spelling. */
const gatewaysOn = (engineId: string, networks: readonly Network[]): ReadonlySet<string> =>
  new Set(
    networks
      .filter((one) => one.engineId === engineId && !onLan(one))
      .flatMap(({ subnets }) => subnets)
      .flatMap(({ gateway }) => {
        const ip = gateway ? parseIp(gateway) : null;
        return ip ? [formatIp(ip)] : [];
      }),
  );

/** Everybody who has a subnet or a way to it, as far as engines, the plan and looks at hosts tell. */
export function subnetUses({ engines, networks, segments = [], facts = [] }: SubnetSources): SubnetUse[] {
  const engineOf = new Map(engines.map((engine) => [engine.id, engine]));
  const ofNetworks = networkUses(networks, segments);
  return [
    ...ofNetworks,
    ...segmentUses(segments, ofNetworks),
    ...facts.flatMap((each) => [
      ...nicUses(each, engineOf.get(each.engineId), gatewaysOn(each.engineId, networks)),
      ...routeUses(each),
    ]),
  ];
}
