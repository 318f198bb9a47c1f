import { ProblemError, type ErrorCode, type Picture } from '../../../shared/model';
import { ATTACHED, NETWORK_FIELDS, PAUSED, RUNNING } from '../../../shared/rules';
import { ABSENT_ADDRESS, asFlag, asRecord, asText, isRecord } from './json';
import { usualMode } from './libpod';

/** What a network can't have twice, and who is on it. `Status` counts addresses in use (API 1.52). */
const networkIds: readonly string[] = ['Id', 'Created', 'Containers', 'Services', 'Peers', 'Status'];
/** Ids, and the names that the engine derives from them and from the aliases. */
const endpointIds: readonly string[] = ['NetworkID', 'EndpointID', 'DNSNames'];

const empty: readonly unknown[] = [null, undefined, '', 0, false, ABSENT_ADDRESS];

/** Every value of some JSON by its path. What is empty is left out: engines say one nothing in several ways. */
function flatten(value: unknown, path: string, into: Picture): Picture {
  if (Array.isArray(value)) value.forEach((item, index) => flatten(item, `${path}[${index}]`, into));
  else if (isRecord(value))
    for (const [key, item] of Object.entries(value)) flatten(item, path ? `${path}.${key}` : key, into);
  else if (!empty.includes(value)) into[path] = String(value);
  return into;
}

const without = (json: Record<string, unknown>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));

/** For a rejection: undefined where it says so of the thing that is to be in the picture. */
export const absentIf = (code: ErrorCode) => (error: unknown) => {
  if (error instanceof ProblemError && error.problem.code === code) return undefined;
  throw error;
};

/** The same in Podman's own API. */
const libpodIds: readonly string[] = ['id', 'created', 'containers'];

/** A network's options in either of Podman's APIs, without the mode where it is what having none means. */
function withoutUsualMode(options: unknown, driver: unknown): unknown {
  const { mode, ...others } = asRecord(options);
  return mode !== undefined && mode === usualMode(driver) ? others : options;
}

/**
 * `/networks/{id}` as it is before and after; the engine may list subnets in another order.
 *
 * @param own what Podman says of it in its own API, and keeps from Docker's: parent, routes, name service
 */
export function networkPicture(json: unknown, own?: Record<string, unknown>): Picture {
  const network = without(asRecord(json), networkIds);
  const ipam = asRecord(network.IPAM);
  const config = Array.isArray(ipam.Config) ? [...(ipam.Config as unknown[])] : ipam.Config;
  if (Array.isArray(config))
    config.sort((a, b) => (asText(asRecord(a).Subnet) < asText(asRecord(b).Subnet) ? -1 : 1));
  const options = (of: unknown) => withoutUsualMode(of, network.Driver);
  const libpod = own && {
    Options: options(network.Options),
    libpod: { ...without(own, libpodIds), options: options(own.options) },
  };
  return flatten({ ...network, IPAM: { ...ipam, Config: config }, ...libpod }, '', {});
}

/**
 * What makes a network the same one for whoever is on it, of what `/networks/{id}` says: one that was made anew under an old
 * name may lie on another LAN.
 */
function placePicture(json: unknown, link: string): Picture {
  const { Driver, Internal, Options, IPAM } = asRecord(json);
  const { parent, macvlan_mode, ipvlan_mode } = asRecord(Options);
  const config = asRecord(IPAM).Config;
  const subnets = (Array.isArray(config) ? (config as unknown[]) : []).map((each) =>
    asText(asRecord(each).Subnet),
  );
  const Parent = asText(parent) || link;
  const place = { Driver, Internal, Parent, mode: macvlan_mode ?? ipvlan_mode, Subnets: subnets.sort() };
  return flatten({ [NETWORK_FIELDS]: place }, '', {});
}

/**
 * A container's place on one network, from `/containers/{id}/json`.
 *
 * @param network what the engine says of the network of that name, where there is one; `link` as Podman names it
 */
export function attachmentPicture(
  json: unknown,
  networkName: string,
  podman = false,
  network?: { json: unknown; link?: string },
): Picture {
  const container = asRecord(json);
  // Podman's own network has one name where networks are listed, and another one in its containers.
  const name = podman && networkName === 'bridge' ? 'podman' : networkName;
  const entry = asRecord(asRecord(container.NetworkSettings).Networks)[name];
  const { Running, Paused } = asRecord(container.State);
  const state: Picture = {
    ...(asFlag(Running) && { [RUNNING]: 'true' }),
    ...(asFlag(Paused) && { [PAUSED]: 'true' }),
    ...(isRecord(network?.json) && placePicture(network.json, network.link ?? '')),
  };
  if (!isRecord(entry)) return state;
  const shortId = asText(container.Id).slice(0, 12);
  // The engine adds the short id by itself, sooner or later.
  const given = (Array.isArray(entry.Aliases) ? (entry.Aliases as unknown[]) : []).map(String);
  // Said twice (by Podman, of a pod's name) it names nobody else.
  const aliases = [...new Set(given)].filter((alias) => alias !== shortId).sort();
  const fields = { ...without(entry, endpointIds), Aliases: aliases, [ATTACHED]: 'true' };
  const configured = asText(asRecord(container.Config).MacAddress);
  return flatten({ ...fields, ...(configured && { 'Config.MacAddress': configured }) }, '', state);
}
