import { useTranslation } from 'react-i18next';
import type { AddressUse } from '../../../shared/model';
import { hostName, type AddressCell } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { useJoinNames } from '../../i18n';

/** What there is to say of an address. */
export function useCellWords() {
  const { t } = useTranslation('addresses');
  const engines = useInventory((state) => state.snapshot.engines);
  const join = useJoinNames();
  /** Who holds it; empty for what needs no name. */
  const holder = (use: AddressUse): string => {
    const { kind, owner, engineId, container } = use;
    if (kind === 'foreign') return t('answers', { owner });
    if (kind === 'reserved' || kind === 'dhcp') return owner;
    const who = owner ? t('on', { owner, host: hostName(engineId, engines) }) : '';
    return container?.live === false ? `${who} (${t('stopped')})` : who;
  };
  const given = ({ givenBy }: AddressCell): string =>
    givenBy.length > 0 ? t('givenBy', { hosts: join(givenBy.map((id) => hostName(id, engines))) }) : '';
  /** In one line, as its name. */
  const line = (cell: AddressCell): string => {
    const more = [...new Set(cell.uses.map(holder))].filter(Boolean);
    return [cell.address, t(`states.${cell.state}`), ...(more.length > 0 ? more : [given(cell)])]
      .filter(Boolean)
      .join(', ');
  };
  return { holder, given, line };
}
