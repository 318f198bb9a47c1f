import { useCallback, useEffect, useRef } from 'react';
import { useApp } from '../../context/context';
import type { Point } from '../../graph';

const saveAfter = 300;

/** Collapses or expands a host; kept with the other preferences. */
export function useCollapse(): (engineId: string) => void {
  const { api, stores } = useApp();
  return useCallback(
    (engineId: string) => {
      const { collapsed } = stores.preferences.getState();
      const next = collapsed.includes(engineId)
        ? collapsed.filter((each) => each !== engineId)
        : [...collapsed, engineId];
      stores.preferences.setState({ collapsed: next });
      void api.invoke('preferences.set', { collapsed: next });
    },
    [api, stores],
  );
}

export interface PositionKeeper {
  put(nodeId: string, at: Point): void;
  /** Back to the layout's own place. */
  forget(nodeId: string): void;
  forgetAll(): void;
}

/** Positions of the admin's own: shown at once, saved a little later so that a long rearranging is one write. */
export function usePositions(): PositionKeeper {
  const { api, stores } = useApp();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const save = useCallback(
    (positions: Record<string, Point>) => {
      stores.preferences.setState({ positions });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void api.invoke('preferences.set', { positions }), saveAfter);
    },
    [api, stores],
  );
  return {
    put: (nodeId, at) => save({ ...stores.preferences.getState().positions, [nodeId]: at }),
    forget: (nodeId) => {
      const { [nodeId]: _gone, ...rest } = stores.preferences.getState().positions;
      save(rest);
    },
    forgetAll: () => save({}),
  };
}
