import { useEffect, useRef } from 'react';
import { useInventory } from '../context';

/** So often at most, however much happens on the hosts; milliseconds. */
const every = 500;

/** Calls `refresh` soon after the inventory has moved on, or `beside`, which counts other news; not while `paused`. */
export function useFollow(refresh: () => void, paused: boolean, beside = 0): void {
  const inventory = useInventory(({ snapshot }) => snapshot.revision);
  const revision = `${String(inventory)} ${String(beside)}`;
  const seen = useRef(revision);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef({ refresh, paused });
  useEffect(() => {
    latest.current = { refresh, paused };
  });
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    // One that waits already serves: put off by each change, it would never come while many are made.
    timer.current ??= setTimeout(() => {
      timer.current = null;
      if (!latest.current.paused) latest.current.refresh();
    }, every);
  }, [revision]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
