import { Text } from '@mantine/core';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Nic } from '../../../shared/model';
import { parentVerdict, sortNatural, type ParentVerdict } from '../../../shared/rules';
import { useInventory } from '../../app/context';
import { NoticeList } from '../../components';
import { seenNics } from '../../graph';
import { findEngine } from '../../store/inventory';
import { useConsent, useLook } from '../host/use-host';
import classes from './SegmentForm.module.css';

/** An interface that a segment could stand on. */
export interface ParentChoice {
  name: string;
  /** Null where the host's own list is not known. */
  nic: Nic | null;
  verdict: ParentVerdict | null;
}

/** VLAN links are made below a NIC by its id; Docker's own links and the loopback lead to no LAN. */
const offered = (nic: Nic): boolean => nic.kind !== 'loopback' && nic.kind !== 'vlan' && !nic.docker;

const order = { ok: 0, warned: 1, refused: 2 } as const;

/**
 * What a host offers as a parent: its real list with a verdict for each where the toolbox may look, else the interfaces
 * that its networks stand on, as the engine API itself lists none.
 */
export function useParentChoices(engineId: string): ParentChoice[] {
  const networks = useInventory((state) => state.snapshot.networks);
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const allowed = useConsent(engineId) === 'granted';
  const { facts } = useLook(engineId, allowed).look;
  return useMemo(() => {
    if (!facts || !engine)
      return seenNics(engineId, networks).map((name) => ({ name, nic: null, verdict: null }));
    return facts.nics
      .filter(offered)
      .map((nic) => ({ name: nic.name, nic, verdict: parentVerdict(nic, facts, engine) }))
      .sort((a, b) => order[a.verdict.state] - order[b.verdict.state] || sortNatural(a.name, b.name));
  }, [engineId, engine, networks, facts]);
}

const addressesOf = (nic: Nic): string =>
  nic.addresses
    .filter((each) => each.scope === 'global')
    .map((each) => `${each.address}/${each.prefix}`)
    .join(', ');

/** One interface in the list of suggestions: what it is, and whether it serves. */
export function ParentOption({ choice }: { choice: ParentChoice }) {
  const { t } = useTranslation('segments');
  const { name, nic, verdict } = choice;
  return (
    <div className={classes.option}>
      <span className="tl-mono">{name}</span>
      {nic && (
        <Text span size="xs" c="dimmed" className="tl-ellipsis">
          {[nic.kind, addressesOf(nic)].filter(Boolean).join(' · ')}
        </Text>
      )}
      {verdict?.state === 'warned' && (
        <IconAlertTriangle size={14} color="var(--tl-warn)" aria-label={t('hosts.warned')} />
      )}
      {verdict?.state === 'refused' && (
        <IconBan size={14} color="var(--tl-bad)" aria-label={t('hosts.refused')} />
      )}
    </div>
  );
}

/** What to know about an interface as a parent: why it can't be one, what to use instead. */
export function ParentRemarks({ choice }: { choice: ParentChoice | undefined }) {
  const notices = choice?.verdict?.remarks.map((remark) => remark.notice) ?? [];
  return notices.length === 0 ? null : <NoticeList notices={notices} />;
}
