import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Engine, EngineConfigList, Problem } from '../../shared/model';
import { groupEngines, hostNameOf } from '../../shared/rules';

export type EngineEntry = EngineConfigList['engines'][number];

export interface EnginesState {
  /** How the engines are reached; null until the main process has told it. */
  list: EngineConfigList | null;
  /** Why it is not known. */
  problem: Problem | null;
}

export type EnginesStore = StoreApi<EnginesState>;

export const createEnginesStore = (): EnginesStore =>
  createStore<EnginesState>(() => ({ list: null, problem: null }));

export const findEntry = ({ list }: EnginesState, engineId: string): EngineEntry | undefined =>
  list?.engines.find((each) => each.id === engineId);

/** An entry and what is known of its engine. */
export interface HostEntry {
  id: string;
  name: string;
  group?: string;
  position: number;
  entry: EngineEntry;
  /** Absent for the moment between an entry and its first connection. */
  engine: Engine | undefined;
}

/** The hosts as the admin arranged them, group by group. */
export function hostEntries(list: EngineConfigList, engines: readonly Engine[]) {
  const byId = new Map(engines.map((engine) => [engine.id, engine]));
  const hosts = list.engines.map((entry, position): HostEntry => {
    const engine = byId.get(entry.id);
    const { id, group } = entry;
    return {
      id,
      name: entry.name ?? hostNameOf(engine, id),
      ...(group && { group }),
      position,
      entry,
      engine,
    };
  });
  return groupEngines(hosts);
}

/** Groups that there are, for choosing one again. */
export const groupNames = (list: EngineConfigList | null): string[] => [
  ...new Set(list?.engines.flatMap((each) => each.group ?? []) ?? []),
];

/** Sites that there are, of hosts and of single NICs, for choosing one again. */
export const siteNames = (list: EngineConfigList | null): string[] => [
  ...new Set(
    list?.engines.flatMap(({ site, lans = {} }) => [...(site ? [site] : []), ...Object.values(lans)]) ?? [],
  ),
];
