import type { Container, Endpoint, Network, NetworkSpec, Reason, Step } from '../../../shared/model';
import { isLive, poolsOf } from '../../../shared/rules';
import { reason } from '../../../shared/texts';
import type { EngineClient } from '../../docker';

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** What was asked for, and is not what inspect shows. */
export interface NotAsAsked {
  /** Its path in the engine's inspect, as pictures have it. */
  field: string;
  asked: string;
  /** Empty where there is nothing. */
  shown: string;
}

const fields: Readonly<Record<string, Reason>> = {
  MacAddress: reason('setting_mac'),
  Aliases: reason('setting_alias'),
  GwPriority: reason('setting_priority'),
  EnableIPv4: reason('setting_ipv4'),
  EnableIPv6: reason('setting_ipv6'),
  Attachable: reason('setting_attachable'),
};
const states: Readonly<Record<string, Reason>> = { true: reason('state_on'), false: reason('state_off') };

/** The same in the words of the window, inside a sentence. */
export function wordsOf({ field, asked, shown }: NotAsAsked) {
  const known = fields[field];
  if (!known) return { field: reason('setting_option', { name: nameIn(field) }), asked, shown };
  return { field: known, asked: states[asked] ?? asked, shown: states[shown] ?? shown };
}

/** Of an option, which somebody has chosen: it may have dots in it. */
const nameIn = (field: string): string => field.slice(field.indexOf('.') + 1);

const optionsOf = (
  name: 'DriverOpts' | 'Options',
  asked: Readonly<Record<string, string>> = {},
  shown: Readonly<Record<string, string>>,
): NotAsAsked[] =>
  Object.entries(asked)
    .filter(([key, value]) => shown[key] !== value)
    .map(([key, value]) => ({ field: `${name}.${key}`, asked: value, shown: shown[key] ?? '' }));

/**
 * What an attachment does not have of what it was asked for besides its addresses, as far as its engine takes and tells it. More
 * than that is no difference: engines add aliases and options of their own.
 */
export function notAsAsked(
  client: Pick<EngineClient, 'tellsOf'>,
  container: Container,
  shown: Endpoint,
  { endpoint }: ConnectStep,
): NotAsAsked[] {
  const { mac = '', aliases = [], gatewayPriority, driverOptions } = client.tellsOf(endpoint);
  // The short id is no alias to the model: engines add it by themselves.
  const isOwn = (alias: string) => alias === container.id.slice(0, 12);
  const missing = aliases.filter((alias) => !shown.aliases.includes(alias) && !isOwn(alias));
  const priority = shown.gatewayPriority ?? 0;
  return [
    // One that does not run has none yet, and on an ipvlan network nobody has one.
    ...(mac && isLive(container) && shown.mac && shown.mac !== mac.toLowerCase()
      ? [{ field: 'MacAddress', asked: mac, shown: shown.mac }]
      : []),
    ...missing.map((alias) => ({ field: 'Aliases', asked: alias, shown: '' })),
    ...(gatewayPriority !== undefined && priority !== gatewayPriority
      ? [{ field: 'GwPriority', asked: String(gatewayPriority), shown: String(priority) }]
      : []),
    ...optionsOf('DriverOpts', driverOptions, shown.driverOptions),
  ];
}

/** The same of a network that was to be made: what else it is made of is compared before. */
export function networkNotAsAsked(
  client: Pick<EngineClient, 'tellsOfNetwork'>,
  shown: Network,
  spec: NetworkSpec,
): NotAsAsked[] {
  const { options, attachable } = client.tellsOfNetwork(spec);
  const pools = poolsOf(spec);
  const six = pools.some(({ subnet }) => subnet.includes(':'));
  const four = pools.some(({ subnet }) => !subnet.includes(':'));
  return [
    ...(six && !shown.ipv6 ? [{ field: 'EnableIPv6', asked: 'true', shown: 'false' }] : []),
    // Engines that know no network without IPv4 do not tell of it.
    ...(shown.ipv4 !== undefined && shown.ipv4 !== four
      ? [{ field: 'EnableIPv4', asked: String(four), shown: String(shown.ipv4) }]
      : []),
    ...(attachable && !shown.attachable ? [{ field: 'Attachable', asked: 'true', shown: 'false' }] : []),
    ...optionsOf('Options', options, shown.options),
  ];
}
