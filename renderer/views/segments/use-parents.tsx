import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Nic, SegmentDraft } from '../../../shared/model';
import { parentVerdict, sortNatural, type ParentVerdict, type WayOut } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { NoticeList } from '../../components';
import { useSentences } from '../../i18n';
import { seenNics } from '../../graph';
import { findEngine } from '../../store/inventory';
import { useConsent, useLook } from '../../context/host/use-host';
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
export function useParentChoices(engineId: string, driver: SegmentDraft['driver']): ParentChoice[] {
  const networks = useInventory((state) => state.snapshot.networks);
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const allowed = useConsent(engineId) === 'granted';
  const { facts } = useLook(engineId, allowed).look;
  return useMemo(() => {
    if (!facts || !engine)
      return seenNics(engineId, networks).map((name) => ({ name, nic: null, verdict: null }));
    return facts.nics
      .filter(offered)
      .map((nic) => ({ name: nic.name, nic, verdict: parentVerdict(nic, facts, engine, driver) }))
      .sort((a, b) => order[a.verdict.state] - order[b.verdict.state] || sortNatural(a.name, b.name));
  }, [engineId, engine, networks, facts, driver]);
}

const addressesOf = (nic: Nic): string =>
  nic.addresses
    .filter((each) => each.scope === 'global')
    .map((each) => `${each.address}/${each.prefix}`)
    .join(', ');

/** One interface in the list of suggestions: what it is, and whether it serves. */
export function ParentOption({ choice }: { choice: ParentChoice }) {
  const { t } = useTranslation('segments');
  const sentences = useSentences();
  const { name, nic, verdict } = choice;
  const reasons = verdict?.remarks.map((remark) => sentences.notice(remark.notice)).join('\n');
  return (
    <div className={classes.option} title={reasons}>
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

interface RemarksProps {
  choice: ParentChoice | undefined;
  disabled: boolean;
  /** What of a way out can be taken here: another interface, another driver. */
  takes: (use: WayOut) => boolean;
  onUse: (use: WayOut) => void;
}

/** What to know about an interface as a parent: why it can't be one, and what to use instead, one click away. */
export function ParentRemarks({ choice, disabled, takes, onUse }: RemarksProps) {
  const { t } = useTranslation('segments');
  const remarks = choice?.verdict?.remarks ?? [];
  if (remarks.length === 0) return null;
  const ways = remarks.flatMap(({ use }) => (use && takes(use) ? [use] : []));
  const nameOf = ({ parent, driver, mode }: WayOut) => parent ?? [driver, mode].filter(Boolean).join(' ');
  return (
    <>
      <NoticeList notices={remarks.map((remark) => remark.notice)} />
      {ways.map((use) => (
        <Button
          key={nameOf(use)}
          size="compact-xs"
          variant="default"
          mt={4}
          disabled={disabled}
          onClick={() => onUse(use)}
          data-testid={`use-${nameOf(use).replace(' ', '-')}`}
        >
          {t(use.parent ? 'hosts.useParent' : 'hosts.useDriver', { what: nameOf(use) })}
        </Button>
      ))}
    </>
  );
}
