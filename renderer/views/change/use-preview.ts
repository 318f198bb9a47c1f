import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangePreview, ChangeRequest, Problem } from '../../../shared/model';
import { useApp } from '../../app/context';
import { usePushCount } from '../../app/use-push-count';
import { useFollow } from './use-follow';

/** Typing settles for this long before the main process is asked, milliseconds. */
const debounce = 150;

interface Answer {
  /** The request it is about. */
  key: string;
  preview: ChangePreview | null;
  problem: Problem | null;
}

export interface Preview {
  preview: ChangePreview | null;
  /** Why there is no preview at all. */
  problem: Problem | null;
  /** What is shown answers an earlier request. */
  pending: boolean;
  /** The answer to the present request, without waiting for typing to settle. */
  now: () => Promise<ChangePreview | null>;
  /** Asks again: the inventory has moved on. */
  again: () => void;
}

/**
 * What a change would do: previewed at once, again when the request changes, and as the hosts go on; an answer that was
 * overtaken is dropped. Kept as it is while `applying`. A null request: not yet.
 */
export function usePreview(
  request: ChangeRequest | null,
  initial: ChangePreview | undefined,
  applying: boolean,
): Preview {
  const { api } = useApp();
  const key = request && JSON.stringify(request);
  const [answer, setAnswer] = useState<Answer | null>(() =>
    initial && key ? { key: JSON.stringify(initial.request), preview: initial, problem: null } : null,
  );
  const [round, setRound] = useState(0);
  const latest = useRef<string | null>(null);
  const asked = useRef(false);

  const ask = useCallback(
    async (wanted: string): Promise<Answer> => {
      latest.current = wanted;
      const result = await api.invoke('change.preview', { request: JSON.parse(wanted) as ChangeRequest });
      const next: Answer = result.ok
        ? { key: wanted, preview: result.value, problem: null }
        : { key: wanted, preview: null, problem: result.error };
      if (latest.current === wanted) setAnswer(next);
      return next;
    },
    [api],
  );

  const settled = answer?.key === key;
  useEffect(() => {
    if (!key || settled) return;
    const wait = asked.current ? debounce : 0;
    asked.current = true;
    const timer = setTimeout(() => void ask(key), wait);
    return () => clearTimeout(timer);
  }, [ask, key, settled, round]);
  // What is asked for already, or is being typed, comes with the present inventory anyway.
  const refresh = () => {
    if (key && settled) void ask(key);
  };
  useFollow(refresh, applying, usePushCount('addresses.answered', 'shims.changed'));

  return {
    preview: answer?.preview ?? null,
    problem: answer?.problem ?? null,
    pending: key !== null && !settled,
    now: async () => {
      if (!key) return null;
      return (settled ? answer : await ask(key))?.preview ?? null;
    },
    again: () => {
      setAnswer((now) => (now ? { ...now, key: '' } : now));
      setRound((now) => now + 1);
    },
  };
}
