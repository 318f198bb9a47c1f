import { useCallback, useEffect, useLayoutEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import {
  isHostStep,
  type ChangeRecord,
  type Problem,
  type ShimStatus,
  type ToolboxConsent,
  type ToolboxDescription,
  type ToolboxSettings,
} from '../../../shared/model';
import { unkeptShims, type UnkeptShim } from '../../../shared/rules';
import { useApp, useChanges, useInventory, useReadOnly, type AppContextValue } from '../context';
import {
  consentOf,
  lookOf,
  toolboxOn,
  withLook,
  withToolbox,
  type HostState,
  type Look,
} from '../../store/host';

export const useHost = <T>(select: (state: HostState) => T): T => useStore(useApp().stores.host, select);

type Described = Pick<AppContextValue, 'api' | 'stores'>;

/** Reads it into the store, unless something newer is there by then: it waits for the images of all engines. */
const describeToolbox = ({ api, stores }: Described): Promise<void> =>
  stores.described.ask(
    () => api.invoke('toolbox.describe', {}),
    (result) => {
      if (result.ok) stores.host.setState((state) => withToolbox(state, result.value));
    },
  );

/** What was just said has been answered: what was asked before that may know nothing of it. */
function takeDescription({ stores }: Pick<Described, 'stores'>, toolbox: ToolboxDescription): void {
  stores.described.told();
  stores.host.setState((state) => withToolbox(state, toolbox));
}

/** What the toolbox is and where it may run; asked for anew whenever something that shows it opens. */
export function useToolbox(): ToolboxDescription | null {
  const { api, stores } = useApp();
  useEffect(() => void describeToolbox({ api, stores }), [api, stores]);
  return useHost((state) => state.toolbox);
}

/** Null until it is known, and in a read-only console, where no helper runs anywhere. */
export function useConsent(engineId: string): ToolboxConsent | null {
  const consent = useHost((state) => consentOf(state, engineId));
  return useReadOnly() ? null : consent;
}

/** Why what was said of the toolbox on a host counts no more: its tasks have `grown`, or it was of another address. */
export const useOutdatedConsent = (engineId: string): 'moved' | 'grown' | null =>
  useHost(({ toolbox }) => {
    const { moved, grown = [] } = toolboxOn(toolbox, engineId) ?? {};
    if (moved) return 'moved';
    return grown.length > 0 ? 'grown' : null;
  });

/** Allows or refuses; gives why that failed, or why it is not kept yet: then it counts all the same. */
export function useSetConsent(engineId: string): (granted: boolean) => Promise<Problem | null> {
  const { api, stores } = useApp();
  return useCallback(
    async (granted) => {
      const said = await api.invoke('toolbox.consent', { engineId, granted });
      if (said.ok) takeDescription({ stores }, said.value);
      else await describeToolbox({ api, stores });
      if (!said.ok) return said.error;
      // What is told to be refused may not be gone.
      return toolboxOn(said.value, engineId)?.left ?? null;
    },
    [api, stores, engineId],
  );
}

/** Keeps how the toolbox gets onto hosts; gives why that failed. */
export function useConfigureToolbox(): (settings: ToolboxSettings) => Promise<Problem | null> {
  const { api, stores } = useApp();
  return useCallback(
    async (settings) => {
      const result = await api.invoke('toolbox.configure', settings);
      if (!result.ok) return result.error;
      takeDescription({ stores }, result.value);
      return null;
    },
    [api, stores],
  );
}

/** Reads what a host has into the store. */
export async function lookInto(
  { api, stores }: Pick<AppContextValue, 'api' | 'stores'>,
  engineId: string,
  refresh: boolean,
): Promise<void> {
  const set = (part: Partial<Look>) => stores.host.setState((state) => withLook(state, engineId, part));
  set({ looking: true });
  const result = await api.invoke('host.facts', { engineId, refresh });
  // Withdrawn meanwhile: what was seen is not kept.
  const state = stores.host.getState();
  if (consentOf(state, engineId) !== 'granted') return set({ looking: false });
  const known = lookOf(state, engineId).facts;
  // A look that began earlier and took longer saw what may be over by now.
  if (result.ok && known && result.value.at < known.at) set({ looking: false });
  else if (result.ok) set({ facts: result.value, problem: null, looking: false });
  else set({ problem: result.error, looking: false });
}

/** Looks into a host once it may, and again when asked. */
export function useLook(engineId: string, may: boolean): { look: Look; again: () => void } {
  const { api, stores } = useApp();
  const look = useHost((state) => lookOf(state, engineId));
  const read = useCallback(
    (refresh: boolean) => void lookInto({ api, stores }, engineId, refresh),
    [api, stores, engineId],
  );
  useEffect(() => {
    if (may) read(false);
  }, [may, read]);
  return { look, again: useCallback(() => read(true), [read]) };
}

/**
 * Links on a host that are signed as shims, and that nothing here keeps; none while nobody may look. A host that a change of
 * a shim has been on is looked into anew: what was seen before is old.
 */
export function useUnkeptShims(engineId: string, kept: readonly ShimStatus[], may: boolean): UnkeptShim[] {
  const { api, stores } = useApp();
  const networks = useInventory((state) => state.snapshot.networks);
  const { facts, looking } = useHost((state) => lookOf(state, engineId));
  const ended = useChanges(({ records }) => lastOnHost(records, engineId));
  useLayoutEffect(() => {
    if (may && ended) void lookInto({ api, stores }, engineId, true);
  }, [api, stores, engineId, may, ended]);
  return useMemo(
    () => (may && facts && !looking ? unkeptShims(facts, kept, networks) : []),
    [may, facts, looking, kept, networks],
  );
}

/** Which change of a link was the last on a host, and how it stands; empty where there was none. */
function lastOnHost(records: readonly ChangeRecord[], engineId: string): string {
  const last = records.find(({ hosts }) =>
    hosts.some((host) => host.engineId === engineId && host.steps.some(isHostStep)),
  );
  return last && last.state !== 'applying' ? `${last.id} ${last.state}` : '';
}

/** The shims that are kept. */
export const useShims = (): readonly ShimStatus[] => useHost((state) => state.shims);
