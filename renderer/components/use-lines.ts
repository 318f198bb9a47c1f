import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';

interface Options {
  count: number;
  /** Of each line, pixels. */
  height: number;
  /** So many are drawn beyond those in view: selecting and finding work in them as in any text. */
  overscan: number;
  /** The line that is kept in view, where there is one. */
  current: number | undefined;
  align?: 'auto' | 'center';
}

/** Many lines of one height, of which only those in view are drawn: `frame` goes to the element that scrolls. */
export function useLines({ count, height, overscan, current, align = 'auto' }: Options) {
  const frame = useRef<HTMLDivElement>(null);
  // Its functions are only called here, never handed to anything memoised.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan,
  });
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current, { align });
    // The virtualizer is the same object throughout.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);
  return { frame, items: virtual.getVirtualItems(), total: virtual.getTotalSize() };
}
