import type { TFunction } from 'i18next';
import type { UndoException } from '../../../shared/model';

/** Fields of an engine's inspect that have words of their own; others stand as the engine names them. */
const named = {
  attached: 'attached',
  MacAddress: 'mac',
  'Config.MacAddress': 'configuredMac',
  IPAddress: 'ipv4',
  'IPAMConfig.IPv4Address': 'ipv4',
  GlobalIPv6Address: 'ipv6',
  'IPAMConfig.IPv6Address': 'ipv6',
  GwPriority: 'priority',
} as const;

const isNamed = (field: string): field is keyof typeof named => Object.hasOwn(named, field);

function what(t: TFunction<'change'>, { field, before, after }: UndoException): string {
  if (field === '') return t('log.except.unread');
  const nothing = t('log.except.nothing');
  return t('log.except.differs', {
    field: isNamed(field) ? t(`log.except.fields.${named[field]}`) : field,
    before: before || nothing,
    after: after || nothing,
  });
}

/** In what the engine is not as it was, a line each. */
export const exceptionTexts = (
  t: TFunction<'change'>,
  exceptions: readonly UndoException[] | undefined,
): string[] =>
  (exceptions ?? []).map((each) => {
    const { container, network } = each;
    const values = { network, what: what(t, each) };
    return container === undefined
      ? t('log.except.network', values)
      : t('log.except.attachment', { ...values, container });
  });
