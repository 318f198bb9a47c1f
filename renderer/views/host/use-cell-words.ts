import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsolationCell, IsolationPlace } from '../../../shared/model';

/** What is said of a cell, by the place that asked. */
export interface CellWords {
  verdict(cell: IsolationCell, place: IsolationPlace): string;
  reason(cell: IsolationCell, place: IsolationPlace): string;
}

/** It was asked over one network only, and the container stands on others as well. */
const hasOtherWays = (cell: IsolationCell, { alsoOn }: IsolationPlace): boolean =>
  cell.verdict === 'isolated' && alsoOn.length > 0;

/** The words of a cell. They speak of the network that was asked over, never of all that its container may reach. */
export function useCellWords(): CellWords {
  const { t } = useTranslation('host');
  const verdict = useCallback(
    (cell: IsolationCell, place: IsolationPlace) =>
      hasOtherWays(cell, place) ? t('isolation.isolatedHere') : t(`isolation.verdicts.${cell.verdict}`),
    [t],
  );
  const reason = useCallback(
    (cell: IsolationCell, place: IsolationPlace) => {
      const why = t(`isolation.reasons.${cell.reason}`);
      if (!hasOtherWays(cell, place)) return why;
      const nic = cell.evidence?.interface ?? '';
      return t('isolation.otherWays', {
        why,
        network: nic === '' ? place.networkName : t('isolation.over', { network: place.networkName, nic }),
        container: place.container?.name ?? '',
        others: place.alsoOn.join(', '),
      });
    },
    [t],
  );
  return useMemo(() => ({ verdict, reason }), [verdict, reason]);
}
