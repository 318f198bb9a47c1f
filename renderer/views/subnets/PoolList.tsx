import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hostName, type EnginePools } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { useLanguage } from '../../i18n';
import classes from './subnets.module.css';

const firstPools = 6;
const few = 3n;

const percent = (part: bigint, whole: bigint): string =>
  `${String(whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100)}%`;

function Pool({ pools }: { pools: EnginePools }) {
  const { t } = useTranslation('subnets');
  const language = useLanguage();
  const engines = useInventory((state) => state.snapshot.engines);
  const { engineId, total, used, blocked, left, next, source, hostUnknown } = pools;
  const number = (value: bigint) => value.toLocaleString(language);
  return (
    <li data-state={left === 0n ? 'none' : left <= few ? 'few' : undefined} data-testid={`pools-${engineId}`}>
      <strong>{hostName(engineId, engines)}</strong>
      <span className={classes.gauge} aria-hidden>
        <span className={classes.used} style={{ width: percent(used, total) }} />
        <span className={classes.blocked} style={{ width: percent(blocked, total) }} />
      </span>
      <span className={`tl-num ${classes.left ?? ''}`}>
        {t('pools.left', { left: number(left), total: number(total) })}
      </span>
      <span className={classes.quiet}>
        {t(hostUnknown ? 'pools.used' : 'pools.parts', { used: number(used), blocked: number(blocked) })}{' '}
        {left === 0n ? t('pools.none') : t('pools.next', { next: next ?? '' })} {t(`pools.${source}`)}
        {hostUnknown && ` ${t('pools.hostUnknown')}`}
      </span>
    </li>
  );
}

/** How many subnets each engine has left for networks that ask for none, the scarcest first. */
export function PoolList({ pools }: { pools: readonly EnginePools[] }) {
  const { t } = useTranslation('subnets');
  const [all, setAll] = useState(false);
  const sorted = [...pools].sort((a, b) => (a.left < b.left ? -1 : a.left > b.left ? 1 : 0));
  const shown = all ? sorted : sorted.slice(0, firstPools);
  if (pools.length === 0) return null;
  return (
    <section aria-labelledby="pools-title">
      <h3 id="pools-title" className={classes.heading}>
        {t('pools.title')}
      </h3>
      <Text size="xs" c="dimmed" mb="xs">
        {t('pools.hint')}
      </Text>
      <ul className={classes.pools} data-testid="pools">
        {shown.map((each) => (
          <Pool key={each.engineId} pools={each} />
        ))}
      </ul>
      {shown.length < pools.length && (
        <Anchor component="button" type="button" size="xs" onClick={() => setAll(true)}>
          {t('pools.all', { count: pools.length })}
        </Anchor>
      )}
    </section>
  );
}
