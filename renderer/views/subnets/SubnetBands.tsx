import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parseCidr, type EnginePools, type SubnetRow } from '../../../shared/rules';
import { bandsOf, type Band } from './bands';
import classes from './subnets.module.css';

const laneHeight = 14;
const places = ['lan', 'own', 'overlay', 'route'] as const;

export const hasTrouble = ({ overlaps }: SubnetRow): boolean => overlaps.some(({ trouble }) => trouble);

function BandLine({ band, onRow }: { band: Band; onRow: (subnet: string) => void }) {
  return (
    <div className={classes.band}>
      <span className={`tl-mono ${classes.bandName ?? ''}`}>{band.name}</span>
      <div className={classes.track} style={{ height: band.lanes * laneHeight + 6 }}>
        {band.pools.map(({ left, width }) => (
          <span
            key={`${String(left)} ${String(width)}`}
            className={classes.pool}
            style={{ left: `${String(left)}%`, width: `${String(width)}%` }}
          />
        ))}
        {band.bars.map(({ row, left, width, lane }) => (
          <button
            key={row.subnet}
            type="button"
            tabIndex={-1}
            className={classes.bar}
            title={row.subnet}
            data-place={row.uses[0]?.place}
            data-trouble={hasTrouble(row) || undefined}
            style={{ left: `${String(left)}%`, width: `${String(width)}%`, top: 3 + lane * laneHeight }}
            onClick={() => onRow(row.subnet)}
            data-testid={`bar-${row.subnet}`}
          />
        ))}
      </div>
    </div>
  );
}

interface Props {
  rows: readonly SubnetRow[];
  pools: readonly EnginePools[];
  onRow: (subnet: string) => void;
}

/** The subnets drawn where they are; the table below says the same in words. */
export function SubnetBands({ rows, pools, onRow }: Props) {
  const { t } = useTranslation('subnets');
  const bands = useMemo(() => {
    const bases = new Set(pools.flatMap((each) => each.pools.map(({ base }) => base)));
    return bandsOf(
      rows,
      [...bases].flatMap((base) => parseCidr(base) ?? []),
    );
  }, [rows, pools]);
  return (
    <>
      <div className={classes.bands} aria-hidden data-testid="subnet-bands">
        {bands.map((band) => (
          <BandLine key={band.name} band={band} onRow={onRow} />
        ))}
      </div>
      <ul className={classes.legend} aria-label={t('legend')}>
        {places.map((place) => (
          <li key={place}>
            <span className={classes.swatch} data-place={place} aria-hidden />
            {t(`places.${place}`)}
          </li>
        ))}
        <li>
          <span className={classes.swatch} data-trouble aria-hidden />
          {t('trouble')}
        </li>
        <li>
          <span className={`${classes.swatch ?? ''} ${classes.pool ?? ''}`} aria-hidden />
          {t('poolsOf')}
        </li>
      </ul>
    </>
  );
}
