import { useStore } from 'zustand';
import { isChanging } from '../store/changes';
import { useApp, useSegments } from './context';

/**
 * Whether a change runs on a segment, or has ended so lately that the plan is not read again yet: what is there then is
 * neither as planned nor amiss.
 */
export function useSegmentChanging(segmentId: string): boolean {
  const { stores } = useApp();
  const changing = useStore(stores.changes, (state) => isChanging(state, segmentId));
  const settling = useSegments((state) => state.settling.includes(segmentId));
  return changing || settling;
}
