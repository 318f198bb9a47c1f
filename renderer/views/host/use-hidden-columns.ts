import { useCallback, useState, type RefCallback } from 'react';

// Less than a column's own margin hides nothing that one could read.
const margin = 12;
const hasMore = (box: HTMLElement): boolean => box.scrollWidth - box.clientWidth - box.scrollLeft > margin;

/**
 * Whether columns lie beyond the right edge of a box that scrolls. Scrollbars alone don't tell: some systems show them only
 * while one scrolls.
 */
export function useHiddenColumns(): {
  hidden: boolean;
  box: RefCallback<HTMLElement>;
  onScroll: (event: { currentTarget: HTMLElement }) => void;
} {
  const [hidden, setHidden] = useState(false);
  const box = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const look = () => setHidden(hasMore(element));
    look();
    const observer = new ResizeObserver(look);
    for (const each of [element, ...element.children]) observer.observe(each);
    return () => observer.disconnect();
  }, []);
  return { hidden, box, onScroll: ({ currentTarget }) => setHidden(hasMore(currentTarget)) };
}
