import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldRow } from '../../../shared/rules';
import { useLines } from '../../components/use-lines';
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

const keyOf = ({ address, to }: HeldRow): string => `${address} ${to ?? ''}`;

/** The row that was chosen, while its address is looked at; else that of the address. -1 where nothing of it is held. */
function rowAt(rows: readonly HeldRow[], at: string, chosen: string | null): number {
  const its = rows.findIndex((row) => row.address === at && keyOf(row) === chosen);
  if (its >= 0) return its;
  const single = rows.findIndex(({ address, to }) => address === at && to === undefined);
  return single >= 0 ? single : rows.findIndex(({ address }) => address === at);
}

/** All that is held in the subnet as a table, gone through by keys. */
export function HeldTable({ rows, at, onAt }: Props) {
  const { t } = useTranslation('addresses');
  const words = useCellWords();
  const join = useJoinNames();
  const [chosen, setChosen] = useState<string | null>(null);
  const id = useId();
  const current = rowAt(rows, at, chosen);
  const { frame, items, total } = useLines({
    ...{ count: rows.length, height: rowHeight, current: current < 0 ? undefined : current },
    // Those of a /24 are drawn at once.
    overscan: 256,
  });

  const choose = (row: HeldRow | undefined) => {
    if (!row) return;
    setChosen(keyOf(row));
    onAt(row);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    // From nowhere, a key begins at the top.
    const next = current < 0 && Number.isFinite(move) ? 0 : current + move;
    choose(rows[Math.max(0, Math.min(rows.length - 1, next))]);
  };
  if (rows.length === 0) return <p className={classes.quiet}>{t('noneHeld')}</p>;
  return (
    <div
      role="grid"
      tabIndex={0}
      aria-label={t('heldTable')}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={current >= 0 ? `${id}-${String(current)}` : undefined}
      className={classes.held}
      onKeyDown={onKeyDown}
      data-testid="held-table"
    >
      <div role="row" aria-rowindex={1} className={classes.heldHead}>
        {(['address', 'state', 'who', 'mac'] as const).map((column) => (
          <span role="columnheader" key={column}>
            {t(`columns.${column}`)}
          </span>
        ))}
      </div>
      <div ref={frame} role="rowgroup" className={classes.heldScroll}>
        <div style={{ height: total, position: 'relative' }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const { address, to, state, uses, givenBy } = row;
            const who = join([...new Set(uses.map(words.holder))].filter(Boolean));
            const macs = [...new Set(uses.map(({ container }) => container?.mac))].filter(Boolean);
            return (
              <div
                role="row"
                key={keyOf(row)}
                id={`${id}-${String(index)}`}
                aria-rowindex={index + 2}
                aria-selected={index === current}
                data-current={index === current || undefined}
                data-testid={`held-${address}${to ? `-${to}` : ''}`}
                className={classes.heldRow}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => choose(row)}
              >
                <span role="gridcell" className="tl-mono">
                  {to ? t('range', { from: address, to }) : address}
                </span>
                <span role="gridcell">
                  <span className={classes.cell} data-state={state} aria-hidden>
                    {letters[state]}
                  </span>
                  {t(`states.${state}`)}
                </span>
                <span role="gridcell" title={who}>
                  {who || (givenBy.length > 0 && words.given(row))}
                </span>
                <span role="gridcell" className="tl-mono">
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
