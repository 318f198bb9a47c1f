import { useEffect, useLayoutEffect, useRef } from 'react';

const inFront = '[role="dialog"], [role="menu"]';

/**
 * Where the focus was before a dialog took it, or before the menu did that opened the dialog. Mantine gives the focus back
 * only to what closes before it goes, and our dialogs go at once: keys would begin at the top of the window again.
 */
export function useFocusBack(open: boolean): void {
  const last = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(open);

  useEffect(() => {
    const onIn = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement || target instanceof SVGElement)
        if (!target.closest(inFront)) last.current = target as HTMLElement;
    };
    // A click on what takes no focus: nothing has it from then on.
    const onOut = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget === null && target === last.current) last.current = null;
    };
    document.addEventListener('focusin', onIn);
    document.addEventListener('focusout', onOut);
    return () => {
      document.removeEventListener('focusin', onIn);
      document.removeEventListener('focusout', onOut);
    };
  }, []);

  useLayoutEffect(() => {
    const closed = wasOpen.current && !open;
    wasOpen.current = open;
    if (closed && document.activeElement === document.body) last.current?.focus({ preventScroll: true });
  }, [open]);
}
