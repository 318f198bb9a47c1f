import { IconDots, IconPin } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useInventory, useRates } from '../../context/context';
import { isLastKnown, saidAs } from '../../context/last-known';
import { HostDot, KindIcon, LeaseMark, StateMark } from '../../components';
import { formatBits } from '../../format';
import { ownerOf, type Row } from './rows';
import classes from './TableView.module.css';

/**
 * The language, looked up once for the table: a row that asks i18next itself subscribes to it, which scrolling through
 * thousands of rows would pay for thousands of times.
 */
export interface Words {
  t: TFunction<'table'>;
  common: TFunction;
  language: string;
}

interface Props {
  row: Row;
  words: Words;
  id: string;
  /** Place in the whole table, counted from one, the heading included. */
  index: number;
  top: number;
  active: boolean;
  selected: boolean;
  onChoose: (row: Row) => void;
  onMenu: (row: Row, at: { x: number; y: number }) => void;
}

function Cell({ children, mono, number }: { children?: React.ReactNode; mono?: boolean; number?: boolean }) {
  return (
    <span
      role="gridcell"
      className={`tl-ellipsis ${classes.cell ?? ''} ${mono ? 'tl-mono' : ''}`}
      data-number={number || undefined}
    >
      {children}
    </span>
  );
}

/** Only rows in view are mounted, so only they follow their rates. */
function RateCells({ trafficKey, language }: { trafficKey: string | null; language: string }) {
  const rates = useRates(trafficKey ?? '');
  return (
    <>
      <Cell number>{formatBits(rates?.rxBits, language)}</Cell>
      <Cell number>{formatBits(rates?.txBits, language)}</Cell>
    </>
  );
}

/** What stands where a container has no network of its own. */
function NoNetwork({ row, words: { common: t } }: { row: Row; words: Words }) {
  const owner = useInventory((state) => ownerOf(row.container, state.snapshot));
  const { kind } = row.container.networkMode;
  if (kind === 'host' || kind === 'none') return <>{t(`modes.${kind}`)}</>;
  if (kind !== 'container') return <>{t('none')}</>;
  return <>{owner ? t('modes.container', { owner: owner.name }) : t('modes.orphan')}</>;
}

function NetworkCells({ row, words }: { row: Row; words: Words }) {
  return (
    <>
      <Cell>
        {row.endpoint ? (
          <>
            {row.kind && <KindIcon kind={row.kind} />} {row.networkName}
          </>
        ) : (
          <em className={classes.quiet}>
            <NoNetwork row={row} words={words} />
          </em>
        )}
      </Cell>
      <Cell mono>
        {row.ipv4}
        {row.leased && <LeaseMark />}
      </Cell>
      <Cell>{row.driver}</Cell>
      <Cell mono>
        {row.subnet}
        {row.vlan !== null && <span className={classes.vlan}>{words.t('vlan', { vlan: row.vlan })}</span>}
      </Cell>
    </>
  );
}

function PinCell({ row, words: { t } }: { row: Row; words: Words }) {
  return (
    <>
      <Cell>
        {row.pin === 'pinned' && (
          <span className={classes.pinned}>
            <IconPin size={13} stroke={1.7} aria-hidden /> {t('pinned')}
          </span>
        )}
        {row.pin === 'automatic' && <span className={classes.quiet}>{t('automatic')}</span>}
        {row.pin === 'untold' && (
          <span className={classes.quiet} title={t('untoldHint')}>
            {t('untold')}
          </span>
        )}
      </Cell>
    </>
  );
}

export const TableRow = memo(function TableRow({
  row,
  words,
  id,
  index,
  top,
  active,
  selected,
  onChoose,
  onMenu,
}: Props) {
  const { t, common, language } = words;
  const { container, engine } = row;
  const stale = isLastKnown(engine ?? undefined);
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index}
      aria-selected={selected}
      className={classes.row}
      data-active={active || undefined}
      data-offline={engine?.state === 'offline' || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(row, { x: event.clientX, y: event.clientY });
      }}
      data-testid={row.testId}
    >
      <Cell>
        <StateMark state={container.state} stale={stale} />{' '}
        <strong className={classes.name}>{container.name}</strong>
      </Cell>
      <Cell>
        <HostDot colour={engine?.colour} /> {engine?.name}
      </Cell>
      <Cell>{saidAs(common, common(`states.${container.state}`), stale)}</Cell>
      <NetworkCells row={row} words={words} />
      <PinCell row={row} words={words} />
      <RateCells trafficKey={row.trafficKey} language={language} />
      <Cell mono>{row.mac}</Cell>
      <Cell>{row.mode}</Cell>
      <Cell mono>{row.ipv6}</Cell>
      <span role="gridcell" className={classes.menu}>
        <button
          type="button"
          className={classes.dots}
          tabIndex={-1}
          aria-label={t('actionsOf', { container: container.name })}
          onClick={(event) => {
            event.stopPropagation();
            const box = event.currentTarget.getBoundingClientRect();
            onMenu(row, { x: box.left, y: box.bottom });
          }}
        >
          <IconDots size={15} stroke={1.7} />
        </button>
      </span>
    </div>
  );
});
