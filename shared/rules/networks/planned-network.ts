import type { EngineSite, Network, NetworkSpec } from '../../model';
import { atSite } from '../lans/site';
import { poolsOf } from '../membership/spec-pools';

/** What a planned network is known by until the engine has given it an id; no engine's id looks like this. */
const plannedId = (name: string): string => `planned:${name}`;

/** The network that a spec would make, as the inventory would show it: at the site that is said of its engine. */
export function plannedNetwork(
  spec: NetworkSpec,
  engineId: string,
  engines: readonly (EngineSite & { id: string })[] = [],
): Network {
  const { name, driver, parent, mode, internal } = spec;
  const subnets = poolsOf(spec);
  const network: Network = {
    id: plannedId(name),
    engineId,
    name,
    driver,
    kind: driver,
    scope: 'local',
    internal,
    attachable: false,
    ingress: false,
    ipv6: subnets.some((one) => one.subnet.includes(':')),
    configOnly: false,
    ipamDriver: 'default',
    subnets,
    parent,
    mode,
    options: spec.options ?? {},
    labels: spec.labels ?? {},
    created: '',
  };
  return atSite(
    network,
    engines.find((one) => one.id === engineId),
  );
}
