import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../components';
import { formatBytes, integer } from '../../format';
import { useLanguage } from '../../i18n';
import classes from './host.module.css';
import { NicState, Remarks, VerdictMark } from '../../components/nics/NicParts';
import { addressTexts, speedText, type NicRow } from '../../components/nics/nics';

function Details({ row: { nic, verdict, site } }: { row: NicRow }) {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const { counters } = nic;
  return (
    <div className={classes.details}>
      <Facts
        facts={[
          { label: t('nic.speed'), value: speedText(nic.speed) },
          { label: t('nic.mtu'), value: nic.mtu },
          { label: t('nic.mac'), value: nic.mac, mono: true, copy: nic.mac },
          { label: t('nic.vlan'), value: nic.vlan },
          { label: t('nic.parent'), value: nic.parent, mono: true },
          { label: t('nic.site'), value: site },
          { label: t('nic.mode'), value: nic.mode },
          { label: t('nic.master'), value: nic.master, mono: true },
          {
            label: t('nic.promiscuity'),
            value: nic.promiscuity > 0 ? t('nic.promiscuous', { count: nic.promiscuity }) : '',
          },
          { label: t('nic.received'), value: formatBytes(counters.rxBytes, language) },
          { label: t('nic.sent'), value: formatBytes(counters.txBytes, language) },
          {
            label: t('nic.faults'),
            value: `${integer(counters.rxErrors + counters.txErrors, language)} / ${integer(counters.rxDropped + counters.txDropped, language)}`,
          },
          { label: t('nic.alias'), value: nic.alias },
        ]}
      />
      <Remarks remarks={verdict.remarks} />
    </div>
  );
}

function Item({ row }: { row: NicRow }) {
  const { t } = useTranslation('host');
  const [open, setOpen] = useState(false);
  const { nic, state, verdict, shim, quiet } = row;
  const addresses = addressTexts(nic);
  return (
    <li className={classes.nic} data-quiet={quiet || undefined} data-testid={`nic-${nic.name}`}>
      <UnstyledButton className={classes.nicHead} onClick={() => setOpen(!open)} aria-expanded={open}>
        <NicState state={state} words={false} />
        <span className={`tl-mono ${classes.nicName ?? ''}`}>{nic.name}</span>
        <span className={classes.quiet}>{shim ? t('nic.shim') : t(`nic.kinds.${nic.kind}`)}</span>
        <span className={`${classes.quiet ?? ''} tl-num ${classes.grow ?? ''}`}>{speedText(nic.speed)}</span>
        <VerdictMark verdict={verdict} />
        <IconChevronRight
          size={12}
          style={{ transform: open ? 'rotate(90deg)' : 'none' }}
          color="var(--mantine-color-dimmed)"
          aria-hidden
        />
      </UnstyledButton>
      {addresses.length > 0 && (
        <div className={`tl-mono ${classes.addresses ?? ''}`}>
          {addresses.map((each) => (
            <span key={each}>{each}</span>
          ))}
        </div>
      )}
      {open && <Details row={row} />}
    </li>
  );
}

/** The interfaces in short, each to be unfolded; Docker's own on request. */
export function NicList({ rows }: { rows: readonly NicRow[] }) {
  const { t } = useTranslation('host');
  const [all, setAll] = useState(false);
  const own = rows.filter((row) => !row.nic.docker);
  const docker = rows.length - own.length;
  const what = t('facts.docker', { count: docker });
  return (
    <>
      <ul className={classes.nics} data-testid="nic-list">
        {(all ? rows : own).map((row) => (
          <Item key={row.nic.index} row={row} />
        ))}
      </ul>
      {docker > 0 && (
        <UnstyledButton className={classes.quiet} onClick={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'facts.hideDocker' : 'facts.showDocker', { what })}
        </UnstyledButton>
      )}
    </>
  );
}
