import type { Picture } from '../../shared/model';
import { RUNNING } from '../../shared/rules';
import { asFlag, asRecord, asText, isRecord } from './json';

/** What a network can't have twice, and who is on it. `Status` counts addresses in use (API 1.52). */
const networkIds: readonly string[] = ['Id', 'Created', 'Containers', 'Services', 'Peers', 'Status'];
/** Ids, and the names that the engine derives from them and from the aliases. */
const endpointIds: readonly string[] = ['NetworkID', 'EndpointID', 'DNSNames'];

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === 0 || value === false;

/** Every value of some JSON by its path. What is empty is left out: engines say one nothing in several ways. */
function flatten(value: unknown, path: string, into: Picture): Picture {
  if (Array.isArray(value)) value.forEach((item, index) => flatten(item, `${path}[${index}]`, into));
  else if (isRecord(value))
    for (const [key, item] of Object.entries(value)) flatten(item, path ? `${path}.${key}` : key, into);
  else if (!isEmpty(value)) into[path] = String(value);
  return into;
}

const without = (json: Record<string, unknown>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));

/** `/networks/{id}` as it is before and after; the engine may list subnets in another order. */
export function networkPicture(json: unknown): Picture {
  const network = without(asRecord(json), networkIds);
  const ipam = asRecord(network.IPAM);
  const config = Array.isArray(ipam.Config) ? [...(ipam.Config as unknown[])] : ipam.Config;
  if (Array.isArray(config))
    config.sort((a, b) => (asText(asRecord(a).Subnet) < asText(asRecord(b).Subnet) ? -1 : 1));
  return flatten({ ...network, IPAM: { ...ipam, Config: config } }, '', {});
}

/** A container's place on one network, from `/containers/{id}/json`. */
export function attachmentPicture(json: unknown, networkName: string): Picture {
  const container = asRecord(json);
  const entry = asRecord(asRecord(container.NetworkSettings).Networks)[networkName];
  const running: Picture = asFlag(asRecord(container.State).Running) ? { [RUNNING]: 'true' } : {};
  if (!isRecord(entry)) return running;
  const shortId = asText(container.Id).slice(0, 12);
  // The engine adds the short id by itself, sooner or later.
  const aliases = (Array.isArray(entry.Aliases) ? (entry.Aliases as unknown[]) : [])
    .filter((alias) => alias !== shortId)
    .map(String)
    .sort();
  const fields = { ...without(entry, endpointIds), Aliases: aliases, attached: 'true' };
  const configured = asText(asRecord(container.Config).MacAddress);
  return flatten({ ...fields, ...(configured && { 'Config.MacAddress': configured }) }, '', running);
}
