import { useEffect, useRef, useState } from 'react';
import { useApp, useInventory } from '../../app/context';

/** So often at most, however much happens on the hosts; milliseconds. */
const every = 500;

/** Counts what was heard on the LANs of the hosts. */
function useAnswers(): number {
  const { api } = useApp();
  const [heard, setHeard] = useState(0);
  useEffect(() => api.on('addresses.answered', () => setHeard((now) => now + 1)), [api]);
  return heard;
}

/** Calls `refresh` soon after the inventory has moved on, or an address was found to be answered; not while `paused`. */
export function useFollow(refresh: () => void, paused: boolean): void {
  const inventory = useInventory(({ snapshot }) => snapshot.revision);
  const answers = useAnswers();
  const revision = `${String(inventory)} ${String(answers)}`;
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
