import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Fields that are marked, and sentences of what has no field of its own. */
const wrong = ':is([aria-invalid="true"]:not(:disabled), [role="alert"])';

/** Brings the first thing that is wrong in a form into view, and puts the focus on it, once it is drawn. */
export function useFirstWrong(): [RefObject<HTMLFormElement | null>, () => void] {
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState(0);
  useLayoutEffect(() => {
    if (asked === 0) return;
    const all = form.current;
    // What no field is to blame for is told beside them.
    const first =
      all?.querySelector<HTMLElement>(`[data-fields] ${wrong}`) ?? all?.querySelector<HTMLElement>(wrong);
    if (!first) return;
    // A sentence takes the focus only when it is given to it.
    if (first.role === 'alert') first.tabIndex = -1;
    first.scrollIntoView({ block: 'center' });
    first.focus({ preventScroll: true });
  }, [asked]);
  return [form, () => setAsked((now) => now + 1)];
}
