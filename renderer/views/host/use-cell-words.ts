import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsolationCell, IsolationPlace } from '../../../shared/model';

/** What is said of a cell, by the place that asked. */
export interface CellWords {
  verdict(cell: IsolationCell, place: IsolationPlace): string;
  reason(cell: IsolationCell, place: IsolationPlace): string;
  /** Which address families were asked, and what each gave where they differ; empty where none was. */
  families(cell: IsolationCell): string;
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
  const families = useCallback(
    ({ asked, verdict: whole }: IsolationCell) => {
      const [first] = asked;
      if (!first || whole === 'self') return '';
      const name = (family: 'ipv4' | 'ipv6') => t(`isolation.families.${family}`);
      if (asked.length === 1) return t('isolation.only', { family: name(first.family) });
      if (asked.every((each) => each.verdict === first.verdict))
        return asked.map((each) => name(each.family)).join(' + ');
      return asked
        .map((each) =>
          t('isolation.familyVerdict', {
            family: name(each.family),
            verdict: t(`isolation.verdicts.${each.verdict}`),
          }),
        )
        .join('; ');
    },
    [t],
  );
  return useMemo(() => ({ verdict, reason, families }), [verdict, reason, families]);
}
