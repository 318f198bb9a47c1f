import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Problem,
  Segment,
  SegmentList,
  SegmentProgress,
  SegmentRecord,
  SegmentView,
  Snapshot,
} from '../../shared/model';
import { recogniseSegments, segmentCandidates } from '../../shared/rules';

export interface SegmentsState {
  /** The plan's segments; null until the main process has told them. */
  plan: Segment[] | null;
  /** Why they are not known. */
  problem: Problem | null;
  /** Changes that began or ended while this window was open, newest first. */
  records: SegmentRecord[];
  /** Changes under way: by change id, then by engine id. */
  progress: Record<string, Record<string, SegmentProgress>>;
}

export type SegmentsStore = StoreApi<SegmentsState>;

const kept = 200;

export const createSegmentsStore = (): SegmentsStore =>
  createStore<SegmentsState>(() => ({ plan: null, problem: null, records: [], progress: {} }));

/** Pure transitions. */
export const withList = (state: SegmentsState, list: SegmentList): SegmentsState => ({
  ...state,
  plan: list.segments.map((view) => view.segment),
  problem: null,
});

export const withSegmentRecord = (state: SegmentsState, record: SegmentRecord): SegmentsState => {
  const { [record.id]: under, ...others } = state.progress;
  const progress = record.state === 'applying' && under ? { ...others, [record.id]: under } : others;
  const known = state.records.some((each) => each.id === record.id);
  const records = known
    ? state.records.map((each) => (each.id === record.id ? record : each))
    : [record, ...state.records].slice(0, kept);
  return { ...state, progress, records };
};

export const withSegmentProgress = (state: SegmentsState, progress: SegmentProgress): SegmentsState => ({
  ...state,
  progress: {
    ...state.progress,
    [progress.id]: { ...state.progress[progress.id], [progress.engineId]: progress },
  },
});

/** What is planned and what is there, in one piece. */
export interface SegmentScene {
  segments: SegmentView[];
  /** Networks that look like one segment and are in no plan. */
  candidates: Segment[];
}

export const noSegments: SegmentScene = { segments: [], candidates: [] };

export type SegmentViewer = (
  plan: readonly Segment[] | null,
  snapshot: Pick<Snapshot, 'engines' | 'networks'>,
) => SegmentScene;

/**
 * The plan against the engines as this window knows them. By the same rules as `segments.list`, and in the same
 * moment as the picture: a round trip to the main process for each network event would be late by one.
 */
export function createSegmentView(): SegmentViewer {
  let last: { plan: unknown; engines: unknown; networks: unknown; scene: SegmentScene } | null = null;
  return (plan, { engines, networks }) => {
    if (plan === null) return noSegments;
    if (last && last.plan === plan && last.engines === engines && last.networks === networks)
      return last.scene;
    const inventory = { engines, networks };
    const scene = {
      segments: recogniseSegments(plan, inventory),
      candidates: segmentCandidates(plan, inventory),
    };
    last = { plan, engines, networks, scene };
    return scene;
  };
}
