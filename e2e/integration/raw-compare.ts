import type { LabHost } from '../lab';

/**
 * A comparer of the engine's raw JSON that shares nothing with the product's: what a network or a container's attachments
 * are, less what can't be the same twice.
 */
type Json = Record<string, unknown>;

async function inspect(host: LabHost, path: string): Promise<Json> {
  const { status, body } = await host.api('GET', path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return (typeof body === 'string' ? JSON.parse(body) : body) as Json;
}

/** All of a network but its id, its birth and who is on it. */
export async function rawNetwork(host: LabHost, name: string): Promise<Json> {
  const { Id: _id, Created: _created, Containers: _on, ...rest } = await inspect(host, `/networks/${name}`);
  return rest;
}

/** A container's own MAC and its attachments, less ids and the names that follow from them. */
export async function rawAttachments(host: LabHost, name: string): Promise<Json> {
  const { Id, Config, NetworkSettings } = await inspect(host, `/containers/${name}/json`);
  const networks = (NetworkSettings as { Networks: Record<string, Json> }).Networks;
  const own = Object.entries(networks).map(([network, entry]) => {
    const { NetworkID: _network, EndpointID: _endpoint, DNSNames: _names, Aliases, ...rest } = entry;
    const aliases = ((Aliases ?? []) as string[]).filter((one) => one !== String(Id).slice(0, 12));
    // No link and no option is null or empty, as the engine pleases.
    const { Links, DriverOpts, IPAMConfig, ...plain } = rest;
    const filled = Object.fromEntries(
      Object.entries({ Links, DriverOpts, IPAMConfig }).filter(
        ([, value]) => JSON.stringify(value ?? {}) !== '{}',
      ),
    );
    return [network, { ...plain, ...filled, aliases: aliases.sort() }];
  });
  return { mac: (Config as Json).MacAddress ?? '', networks: Object.fromEntries(own) as Json };
}
