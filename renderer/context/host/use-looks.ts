import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Engine, HostFacts, Snapshot } from '../../../shared/model';
import { parentTroubles } from '../../../shared/rules';
import { useApp, useInventory } from '../context';
import { consentOf, lookOf, withLook, type Look } from '../../store/host';
import { lookInto, useHost, useToolbox } from './use-host';

/** Whether a host has not been looked into since it was last reached. One that failed is not asked again and again. */
const isDue = ({ facts, looking, askedFor }: Look, { since }: Engine): boolean =>
  !looking && askedFor !== since && (facts === null || facts.at < since);

/** Whether something seems to be wrong with a network that is newer than the last look, and may be well. */
function isDoubtful({ facts, looking, problem }: Look, { networks, engines }: Snapshot): boolean {
  if (!facts?.networkIds || looking || problem) return false;
  const known = new Set(facts.networkIds);
  const newer = networks.filter(({ engineId, id }) => engineId === facts.engineId && !known.has(id));
  return parentTroubles(newer, engines, [{ ...facts, networkIds: newer.map(({ id }) => id) }]).length > 0;
}

/**
 * What is known of the hosts themselves. Each that the toolbox is allowed on is looked into once whenever its engine
 * comes online; the others add nothing.
 */
export function useLooks(): readonly HostFacts[] {
  const { api, stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const toolbox = useToolbox();
  const looks = useHost((state) => state.looks);
  useEffect(() => {
    for (const engine of snapshot.engines) {
      const { id, state, since } = engine;
      const host = stores.host.getState();
      if (state !== 'online' || consentOf(host, id) !== 'granted') continue;
      const look = lookOf(host, id);
      if (isDue(look, engine)) {
        stores.host.setState((now) => withLook(now, id, { askedFor: since }));
        // What was seen before the engine came back may still be fresh to the console, and is old.
        void lookInto({ api, stores }, id, look.facts !== null);
      } else if (isDoubtful(look, snapshot)) void lookInto({ api, stores }, id, true);
    }
  }, [api, stores, snapshot, toolbox, looks]);
  return useHost(useShallow((host) => Object.values(host.looks).flatMap(({ facts }) => facts ?? [])));
}
