import { useEffect, useState } from 'react';
import type { PushName } from '../../shared/contract';
import { useApp } from './context';

/** Counts these pushes: after each, what was asked before may be answered otherwise. */
export function usePushCount(...names: readonly PushName[]): number {
  const { api } = useApp();
  const [count, setCount] = useState(0);
  const wanted = names.join(' ');
  useEffect(() => {
    const more = () => setCount((now) => now + 1);
    const ends = (wanted.split(' ') as PushName[]).map((name) => api.on(name, more));
    return () => ends.forEach((end) => end());
  }, [api, wanted]);
  return count;
}
