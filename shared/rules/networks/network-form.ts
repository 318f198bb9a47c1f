import { networkDrivers, type Network, type NetworkForm } from '../../model';

/** What would make this network again, exactly as the engine tells it. */
export const formOf = (network: Network): NetworkForm => ({
  name: network.name,
  driver: network.driver,
  scope: network.scope,
  internal: network.internal,
  attachable: network.attachable,
  ...(network.ipv4 === undefined ? {} : { ipv4: network.ipv4 }),
  ipv6: network.ipv6,
  configOnly: network.configOnly,
  ...(network.configFrom ? { configFrom: network.configFrom } : {}),
  ipamDriver: network.ipamDriver,
  ipamOptions: network.ipamOptions ?? {},
  subnets: network.subnets,
  options: network.options,
  labels: network.labels,
});

/**
 * Whether the engine tells all that the network is made of. From 29 on it keeps the subnets of a config-only network to
 * itself (docs/engine-facts.md §8): one that shows none may have some.
 */
export const isToldWhole = ({ configOnly, subnets, ipv4 }: Network): boolean =>
  !configOnly || subnets.length > 0 || ipv4 === undefined;

/**
 * Whether Docker’s API has no words for how its addresses are managed: Podman makes one without any (`none`) by its own API alone, and
 * of the other one another network (docs/engine-facts.md §10).
 */
export const isBeyondMaking = ({ ipamDriver }: Pick<Network, 'ipamDriver'>): boolean => ipamDriver === 'none';

/** The network that a form makes, as far as LAN and addresses go. */
export function networkOfForm(form: NetworkForm, engineId: string): Network {
  const { driver, options, subnets, configOnly } = form;
  const kind = networkDrivers.find((each) => each === driver) ?? 'other';
  const { parent } = options;
  const mode = options[`${driver}_mode`];
  return {
    ...form,
    ...{ id: '', engineId, kind, ingress: false, created: '' },
    ...{ subnets: configOnly ? [] : subnets },
    ...(parent === undefined ? {} : { parent }),
    ...(mode === undefined ? {} : { mode }),
  };
}

/** Whether its engine has another network of its name: then none of that name can be made. */
export const hasTwin = ({ engineId, id, name }: Network, networks: readonly Network[]): boolean =>
  networks.some((one) => one.engineId === engineId && one.name === name && one.id !== id);
