import { useTranslation } from 'react-i18next';
import { rangeUse, type AddressGrid, type RangeEnds } from '../../../shared/rules';
import type { Network } from '../../../shared/model';
import { CopyButton } from '../../components';
import { useLanguage } from '../../i18n';
import type { Back } from '../../store/ui';
import { Reserve } from './Reserve';
import classes from './addresses.module.css';

interface Props {
  grid: AddressGrid;
  ends: RangeEnds;
  network: Network | undefined;
  back: Back;
}

/** The addresses that are selected: how many of them are held, and what can be done with all of them. */
export function RangeDetails({ grid, ends, network, back }: Props) {
  const { t } = useTranslation('addresses');
  const language = useLanguage();
  const { size, held, reserved } = rangeUse(grid, ends);
  const number = (value: bigint) => value.toLocaleString(language);
  return (
    <section className={classes.details} aria-live="polite" data-testid="range-details">
      <span className={classes.cell} data-selected aria-hidden />
      <div>
        <div className={classes.headline}>
          <b className="tl-mono">{t('range', { ...ends })}</b>
          <CopyButton value={`${ends.from}-${ends.to}`} />
          <span>{t('rangeUse', { count: Number(size), size: number(size), held: number(held) })}</span>
        </div>
        <Reserve
          key={`${ends.from} ${ends.to}`}
          ends={ends}
          reserved={reserved}
          network={network}
          back={back}
        />
      </div>
    </section>
  );
}
