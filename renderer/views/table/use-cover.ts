import { useEffect, type RefObject } from 'react';
import { cutOff } from './widths';

/** Covers what is seen only in part of the last column before the row's menu. */
export function coverCut(table: HTMLElement): void {
  const headings = [...table.querySelectorAll<HTMLElement>('[role=columnheader]')];
  const last = headings.at(-1);
  if (!last) return;
  // The first and the last stick to the edges, and are nowhere else.
  const edges = headings.slice(1, -1).map(({ offsetLeft, offsetWidth }) => ({
    left: offsetLeft,
    right: offsetLeft + offsetWidth,
  }));
  const end = table.scrollLeft + table.clientWidth - last.offsetWidth;
  table.style.setProperty('--cover', `${String(cutOff(edges, end))}px`);
}

/** The same whenever the table gets another size, or its columns other widths. */
export function useCover(table: RefObject<HTMLElement | null>, template: string): void {
  useEffect(() => {
    const box = table.current;
    if (!box) return;
    coverCut(box);
    const observer = new ResizeObserver(() => coverCut(box));
    observer.observe(box);
    return () => observer.disconnect();
  }, [table, template]);
}
