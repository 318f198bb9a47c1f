import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the heads of a table in sight while the dialog around it scrolls down. CSS alone would keep them at the top of the box
 * in which the table goes sideways, which does not scroll down.
 */
export function useHeadInSight(): RefObject<HTMLTableSectionElement | null> {
  const ref = useRef<HTMLTableSectionElement>(null);
  useLayoutEffect(() => {
    const head = ref.current;
    const table = head?.closest('table');
    if (!head || !table) return;
    const title = head.closest('[role="dialog"]')?.querySelector('.mantine-Modal-header');
    const place = () => {
      const { top, height } = table.getBoundingClientRect();
      const hidden = (title?.getBoundingClientRect().bottom ?? 0) - top;
      const last = table.tBodies[0]?.rows[table.tBodies[0].rows.length - 1];
      // The last row is not covered: it goes, and the heads with it.
      const room = height - head.getBoundingClientRect().height - (last?.getBoundingClientRect().height ?? 0);
      const by = Math.round(Math.max(0, Math.min(hidden, room)));
      head.style.transform = by > 0 ? `translateY(${String(by)}px)` : '';
    };
    place();
    // Scrolling does not bubble.
    const options = { capture: true, passive: true } as const;
    document.addEventListener('scroll', place, options);
    window.addEventListener('resize', place);
    return () => {
      document.removeEventListener('scroll', place, options);
      window.removeEventListener('resize', place);
    };
  });
  return ref;
}
