import type { TFunction } from 'i18next';
import type { UndoException } from '../../../shared/model';
import {
  CONTAINER_GONE,
  HOSTS_LATE,
  LAN_UNASKED,
  LEFT_UNREAD,
  NETWORK_GONE,
  OTHER_NETWORK,
} from '../../../shared/rules';

/** Fields of the pictures that have words, by their path; places in lists are left out of it. */
const named = {
  attached: 'attached',
  'State.Paused': 'paused',
  MacAddress: 'mac',
  'Config.MacAddress': 'configuredMac',
  IPAddress: 'ipv4',
  'IPAMConfig.IPv4Address': 'pinned4',
  GlobalIPv6Address: 'ipv6',
  'IPAMConfig.IPv6Address': 'pinned6',
  'IPAMConfig.LinkLocalIPs': 'linkLocal',
  IPPrefixLen: 'prefix4',
  GlobalIPv6PrefixLen: 'prefix6',
  Gateway: 'gateway4',
  IPv6Gateway: 'gateway6',
  GwPriority: 'priority',
  Links: 'link',
  Aliases: 'alias',
  Name: 'name',
  Scope: 'scope',
  Driver: 'driver',
  EnableIPv4: 'enable4',
  EnableIPv6: 'enable6',
  Internal: 'internal',
  Attachable: 'attachable',
  Ingress: 'ingress',
  ConfigOnly: 'configOnly',
  'ConfigFrom.Network': 'configFrom',
  'IPAM.Driver': 'ipam',
  'IPAM.Config.Subnet': 'subnet',
  'IPAM.Config.IPRange': 'range',
  'IPAM.Config.Gateway': 'networkGateway',
  'Options.parent': 'parent',
  'Options.macvlan_mode': 'mode',
  'Options.ipvlan_mode': 'mode',
  'Network.Driver': 'driver',
  'Network.Internal': 'internal',
  'Network.Parent': 'parent',
  'Network.mode': 'mode',
  'Network.Subnets': 'subnet',
} as const;

/** Fields whose last part somebody chose. */
const keyed = {
  'IPAM.Config.AuxiliaryAddresses.': 'reserved',
  'IPAM.Options.': 'ipamOption',
  'Options.': 'option',
  'DriverOpts.': 'driverOption',
  'Labels.': 'label',
  'libpod.': 'podman',
} as const;

const flags: readonly string[] = [
  ...['attached', 'State.Paused', 'EnableIPv4', 'EnableIPv6', 'Internal', 'Attachable', 'Ingress'],
  ...['ConfigOnly', 'Network.Internal'],
];

const isNamed = (field: string): field is keyof typeof named => Object.hasOwn(named, field);

/** A field in words; one that has none is told as the engine's, by the name that the engine has for it. */
function fieldWords(t: TFunction<'change'>, field: string): string {
  const path = field.replace(/\[\d+\]/g, '');
  if (isNamed(path)) return t(`log.except.fields.${named[path]}`);
  for (const [start, word] of Object.entries(keyed) as [string, (typeof keyed)[keyof typeof keyed]][])
    if (path.startsWith(start)) return t(`log.except.keyed.${word}`, { name: path.slice(start.length) });
  return t('log.except.keyed.other', { name: field });
}

function what(t: TFunction<'change'>, { field, before, after }: UndoException, asked: boolean): string {
  if (field === '') return t('log.except.unread');
  if (field === LEFT_UNREAD) return t('log.except.leftUnread');
  if (field === HOSTS_LATE) return t('log.except.late', { hosts: before });
  if (field === LAN_UNASKED) return t('log.except.unasked', { address: before });
  if (field === NETWORK_GONE) return t('log.except.homeGone');
  if (field === OTHER_NETWORK) return t('log.except.otherNetwork');
  const value = (text: string): string => {
    if (flags.includes(field)) return t(text === 'true' ? 'log.except.yes' : 'log.except.no');
    return text || t('log.except.nothing');
  };
  const values = { field: fieldWords(t, field), before: value(before), after: value(after) };
  return t(asked ? 'log.except.asked' : 'log.except.differs', values);
}

/** What stands before them, by what became of the change: one that stands could not be undone. */
export function exceptHeading(t: TFunction<'change'>, state: string): string {
  if (state === 'done') return t('log.except.applied');
  if (state === 'applied' || state === 'partial') return t('log.except.stands');
  return t(state === 'rolled-back' ? 'log.except.rolled-back' : 'log.except.undone');
}

/** In what the engine is not as it was, a line each. */
export const exceptionTexts = (
  t: TFunction<'change'>,
  exceptions: readonly UndoException[] | undefined,
  /** They were to be so, and never were. */
  asked = false,
): string[] =>
  (exceptions ?? []).map((each) => {
    const { container, network, field } = each;
    if (field === CONTAINER_GONE) return t('log.except.containerGone', { container: container ?? '' });
    if (field === NETWORK_GONE && container === undefined) return t('log.except.networkGone', { network });
    const values = { network, what: what(t, each, asked) };
    return container === undefined
      ? t('log.except.network', values)
      : t('log.except.attachment', { ...values, container });
  });
