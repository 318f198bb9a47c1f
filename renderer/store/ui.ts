import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  ContainerState,
  ImportedSegment,
  NetworkKind,
  Problem,
  Segment,
  SegmentRequest,
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

/**
 * What each kind of dialog is opened with. A feature of the window declares its own in its `feature.ts`, so that a dialog that
 * none of them draws does not compile.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declarations
export interface Dialogs {}

export type DialogKind = keyof Dialogs;

type Flat<T> = { [P in keyof T]: T[P] };

/** The dialog that is open. */
export type Dialog<K extends DialogKind = DialogKind> = {
  [P in K]: Flat<{ kind: P } & Dialogs[P]>;
}[K];

/** Set for a dialog that was opened from another one, and goes back to it: what that is opened with then. */
export type Back = Dialog;

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
  /** Raised to put the focus on what is selected, so that its keys are there. */
  focusRequests: number;
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
    focusRequests: 0,
  }));

/** Toasts lie under a dialog, whose preview and buttons they would hide; the log and the grid of addresses have neither. */
export const toastsInReach = ({ dialog }: Pick<UiState, 'dialog'>): boolean =>
  dialog === null || dialog.kind === 'change-log' || dialog.kind === 'addresses';

/** LANs and interfaces are what the console makes of networks: no engine has JSON of one. */
export const isOfEngine = (selection: Selection): selection is EngineSelection =>
  selection.kind !== 'lan' && selection.kind !== 'nic';

export const sameSelection = (a: Selection | null, b: Selection | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
