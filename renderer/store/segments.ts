import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem, Segment, SegmentList, SegmentView, Snapshot } from '../../shared/model';
import { recogniseSegments, segmentCandidates } from '../../shared/rules';

export interface SegmentsState {
  /** The plan's segments; null until the main process has told them. */
  plan: Segment[] | null;
  /** Why they are not known. */
  problem: Problem | null;
}

export type SegmentsStore = StoreApi<SegmentsState>;

export const createSegmentsStore = (): SegmentsStore =>
  createStore<SegmentsState>(() => ({ plan: null, problem: null }));

export const withList = (list: SegmentList): SegmentsState => ({
  plan: list.segments.map((view) => view.segment),
  problem: null,
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
