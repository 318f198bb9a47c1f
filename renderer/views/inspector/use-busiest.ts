import { useMemo } from 'react';
import type { Container } from '../../../shared/model';
import { containerKey } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useTick } from '../../context/use-tick';
import type { Rates, TrafficStore } from '../../store/traffic';

/** Milliseconds for which an order stays, so that rows can be read and clicked. */
const settled = 5_000;

const bits = (rates: Rates | null) => (rates ? rates.rxBits + rates.txBits : 0);

const rank = (traffic: TrafficStore, containers: readonly Container[], most: number): Container[] =>
  containers
    .map((container) => ({
      container,
      bits: bits(traffic.get(containerKey(container.engineId, container.id))),
    }))
    .filter((each) => each.bits > 0)
    .sort((a, b) => b.bits - a.bits)
    .slice(0, most)
    .map(({ container }) => container);

/** The containers with most traffic now, received and sent together, ranked anew every five seconds. */
export function useBusiest(most: number): Container[] {
  const { traffic } = useApp().stores;
  const containers = useInventory((state) => state.snapshot.containers);
  const period = Math.floor(useTick() / settled);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the rates are read anew when the period changes
  return useMemo(() => rank(traffic, containers, most), [traffic, containers, most, period]);
}
