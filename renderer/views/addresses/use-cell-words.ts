import { useTranslation } from 'react-i18next';
import type { AddressUse } from '../../../shared/model';
import { hostName, type AddressCell } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { useLeases } from '../../context/leases';
import { useJoinNames } from '../../i18n';
import { findNetwork } from '../../store/inventory';
import { leasedInstead, leaseOn } from '../../store/leases';

/** What there is to say of an address. */
export function useCellWords() {
  const { t } = useTranslation('addresses');
  const snapshot = useInventory((state) => state.snapshot);
  const { engines } = snapshot;
  const leases = useLeases();
  const join = useJoinNames();
  /** What a container has on the LAN instead of what its engine tells. */
  const instead = ({ engineId, container, address }: AddressUse): string => {
    const network = container && findNetwork(snapshot, engineId, container.networkId);
    const lease = network && leaseOn(leases, engineId, container.id, network.name);
    const leased = leasedInstead(lease, address);
    return leased ? t('leases', { address: leased }) : '';
  };
  /** Who holds it; empty for what needs no name. */
  const holder = (use: AddressUse): string => {
    const { kind, owner, engineId, container } = use;
    if (kind === 'foreign') return t('answers', { owner });
    if (kind === 'reserved' || kind === 'dhcp') return owner;
    const who = owner ? t('on', { owner, host: hostName(engineId, engines) }) : '';
    const aside = container?.live === false ? t('stopped') : instead(use);
    return aside ? `${who} (${aside})` : who;
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
