import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldRow } from '../../../shared/rules';
import { useJoinNames } from '../../i18n';
import { letters } from './letters';
import { useCellWords } from './use-cell-words';
import classes from './addresses.module.css';

const rowHeight = 28;

interface Props {
  rows: readonly HeldRow[];
  /** The address that has the focus, and whose details are shown. */
  at: string;
  onAt: (row: HeldRow) => void;
}

/** How far a key goes, in rows. */
const moves: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -8,
  PageDown: 8,
  Home: -Infinity,
  End: Infinity,
};

const isAt = ({ address, to }: HeldRow, at: string): boolean => address === at && to === undefined;

/** All that is held in the subnet as a table; one of its rows is in the tab order. */
export function HeldTable({ rows, at, onAt }: Props) {
  const { t } = useTranslation('addresses');
  const words = useCellWords();
  const join = useJoinNames();
  const scroll = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const found = rows.findIndex((row) => isAt(row, at));
  const current = found >= 0 ? found : 0;
  // Its functions are only called here, never handed to anything memoised.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    // Those of a /24 are drawn at once, so that selecting and finding work as in any text.
    overscan: 256,
  });
  useEffect(() => {
    if (found >= 0) virtual.scrollToIndex(found);
    if (moved.current) scroll.current?.querySelector<HTMLElement>(`[data-index="${found}"]`)?.focus();
    moved.current = false;
    // The virtualizer is the same object throughout.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [found]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const row = rows[Math.max(0, Math.min(rows.length - 1, current + move))];
    if (!row) return;
    moved.current = true;
    onAt(row);
  };
  if (rows.length === 0) return <p className={classes.quiet}>{t('noneHeld')}</p>;
  return (
    <div
      role="table"
      aria-label={t('heldTable')}
      aria-rowcount={rows.length}
      className={classes.held}
      data-testid="held-table"
    >
      <div role="row" className={classes.heldHead}>
        {(['address', 'state', 'who', 'mac'] as const).map((column) => (
          <span role="columnheader" key={column}>
            {t(`columns.${column}`)}
          </span>
        ))}
      </div>
      <div ref={scroll} role="rowgroup" className={classes.heldScroll} onKeyDown={onKeyDown}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const { address, to, state, uses, givenBy } = row;
            const who = join([...new Set(uses.map(words.holder))].filter(Boolean));
            const macs = [...new Set(uses.map(({ container }) => container?.mac))].filter(Boolean);
            return (
              <div
                role="row"
                key={`${address} ${to ?? ''}`}
                data-index={index}
                data-current={index === found || undefined}
                data-testid={`held-${address}${to ? `-${to}` : ''}`}
                tabIndex={index === current ? 0 : -1}
                className={classes.heldRow}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => onAt(row)}
              >
                <span role="cell" className="tl-mono">
                  {to ? t('range', { from: address, to }) : address}
                </span>
                <span role="cell">
                  <span className={classes.cell} data-state={state} aria-hidden>
                    {letters[state]}
                  </span>
                  {t(`states.${state}`)}
                </span>
                <span role="cell" title={who}>
                  {who || (givenBy.length > 0 && words.given(row))}
                </span>
                <span role="cell" className="tl-mono">
                  {macs.join(', ')}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
