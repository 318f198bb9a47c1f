import { createChangesStore, type ChangesStore } from './changes';
import { createEnginesStore, type EnginesStore } from './engines';
import { createGuardsStore, type GuardsStore } from './guards';
import { createHostStore, type HostStore } from './host';
import { Latest } from './latest';
import { createInventoryStore, type InventoryStore } from './inventory';
import { createPreferencesStore, type PreferencesStore } from './preferences';
import { createRunsStore, type RunsStore } from './runs';
import { createSegmentsStore, createSegmentView, type SegmentsStore, type SegmentViewer } from './segments';
import { TrafficStore } from './traffic';
import { createUiStore, type UiStore } from './ui';

/** Everything that the window knows. Made once at start and handed down by context; tests make their own. */
export interface Stores {
  inventory: InventoryStore;
  traffic: TrafficStore;
  changes: ChangesStore;
  segments: SegmentsStore;
  /** The plan against the inventory, remembered for all that show it. */
  segmentView: SegmentViewer;
  /** How the engines are reached. */
  engines: EnginesStore;
  /** Consent, interfaces and shims of the hosts. */
  host: HostStore;
  /** Which description of the toolbox is the newest: one waits for all engines, and may be overtaken. */
  described: Latest;
  /** Containers whose addresses come back. */
  guards: GuardsStore;
  /** What takes its time, under way and over. */
  runs: RunsStore;
  preferences: PreferencesStore;
  ui: UiStore;
}

export const createStores = (): Stores => ({
  inventory: createInventoryStore(),
  traffic: new TrafficStore(),
  changes: createChangesStore(),
  segments: createSegmentsStore(),
  segmentView: createSegmentView(),
  engines: createEnginesStore(),
  host: createHostStore(),
  described: new Latest(),
  guards: createGuardsStore(),
  runs: createRunsStore(),
  preferences: createPreferencesStore(),
  ui: createUiStore(),
});
