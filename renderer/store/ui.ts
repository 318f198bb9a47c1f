import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  ChangePreview,
  ContainerState,
  EngineRequest,
  ImportedSegment,
  NetworkKind,
  Problem,
  RecoverAction,
  Segment,
  SegmentRequest,
  ShimRequest,
} from '../../shared/model';

/** Which network on which host. */
export interface NetworkRef {
  engineId: string;
  networkId: string;
}

/** What an engine itself knows: it has JSON and traffic of its own. An edge is a container's attachment to a network. */
export type EngineSelection =
  | { kind: 'engine'; engineId: string }
  | { kind: 'network'; engineId: string; id: string }
  | { kind: 'container'; engineId: string; id: string }
  | { kind: 'attachment'; engineId: string; containerId: string; networkId: string };

/** What the inspector shows. */
export type Selection =
  | EngineSelection
  /** A band of the picture by its key, and one of its networks: filters can change the key. */
  | { kind: 'lan'; key: string; network: NetworkRef }
  /** `eth0`, or `eth0.20` for a VLAN link. */
  | { kind: 'nic'; engineId: string; name: string };

/** Empty lists filter nothing. */
export interface Filters {
  engines: string[];
  /** Names; an empty one is for hosts without a group. */
  groups: string[];
  drivers: NetworkKind[];
  states: ContainerState[];
  /** Names, as the segments have them. */
  tenants: string[];
}

export const noFilters: Filters = { engines: [], groups: [], drivers: [], states: [], tenants: [] };

/** What the segment form is opened for. */
export type SegmentPurpose =
  | { kind: 'create'; from?: ImportedSegment }
  | { kind: 'edit'; segmentId: string }
  /** `engineId` and `nic` as the gesture chose them. */
  | { kind: 'add-host'; segmentId: string; engineId?: string; nic?: string }
  | { kind: 'adopt'; segment: Segment };

/** Segment requests with nothing to fill in but, for an attach, address and NIC. */
export type PlainSegmentRequest = Exclude<SegmentRequest, { kind: 'create-segment' | 'add-segment-host' }>;

/** Set for a dialog that was opened from the list of hosts, and goes back to it. */
export type Back = 'engines';

/** The dialog that is open. A change dialog previews `request` and lets the admin edit its address. */
export type Dialog =
  | { kind: 'change'; request: EngineRequest | ShimRequest; preview?: ChangePreview }
  /** `from`: the network that it leaves for the one chosen; without, it gains one more. */
  | { kind: 'attach'; engineId: string; containerId: string; from?: string | undefined }
  /** `parent`: the interface that it is to stand on, `eth0` or `eth0.20`. */
  | { kind: 'new-network'; engineId?: string; parent?: string }
  | { kind: 'raw'; selection: EngineSelection }
  | { kind: 'segment-form'; purpose: SegmentPurpose }
  | { kind: 'segment-change'; request: PlainSegmentRequest }
  | { kind: 'segment-export'; segmentId: string }
  | { kind: 'segment-import' }
  /** What the toolbox would be given on a host, and whether it may. */
  | { kind: 'toolbox'; engineId: string }
  /** Everything a host has. */
  | { kind: 'host'; engineId: string }
  | { kind: 'shim'; engineId: string; networkId: string }
  /** Who reaches whom; without networks the admin chooses. */
  | { kind: 'isolation'; networks?: NetworkRef[] }
  /** All hosts and the ways to them. */
  | { kind: 'engines' }
  | { kind: 'engine-form'; engineId?: string; back?: Back }
  /** The key that an SSH host showed, to be compared. */
  | { kind: 'engine-key'; engineId: string; back?: Back }
  | { kind: 'engine-unlock'; engineId: string; back?: Back }
  | { kind: 'engine-remove'; engineId: string; back?: Back }
  | { kind: 'change-log' }
  /** What becomes of a change that was cut off. `back`: opened from the change log. */
  | { kind: 'recover'; id: string; action: RecoverAction; back?: 'change-log' }
  | { kind: 'shortcuts' };

/** Whether a dialog is there to change an engine, or needs a helper on one: a read-only console opens none of those. */
export const changing: Readonly<Record<Dialog['kind'], boolean>> = {
  change: true,
  attach: true,
  'new-network': true,
  raw: false,
  'segment-form': true,
  'segment-change': true,
  'segment-export': false,
  'segment-import': true,
  toolbox: true,
  host: true,
  shim: true,
  isolation: true,
  recover: true,
  'change-log': false,
  shortcuts: false,
  // How engines are reached is the console's own.
  engines: false,
  'engine-form': false,
  'engine-key': false,
  'engine-unlock': false,
  'engine-remove': false,
};

export interface UiState {
  selection: Selection | null;
  filters: Filters;
  query: string;
  dialog: Dialog | null;
  /** Files of the console's own folder that can't be written. */
  storage: readonly Problem[];
  /** The list of segments beside the view. */
  segmentsOpen: boolean;
  /** The ids of this window's changes that Ctrl/Cmd+Z takes back one after the other, the newest last. */
  ownChanges: readonly string[];
  /** Raised to ask the topology to fit everything into view; the number only says that it was asked again. */
  fitRequests: number;
  /** Raised to put the cursor into the search field. */
  searchRequests: number;
}

export type UiStore = StoreApi<UiState>;

export const createUiStore = (): UiStore =>
  createStore<UiState>(() => ({
    selection: null,
    filters: noFilters,
    query: '',
    dialog: null,
    storage: [],
    segmentsOpen: false,
    ownChanges: [],
    fitRequests: 0,
    searchRequests: 0,
  }));

/** LANs and interfaces are what the console makes of networks: no engine has JSON of one. */
export const isOfEngine = (selection: Selection): selection is EngineSelection =>
  selection.kind !== 'lan' && selection.kind !== 'nic';

export const sameSelection = (a: Selection | null, b: Selection | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
