import type { Capabilities, Engine, Network } from '../../model';

interface Capability {
  /** The API version from which on an engine can do it. */
  api: string;
  /** Docker's first version with that API, for people. */
  docker: string;
  /**
   * Podman says one version of Docker's API and does what it does: whether it can, measured on 4.3, or from which version
   * of its own on, read in its release notes.
   */
  podman: boolean | string;
}

/** What engines can do, and since when. The one place that knows (docs/engines.md). */
export const capabilityTable: Readonly<Record<keyof Capabilities, Capability>> = {
  sharedParent: { api: '1.46', docker: '27', podman: true },
  macOnConnect: { api: '1.54', docker: '29.3', podman: true },
  gatewayPriority: { api: '1.48', docker: '28', podman: false },
  interfaceName: { api: '1.48', docker: '28', podman: false },
  nullIpam: { api: '1.48', docker: '28', podman: '5.8' },
  validatesIpam: { api: '1.45', docker: '26', podman: false },
  exclusions: { api: '1.21', docker: '1.9', podman: false },
  vlanLinks: { api: '1.24', docker: '1.12', podman: false },
  ipvlan: { api: '1.40', docker: '19.03', podman: '4.5' },
  leavesNone: { api: '1.21', docker: '1.9', podman: false },
  // Podman answers “OK”, and from then on lists no container at all.
  changesPaused: { api: '1.21', docker: '1.9', podman: false },
};

export const capabilityNames = Object.keys(capabilityTable) as (keyof Capabilities)[];

/** API versions from which on Docker does something otherwise, which is no capability of its own. */
const apiChanges = {
  /** v23: a network may be a /31. */
  takesPairs: '1.42',
  /** v25: a MAC belongs to an endpoint, no longer to its container. */
  macPerEndpoint: '1.44',
  /** v25: a start looks for the network that a container was made with, also where it has left that (docs/engine-facts.md §2). */
  startsByMode: '1.44',
  /** v28: MACs are random at each start, a network may be without IPv4, and a live connect keeps its interface's name. */
  randomMacs: '1.48',
  /** v29: where no gateway was given there is none (docs/engine-facts.md §1). */
  noGuessedGateway: '1.52',
  /** v29: inspect leaves out the MAC that a container was made with (docs/engine-facts.md §2). */
  hidesOwnMac: '1.52',
} as const;

/** The newest version that still tells the MAC that a container was made with, also of engines that speak newer ones. */
export const lastWithOwnMac = '1.51';

/** Whether an engine of this API version does so; one that was never reached, or says no version, counts as an old one. */
export const hasChanged = (apiVersion: string | undefined, what: keyof typeof apiChanges): boolean =>
  compareApiVersions(apiVersion ?? '', apiChanges[what]) >= 0;

/** Negative when `a` is older than `b`; what is no `major.minor` counts as 0.0. */
export function compareApiVersions(a: string, b: string): number {
  const [majorA, minorA] = parts(a);
  const [majorB, minorB] = parts(b);
  return majorA - majorB || minorA - minorB;
}

function parts(version: string): [number, number] {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  return match ? [Number(match[1]), Number(match[2])] : [0, 0];
}

/**
 * What an engine of this API version can do; an unknown version can do none of it.
 *
 * @param version the product's own, which only Podman is asked for
 */
export function capabilitiesOf(
  apiVersion: string,
  product: Engine['product'] = 'docker',
  version = '',
): Capabilities {
  const can = (name: keyof Capabilities) => {
    const { api, podman } = capabilityTable[name];
    if (product !== 'podman') return compareApiVersions(apiVersion, api) >= 0;
    return typeof podman === 'string' ? compareApiVersions(version, podman) >= 0 : podman;
  };
  return {
    sharedParent: can('sharedParent'),
    macOnConnect: can('macOnConnect'),
    gatewayPriority: can('gatewayPriority'),
    interfaceName: can('interfaceName'),
    nullIpam: can('nullIpam'),
    validatesIpam: can('validatesIpam'),
    exclusions: can('exclusions'),
    vlanLinks: can('vlanLinks'),
    ipvlan: can('ipvlan'),
    leavesNone: can('leavesNone'),
    changesPaused: can('changesPaused'),
  };
}

/** What an engine is known to be unable to do. Of one that was never reached nothing is known. */
export const lacks = (
  engine: Pick<Engine, 'apiVersion' | 'capabilities'>,
  name: keyof Capabilities,
): boolean => engine.apiVersion !== '' && !engine.capabilities[name];

/** Names that engines keep for themselves (runconfig.IsPreDefinedNetwork). */
export const predefinedNames: readonly string[] = ['bridge', 'host', 'none', 'default'];

/** `host` and `none` by their names, where an endpoint alone is known. */
export const isPseudoName = (name: string): boolean => name === 'host' || name === 'none';

/** `host` and `none`: engines list them beside the networks, and they stand for a container that is on none. */
export const isPseudoNetwork = ({ kind, configOnly }: Pick<Network, 'kind' | 'configOnly'>): boolean =>
  // A config-only network says driver `null` as well, and is the admin's own.
  kind === 'host' || (kind === 'null' && !configOnly);

/** Of the engine's own making: the three that it makes at its start, and swarm's bridge. They are not to be removed. */
export function isEnginesOwn(network: Network): boolean {
  const { name } = network;
  return isPseudoNetwork(network) || predefinedNames.includes(name) || name === 'docker_gwbridge';
}

/**
 * Podman refuses those of its network modes, `pasta` from 5.0 on; `podman` is the name of its own network, which its
 * Docker-compatible API lists as `bridge`.
 */
const podmanNames: readonly string[] = ['private', 'container', 'slirp4netns', 'pasta', 'ns', 'podman'];

/** Names that no network on such an engine can be given. */
export const namesKeptBy = (product: Engine['product']): readonly string[] =>
  product === 'podman' ? [...predefinedNames, ...podmanNames] : predefinedNames;
