import { useMemo } from 'react';
import { tagSegments, type SegmentTags } from '../graph';
import type { SegmentScene } from '../store/segments';
import { segmentSwatches } from '../theme/lan-colours';
import { useApp, useInventory, useSegments } from './context';

/** The segments with their members as they are now, and what could become one. */
export function useSegmentScene(): SegmentScene {
  const { stores } = useApp();
  const plan = useSegments((state) => state.plan);
  const engines = useInventory((state) => state.snapshot.engines);
  const networks = useInventory((state) => state.snapshot.networks);
  return useMemo(() => stores.segmentView(plan, { engines, networks }), [stores, plan, engines, networks]);
}

/** The segments as picture and filters speak of them. */
export function useSegmentTags(): SegmentTags {
  const { segments } = useSegmentScene();
  return useMemo(() => tagSegments(segments, segmentSwatches), [segments]);
}
