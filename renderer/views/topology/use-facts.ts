import { useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Engine, HostFacts } from '../../../shared/model';
import { useApp, useInventory } from '../../app/context';
import { consentOf, lookOf, type HostState } from '../../store/host';
import { lookInto, useHost, useToolbox } from '../host/use-host';

/** Whether a host has not been looked into since it was last reached, as far as it may be. */
const isDue = (host: HostState, { id, since }: Engine): boolean => {
  const { facts, looking } = lookOf(host, id);
  return !looking && (facts === null || facts.at < since);
};

/**
 * What is known of the hosts themselves. Each that the toolbox is allowed on is looked into once whenever its engine
 * comes online; the others add nothing.
 */
export function useFacts(): readonly HostFacts[] {
  const { api, stores } = useApp();
  const engines = useInventory((state) => state.snapshot.engines);
  const toolbox = useToolbox();
  const asked = useRef(new Map<string, number>());
  useEffect(() => {
    const host = stores.host.getState();
    for (const engine of engines) {
      const { id, state, since } = engine;
      if (consentOf(host, id) !== 'granted') asked.current.delete(id);
      // One that failed is not asked again and again: its inspector says why.
      else if (state === 'online' && asked.current.get(id) !== since && isDue(host, engine)) {
        asked.current.set(id, since);
        void lookInto({ api, stores }, id, false);
      }
    }
  }, [api, stores, engines, toolbox]);
  return useHost(useShallow(({ looks }) => Object.values(looks).flatMap(({ facts }) => facts ?? [])));
}
