import { useEffect, useState } from 'react';

/** What is younger than this is told by the second, and what is older now and then. Milliseconds. */
const young = 60_000;
const every = { young: 1_000, old: 10_000 };

/** Now, milliseconds since the epoch, kept true enough to tell how long ago `at` was. */
export function useNow(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  const isYoung = now - at < young;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), isYoung ? every.young : every.old);
    return () => clearInterval(timer);
  }, [isYoung]);
  return now;
}
