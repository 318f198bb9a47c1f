import { useState } from 'react';
import type { SearchResult } from './results';

/**
 * Which result Enter takes: the first, or the one the arrow keys went to. That one stays chosen while the picture
 * changes around it, until it is gone or something else is looked for.
 */
export function useChoice(results: readonly SearchResult[], query: string) {
  const [moved, setMoved] = useState({ query: '', key: '' });
  const at = moved.query === query ? results.findIndex(({ key }) => key === moved.key) : -1;
  const index = Math.max(at, 0);
  /** Goes on by so many results; past the last comes the first. */
  const move = (by: 1 | -1) => {
    const next = results[(index + by + results.length) % results.length];
    if (next) setMoved({ query, key: next.key });
  };
  return { choice: results[index], move };
}
