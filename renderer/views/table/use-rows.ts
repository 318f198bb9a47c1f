import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useApp, useInventory, useUi } from '../../context/context';
import { useLeased } from '../../context/leases';
import { useSegmentTags } from '../../context/segments';
import { tenantNetworks } from '../../graph';
import { buildRows, filterRows, type Row } from './rows';
import { sortRows, type Sort } from './sort';

/** While sorted by rates, rows change places at most this often, milliseconds: faster can't be read. */
const reorderEvery = 2_000;

/** Rises as long as `active`, with the ticks but no faster than rows may change places. */
function useReorder(active: boolean): number {
  const { traffic } = useApp().stores;
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!active) return;
    let last = 0;
    return traffic.subscribeAll(() => {
      if (traffic.lastAt() - last < reorderEvery) return;
      last = traffic.lastAt();
      setRound((now) => now + 1);
    });
  }, [active, traffic]);
  return round;
}

/** What the table shows, in its order. */
export function useRows(sort: Sort): { rows: Row[]; total: number } {
  const { traffic } = useApp().stores;
  const snapshot = useLeased(useInventory((state) => state.snapshot));
  const filters = useUi((state) => state.filters);
  const query = useDeferredValue(useUi((state) => state.query));
  const round = useReorder(sort.column === 'rx' || sort.column === 'tx');
  const all = useMemo(() => buildRows(snapshot), [snapshot]);
  const { tags } = useSegmentTags();
  const kept = useMemo(
    () => (filters.tenants.length > 0 ? tenantNetworks(tags, filters.tenants) : null),
    [tags, filters.tenants],
  );
  const shown = useMemo(() => filterRows(all, filters, query, kept), [all, filters, query, kept]);
  const rates = useCallback((row: Row) => (row.trafficKey ? traffic.get(row.trafficKey) : null), [traffic]);
  const rows = useMemo(
    () => sortRows(shown, sort, rates),
    // `round` asks for another order by the rates of now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown, sort, rates, round],
  );
  return { rows, total: all.length };
}
