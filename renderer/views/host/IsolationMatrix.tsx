import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IsolationCell, IsolationReport } from '../../../shared/model';
import { placeName, targetName } from './isolation-report';
import classes from './isolation.module.css';
import { useCellWords } from './use-cell-words';
import { useHeadInSight } from './use-head-in-sight';
import { useHiddenColumns } from './use-hidden-columns';

/** Which cell is looked at. */
export interface Spot {
  row: number;
  column: number;
}

/** By shape and colour, so that colour is not the only signal. */
const signs: Record<IsolationCell['verdict'], string> = {
  self: '·',
  reachable: '●',
  routed: '◐',
  isolated: '✕',
  unanswered: '○',
  unknown: '?',
};

interface Props {
  report: IsolationReport;
  spot: Spot | null;
  onSpot: (spot: Spot) => void;
}

/** Who reaches whom: a row for each asker, a column for each that is asked for. */
export function IsolationMatrix({ report, spot, onSpot }: Props) {
  const { t } = useTranslation('host');
  const words = useCellWords();
  const { hidden, box, onScroll } = useHiddenColumns();
  const head = useHeadInSight();
  const { places, targets, cells } = report;
  const names = targets.map((target) =>
    targetName(target, report, (address) => t('isolation.gateway', { address })),
  );
  // Where there is one family only, every cell would say the same.
  const dual = [...places.map((each) => each.container), ...targets].some((each) => each && each.ipv6 !== '');
  return (
    <div className={classes.frame} data-hidden-columns={hidden || undefined}>
      <div className={classes.scroll} ref={box} onScroll={onScroll}>
        <table className={classes.matrix} data-testid="isolation-matrix">
          <thead ref={head}>
            <tr>
              <th scope="col" className={classes.corner}>
                {t('isolation.from')}
              </th>
              {targets.map((target, column) => (
                <th key={`${names[column] ?? ''} ${String(column)}`} scope="col">
                  <div>{target.kind === 'gateway' ? t('isolation.gatewayShort') : names[column]}</div>
                  <div className={`tl-mono ${classes.address ?? ''}`}>{target.address}</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place, row) => (
              <tr key={placeName(place)}>
                <th scope="row">
                  <div>{placeName(place)}</div>
                  <div className={`tl-mono ${classes.address ?? ''}`}>
                    {place.container
                      ? `${place.container.name} ${place.container.address}`
                      : t('isolation.noContainer')}
                  </div>
                  {place.alsoOn.length > 0 && (
                    <div className={classes.also} title={place.alsoOn.join(', ')}>
                      {t('isolation.alsoOn', { networks: place.alsoOn.join(', ') })}
                    </div>
                  )}
                </th>
                {targets.map((_, column) => {
                  const cell = cells[row]?.[column];
                  if (!cell) return <td key={column} />;
                  const verdict = words.verdict(cell, place);
                  const families = dual ? words.families(cell) : '';
                  return (
                    <td key={column} data-verdict={cell.verdict}>
                      <button
                        type="button"
                        className={classes.cell}
                        data-verdict={cell.verdict}
                        aria-pressed={spot?.row === row && spot.column === column}
                        aria-label={t('isolation.cell', {
                          from: placeName(place),
                          to: names[column] ?? '',
                          verdict: [verdict, families].filter(Boolean).join('; '),
                        })}
                        onClick={() => onSpot({ row, column })}
                        data-testid={`isolation-${String(row)}-${String(column)}`}
                      >
                        <span className={classes.sign} aria-hidden>
                          {signs[cell.verdict]}
                        </span>
                        <span>
                          {verdict}
                          {families && <div className={classes.families}>{families}</div>}
                        </span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden && (
        <Text size="xs" className={classes.more} data-testid="isolation-more">
          {t('isolation.more')}
        </Text>
      )}
    </div>
  );
}
