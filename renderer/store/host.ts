import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  AddressConflict,
  DhcpStatus,
  HostFacts,
  PolicyStatus,
  Problem,
  ShimStatus,
  ToolboxConsent,
  ToolboxDescription,
} from '../../shared/model';
import { kept } from './kept';
import { leaseKey, leasesIn } from './leases';

/** What is known of one host's interfaces: the last look stays while another is under way or has failed. */
export interface Look {
  facts: HostFacts | null;
  /** Since when its engine was online when it was last looked into by itself; null before. */
  askedFor: number | null;
  problem: Problem | null;
  looking: boolean;
}

export interface HostState {
  /** Null until asked for. */
  toolbox: ToolboxDescription | null;
  /** By engine id. */
  looks: Readonly<Record<string, Look>>;
  /** The shims that are kept. */
  shims: readonly ShimStatus[];
  /** Attachments whose addresses the LAN's own DHCP server gives; null until told. */
  leases: readonly DhcpStatus[] | null;
  /** Addresses for which another device answers; null until told. */
  conflicts: readonly AddressConflict[] | null;
}

export type HostStore = StoreApi<HostState>;

export const createHostStore = (): HostStore =>
  createStore<HostState>(() => ({ toolbox: null, looks: {}, shims: [], leases: null, conflicts: null }));

/** All policies as they were told last, each kind apart. */
export const withPolicies = (
  { leases }: Pick<HostState, 'leases'>,
  policies: readonly PolicyStatus[],
): Pick<HostState, 'leases' | 'shims'> => ({
  leases: kept(leases, leasesIn(policies), leaseKey),
  shims: policies.filter((each) => each.kind === 'shim'),
});

const never: Look = { facts: null, askedFor: null, problem: null, looking: false };

export const lookOf = (state: HostState, engineId: string): Look => state.looks[engineId] ?? never;

/** What is known of the toolbox on one host. */
export const toolboxOn = (
  toolbox: ToolboxDescription | null,
  engineId: string,
): ToolboxDescription['engines'][number] | undefined =>
  toolbox?.engines.find((each) => each.engineId === engineId);

/** Null until the description is there. */
export const consentOf = ({ toolbox }: HostState, engineId: string): ToolboxConsent | null =>
  toolbox && (toolboxOn(toolbox, engineId)?.consent ?? 'unasked');

export const withLook = (state: HostState, engineId: string, look: Partial<Look>): Partial<HostState> => ({
  looks: { ...state.looks, [engineId]: { ...lookOf(state, engineId), ...look } },
});

/** A new description; what was seen of hosts that may no longer be looked into is forgotten. */
export const withToolbox = (state: HostState, toolbox: ToolboxDescription): Partial<HostState> => {
  const allowed = new Set(
    toolbox.engines.filter((each) => each.consent === 'granted').map((each) => each.engineId),
  );
  const looks = Object.fromEntries(Object.entries(state.looks).filter(([id]) => allowed.has(id)));
  return { toolbox, looks };
};
