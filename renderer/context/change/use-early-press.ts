import { useState, type KeyboardEvent } from 'react';
import type { Unread } from '../../components/dialog/DialogFooter';
import type { ChangeFlow } from './use-change-flow';

interface EarlyPress {
  /** For the form: catches Enter while its button is disabled, which would swallow it. */
  onKeyDown: (event: KeyboardEvent<HTMLFormElement>) => void;
  unread: Unread | null;
  /** Apply was pressed in time, or the admin has typed on: nothing is to be shown for the earlier press. */
  takeBack: () => void;
}

/**
 * Enter in a field while there is no plan to apply: it is kept, and applies nothing. When the plan is there it is told so,
 * with the focus on Apply.
 *
 * @param awaits the plan, or an answer that it needs, is on its way
 */
export function useEarlyPress(
  awaits: boolean,
  { unread, problems, pending }: Pick<ChangeFlow, 'unread' | 'problems' | 'pending'>,
): EarlyPress {
  const [early, setEarly] = useState(false);
  const ready = !awaits && !pending && problems.length === 0;
  return {
    onKeyDown: (event) => {
      // That Enter takes a word of the input method.
      if (event.nativeEvent.isComposing) return;
      // Enter on a button or a link is theirs.
      if (awaits && event.key === 'Enter' && event.target instanceof HTMLInputElement) setEarly(true);
    },
    unread: ready ? (unread ?? (early ? 'first' : null)) : null,
    takeBack: () => setEarly(false),
  };
}
