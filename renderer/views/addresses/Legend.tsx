import { useTranslation } from 'react-i18next';
import type { AddressCell, CellState } from '../../../shared/rules';
import { letters } from './letters';
import classes from './addresses.module.css';

interface Props {
  cells: readonly AddressCell[];
  only: ReadonlySet<CellState>;
  onOnly: (only: ReadonlySet<CellState>) => void;
}

/** What the letters and colours on this page mean, how many there are, and a way to see only some. */
export function Legend({ cells, only, onOnly }: Props) {
  const { t } = useTranslation('addresses');
  const counts = new Map<CellState, number>();
  for (const { state } of cells) counts.set(state, (counts.get(state) ?? 0) + 1);
  const toggle = (state: CellState) => {
    const next = new Set(only);
    if (!next.delete(state)) next.add(state);
    onOnly(next);
  };
  const silent = cells.filter(({ uses }) => uses[0]?.container?.live === false).length;
  return (
    <div role="group" aria-label={t('legend')} className={classes.legend}>
      {(Object.keys(letters) as CellState[])
        // One that is chosen stays, or it could not be given up where there is none of it.
        .filter((state) => counts.has(state) || only.has(state))
        .map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={only.has(state)}
            className={classes.legendEntry}
            onClick={() => toggle(state)}
            data-testid={`legend-${state}`}
          >
            <span className={classes.cell} data-state={state} aria-hidden>
              {letters[state]}
            </span>
            {t(`states.${state}`)} <span className={classes.count}>{counts.get(state) ?? 0}</span>
          </button>
        ))}
      {silent > 0 && (
        <span className={classes.legendEntry}>
          <span className={classes.cell} data-state="pinned" data-silent aria-hidden />
          {t('silent')} <span className={classes.count}>{silent}</span>
        </span>
      )}
    </div>
  );
}
