import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isPseudoNetwork } from '../../shared/rules';
import { formatBits } from '../format';
import { useLanguage } from '../i18n';
import { useApp, useInventory } from '../context/context';
import { isLastKnown } from '../context/last-known';
import { useTick } from '../context/use-tick';
import classes from './StatusLine.module.css';

/** Rates of all hosts together, bits/s; null while nothing is measured. Draws once a second. */
function useTotals(): { rx: number | null; tx: number | null } {
  const { traffic } = useApp().stores;
  const engines = useInventory((state) => state.snapshot.engines);
  useTick();
  let rx: number | null = null;
  let tx: number | null = null;
  for (const engine of engines) {
    const rates = traffic.get(engine.id);
    if (!rates) continue;
    rx = (rx ?? 0) + rates.rxBits;
    tx = (tx ?? 0) + rates.txBits;
  }
  return { rx, tx };
}

function Totals() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { rx, tx } = useTotals();
  return (
    <>
      <span className={`tl-num ${classes.rate ?? ''}`} title={t('status.rx')}>
        <IconArrowDown size={13} stroke={1.8} color="var(--tl-rx)" aria-label={t('status.rx')} />
        {formatBits(rx, language)}
      </span>
      <span className={`tl-num ${classes.rate ?? ''}`} title={t('status.tx')}>
        <IconArrowUp size={13} stroke={1.8} color="var(--tl-tx)" aria-label={t('status.tx')} />
        {formatBits(tx, language)}
      </span>
    </>
  );
}

/** How many hosts, networks and containers there are, and how they are. */
function Counts() {
  const { t } = useTranslation();
  const snapshot = useInventory((state) => state.snapshot);
  const counts = useMemo(() => {
    const engines = (state: string) => snapshot.engines.filter((engine) => engine.state === state).length;
    const running = snapshot.containers.filter((container) => container.state === 'running');
    const silent = new Set(snapshot.engines.filter(isLastKnown).map((engine) => engine.id));
    return {
      online: engines('online'),
      offline: engines('offline'),
      connecting: engines('connecting'),
      running: running.filter((one) => !silent.has(one.engineId)).length,
      // As an admin counts them: every engine has `host` and `none` besides.
      networks: snapshot.networks.filter((network) => !isPseudoNetwork(network)).length,
      lastKnown: running.filter((one) => silent.has(one.engineId)).length,
    };
  }, [snapshot]);
  return (
    <>
      <span>
        {t('status.hosts', { count: snapshot.engines.length })}
        {counts.online > 0 && <em>{t('status.online', { count: counts.online })}</em>}
        {counts.connecting > 0 && <em>{t('status.connecting', { count: counts.connecting })}</em>}
        {counts.offline > 0 && (
          <em className={classes.bad}>{t('status.offline', { count: counts.offline })}</em>
        )}
      </span>
      <span>{t('status.networks', { count: counts.networks })}</span>
      <span>
        {t('status.containers', { count: snapshot.containers.length })}
        <em>{t('status.running', { count: counts.running })}</em>
        {counts.lastKnown > 0 && <em>{t('status.lastKnown', { count: counts.lastKnown })}</em>}
      </span>
    </>
  );
}

/** One line on how much there is and how it is. */
export function StatusLine() {
  const { t } = useTranslation();
  const { info } = useApp();
  // That there are none is not known before.
  const known = useInventory((state) => state.phase !== 'loading');
  return (
    <footer className={classes.line} data-testid="status-line" aria-label={t('status.label')}>
      {known && <Counts />}
      <span className={classes.space} />
      <Totals />
      <span>Trunkline {info.version}</span>
    </footer>
  );
}
