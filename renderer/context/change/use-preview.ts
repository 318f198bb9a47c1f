import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangePreview, ChangeRequest, Problem } from '../../../shared/model';
import { useApp } from '../context';
import { usePushCount } from '../use-push-count';
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
  /**
   * The newest answer to the present request, without waiting for typing to settle. Null where there is none, and where
   * nobody asks for it any more: meanwhile the form was edited, or closed.
   */
  now: () => Promise<ChangePreview | null>;
  /** Asks again: the inventory has moved on. */
  again: () => void;
}

/** Asks the main process; an answer that was overtaken is dropped. */
function useAsk(onAnswer: (answer: Answer) => void) {
  const { api } = useApp();
  const newest = useRef<{ key: string; answer: Promise<Answer> } | null>(null);
  const ask = useCallback(
    (key: string): Promise<Answer> => {
      const asking = api
        .invoke('change.preview', { request: JSON.parse(key) as ChangeRequest })
        .then((result): Answer => {
          const answer: Answer = result.ok
            ? { key, preview: result.value, problem: null }
            : { key, preview: null, problem: result.error };
          if (newest.current?.answer === asking) {
            newest.current = null;
            onAnswer(answer);
          }
          return answer;
        });
      newest.current = { key, answer: asking };
      return asking;
    },
    [api, onAnswer],
  );
  /** The answer that is on its way. */
  const coming = useCallback(
    (key: string) => (newest.current?.key === key ? newest.current.answer : null),
    [],
  );
  return { ask, coming };
}

/**
 * What a change would do: previewed at once, again when the request changes, and as the hosts go on. Kept as it is while
 * `held`. A null request: not yet.
 */
export function usePreview(
  request: ChangeRequest | null,
  initial: ChangePreview | undefined,
  held: boolean,
): Preview {
  const key = request && JSON.stringify(request);
  const [answer, setAnswer] = useState<Answer | null>(() =>
    initial && key ? { key: JSON.stringify(initial.request), preview: initial, problem: null } : null,
  );
  const [round, setRound] = useState(0);
  const asked = useRef(false);
  const present = useRef<string | null>(null);
  useEffect(() => {
    present.current = key;
    return () => {
      present.current = null;
    };
  }, [key]);
  const { ask, coming } = useAsk(setAnswer);

  const settled = answer?.key === key;
  useEffect(() => {
    if (!key || settled) return;
    const wait = asked.current ? debounce : 0;
    asked.current = true;
    const timer = setTimeout(() => void (coming(key) ?? ask(key)), wait);
    return () => clearTimeout(timer);
  }, [ask, coming, key, settled, round]);
  // What is asked for already, or is being typed, comes with the present inventory anyway.
  const refresh = () => {
    if (key && settled) void ask(key);
  };
  useFollow(refresh, held, usePushCount('addresses.answered', 'policies.changed'));

  return {
    preview: answer?.preview ?? null,
    problem: answer?.problem ?? null,
    pending: key !== null && !settled,
    now: async () => {
      if (!key) return null;
      let newest = settled && !coming(key) ? answer : await (coming(key) ?? ask(key));
      for (let next = coming(key); next; next = coming(key)) newest = await next;
      return present.current === key ? newest.preview : null;
    },
    again: () => {
      setAnswer((now) => (now ? { ...now, key: '' } : now));
      setRound((now) => now + 1);
    },
  };
}
