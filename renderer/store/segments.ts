import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem, Segment, SegmentList, SegmentView, Snapshot } from '../../shared/model';
import { recogniseSegments, segmentCandidates } from '../../shared/rules';

export interface SegmentsState {
  /** The plan's segments; null until the main process has told them. */
  plan: Segment[] | null;
  /** Why they are not known. */
  problem: Problem | null;
  /** Ids of segments that a change has just ended on, until the plan is read again after it. */
  settling: readonly string[];
}

export type SegmentsStore = StoreApi<SegmentsState>;

export const createSegmentsStore = (): SegmentsStore =>
  createStore<SegmentsState>(() => ({ plan: null, problem: null, settling: [] }));

/** The plan as it was read. */
export const withList = (state: SegmentsState, list: SegmentList): SegmentsState => ({
  ...state,
  plan: list.segments.map((view) => view.segment),
  problem: null,
});

/** A change has ended on a segment: until the plan is read again, what is there is not held against the old one. */
export const withSettling = (state: SegmentsState, id: string): SegmentsState => ({
  ...state,
  settling: [...state.settling, id],
});

/** The plan was read after it. */
export const withSettled = (state: SegmentsState, id: string): SegmentsState => {
  const at = state.settling.indexOf(id);
  return at < 0 ? state : { ...state, settling: state.settling.toSpliced(at, 1) };
};

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
