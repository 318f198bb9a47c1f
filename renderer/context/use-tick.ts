import { useCallback, useSyncExternalStore } from 'react';
import { useApp } from './context';

/** Draws whoever uses it anew at each tick of the traffic, once a second. @returns when it was taken, epoch ms */
export function useTick(): number {
  const { traffic } = useApp().stores;
  const subscribe = useCallback((listener: () => void) => traffic.subscribeAll(listener), [traffic]);
  return useSyncExternalStore(subscribe, () => traffic.lastAt());
}
