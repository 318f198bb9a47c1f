import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangePreview, ChangeRequest, Problem, Result } from '../../../shared/model';
import { useApp } from '../../app/context';
import { usePushCount } from '../../app/use-push-count';
import { useFollow } from './use-follow';

/** Typing settles for this long before the main process is asked, milliseconds. */
const debounce = 150;

interface Answer<P> {
  /** The request it is about. */
  key: string;
  preview: P | null;
  problem: Problem | null;
}

export interface Preview<P> {
  preview: P | null;
  /** Why there is no preview at all. */
  problem: Problem | null;
  /** What is shown answers an earlier request. */
  pending: boolean;
  /** The answer to the present request, without waiting for typing to settle. */
  now: () => Promise<P | null>;
  /** Asks again: the inventory has moved on. */
  again: () => void;
  /** Asks again and shows what stands until the answer is there. */
  refresh: () => void;
}

/**
 * Previews `request` at once, and again when it changes; an answer that was overtaken is dropped. Null: not yet.
 * @param invoke asks the main process; the same function as long as nothing else is meant
 */
export function usePreviewOf<R, P extends { request: R }>(
  invoke: (request: R) => Promise<Result<P>>,
  request: R | null,
  initial?: P,
): Preview<P> {
  const key = request && JSON.stringify(request);
  const [answer, setAnswer] = useState<Answer<P> | null>(() =>
    initial && key ? { key: JSON.stringify(initial.request), preview: initial, problem: null } : null,
  );
  const [round, setRound] = useState(0);
  const latest = useRef<string | null>(null);
  const asked = useRef(false);

  const ask = useCallback(
    async (wanted: string): Promise<Answer<P>> => {
      latest.current = wanted;
      const result = await invoke(JSON.parse(wanted) as R);
      const next: Answer<P> = result.ok
        ? { key: wanted, preview: result.value, problem: null }
        : { key: wanted, preview: null, problem: result.error };
      if (latest.current === wanted) setAnswer(next);
      return next;
    },
    [invoke],
  );

  const settled = answer?.key === key;
  useEffect(() => {
    if (!key || settled) return;
    const wait = asked.current ? debounce : 0;
    asked.current = true;
    const timer = setTimeout(() => void ask(key), wait);
    return () => clearTimeout(timer);
  }, [ask, key, settled, round]);

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
    // What is asked for already, or is being typed, comes with the present inventory anyway.
    refresh: () => {
      if (key && settled) void ask(key);
    },
  };
}

/** What a single change would do, as the inventory stands; kept as it is while `applying`. */
export function usePreview(
  request: ChangeRequest | null,
  initial: ChangePreview | undefined,
  applying: boolean,
): Preview<ChangePreview> {
  const { api } = useApp();
  const invoke = useCallback(
    (wanted: ChangeRequest) => api.invoke('change.preview', { request: wanted }),
    [api],
  );
  const preview = usePreviewOf(invoke, request, initial);
  useFollow(preview.refresh, applying, usePushCount('addresses.answered'));
  return preview;
}
