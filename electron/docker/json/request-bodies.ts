import { isIPv4, isIPv6 } from 'node:net';
import {
  ProblemError,
  type Capabilities,
  type EndpointRequest,
  type NetworkForm,
  type NetworkSpec,
  type Subnet,
} from '../../../shared/model';
import { poolsOf } from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../engine-client';

/** On everything that Trunkline makes, so that it is known again. */
export const MANAGED_LABEL = 'io.trunkline.managed';

const IFNAME = 'com.docker.network.endpoint.ifname';

function checkAddress(address: string | undefined, field: 'ipv4' | 'ipv6', engineId: string): void {
  if (!address || (field === 'ipv4' ? isIPv4(address) : isIPv6(address))) return;
  throw new ProblemError(hostless('address_invalid', { context: field, address }, { field, engineId }));
}

/** Driver options that this engine understands: the interface's name came with v28. */
function driverOptions(
  options: Record<string, string> | undefined,
  can: Capabilities,
): { DriverOpts?: Record<string, string> } {
  const kept = Object.entries(options ?? {}).filter(([name]) => name !== IFNAME || can.interfaceName);
  return kept.length > 0 ? { DriverOpts: Object.fromEntries(kept) } : {};
}

/**
 * `EndpointConfig` of a connect. The pin goes into IPAMConfig, as a top-level IPAddress is ignored; what the engine's
 * version would ignore as well is not sent.
 *
 * @throws ProblemError `address_invalid`: 20.10 stores any text as the pin of a stopped container (200), and the
 * container can then never start.
 */
export function endpointConfig(request: EndpointRequest, can: Capabilities, engineId: string): object {
  checkAddress(request.ipv4, 'ipv4', engineId);
  checkAddress(request.ipv6, 'ipv6', engineId);
  const pins = {
    ...(request.ipv4 && { IPv4Address: request.ipv4 }),
    ...(request.ipv6 && { IPv6Address: request.ipv6 }),
    ...(request.linkLocals && { LinkLocalIPs: request.linkLocals }),
  };
  return {
    ...(Object.keys(pins).length > 0 && { IPAMConfig: pins }),
    ...(request.aliases && request.aliases.length > 0 && { Aliases: request.aliases }),
    ...(request.links && request.links.length > 0 && { Links: request.links }),
    ...(request.mac && can.macOnConnect && { MacAddress: request.mac }),
    ...(request.gatewayPriority !== undefined &&
      can.gatewayPriority && { GwPriority: request.gatewayPriority }),
    ...driverOptions(request.driverOptions, can),
  };
}

/** What inspect has to show again of a request that was taken: without what the engine's version does not know. */
export function toldEndpoint(
  { mac, aliases, gatewayPriority, driverOptions: options }: EndpointRequest,
  can: Capabilities | undefined,
  podman: boolean,
): ReturnType<EngineClient['tellsOf']> {
  if (!can) return {};
  // Podman shows none of the options (docs/engine-facts.md §10).
  const { DriverOpts } = podman ? {} : driverOptions(options, can);
  return {
    ...(mac && can.macOnConnect && { mac }),
    ...(aliases && { aliases }),
    ...(gatewayPriority !== undefined && can.gatewayPriority && { gatewayPriority }),
    ...(DriverOpts && { driverOptions: DriverOpts }),
  };
}

/** The same of a network. Podman has other names for options, refuses those that it does not know, and shows none as attachable. */
export const toldNetwork = (
  { options, attachable }: NetworkSpec,
  podman: boolean,
): ReturnType<EngineClient['tellsOfNetwork']> =>
  podman ? {} : { ...(options && { options }), ...(attachable && { attachable }) };

/** The body of a network's creation, for a spec that the rules have checked already. */
export function createBody(spec: NetworkSpec, podman = false): object {
  const pools = poolsOf(spec);
  return {
    Name: spec.name,
    Driver: spec.driver,
    // Without it 20.10 makes any number of networks of one name.
    CheckDuplicate: true,
    Internal: spec.internal,
    ...(spec.attachable && { Attachable: true }),
    ...(pools.some((pool) => pool.subnet.includes(':')) && { EnableIPv6: true }),
    ...(!pools.some((pool) => !pool.subnet.includes(':')) && { EnableIPv4: false }),
    IPAM: {
      Driver: 'default',
      Config: pools.map(({ subnet, gateway, ipRange, exclusions }) => ({
        Subnet: subnet,
        ...(gateway && { Gateway: gateway }),
        ...(ipRange && { IPRange: ipRange }),
        ...(Object.keys(exclusions).length > 0 && { AuxiliaryAddresses: exclusions }),
      })),
    },
    Options: {
      ...spec.options,
      parent: spec.parent,
      // Podman takes Docker's name of the option without a word, and forgets it.
      ...(spec.mode && { [podman ? 'mode' : `${spec.driver}_mode`]: spec.mode }),
    },
    Labels: { ...spec.labels, [MANAGED_LABEL]: 'true' },
  };
}

const poolOf = ({ subnet, gateway, ipRange, exclusions }: Subnet) => ({
  Subnet: subnet,
  ...(gateway && { Gateway: gateway }),
  ...(ipRange && { IPRange: ipRange }),
  ...(Object.keys(exclusions).length > 0 && { AuxiliaryAddresses: exclusions }),
});

/** Podman takes Docker's name of the mode without a word, and forgets it. */
const podmanOptions = (options: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      /^(macvlan|ipvlan)_mode$/.test(name) ? 'mode' : name,
      value,
    ]),
  );

/** What a network has of its own, and not from a config-only network: engines refuse to be told twice. */
const ownSettings = (form: NetworkForm, podman: boolean) => ({
  ...(form.ipv4 !== undefined && { EnableIPv4: form.ipv4 }),
  EnableIPv6: form.ipv6,
  IPAM: {
    Driver: form.ipamDriver,
    ...(Object.keys(form.ipamOptions).length > 0 && { Options: form.ipamOptions }),
    Config: form.subnets.map(poolOf),
  },
  Options: podman ? podmanOptions(form.options) : form.options,
  Labels: form.labels,
});

/** The body that makes a network again as it was: no label of ours, nothing filled in. */
export function restoreBody(form: NetworkForm, podman = false): object {
  // Settings for others have neither driver nor scope, and engines refuse `internal` and `attachable` for them.
  const kind = form.configOnly
    ? { ConfigOnly: true }
    : {
        Driver: form.driver,
        Internal: form.internal,
        Attachable: form.attachable,
        ...(form.scope === 'swarm' && { Scope: 'swarm' }),
      };
  return {
    Name: form.name,
    CheckDuplicate: true,
    ...kind,
    ...(form.configFrom ? { ConfigFrom: { Network: form.configFrom } } : ownSettings(form, podman)),
  };
}
