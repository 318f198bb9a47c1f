import { useEffect, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import type { Problem, Result } from '../../shared/model';
import { useApp } from './context';

interface Options {
  /** What an answer is about, where that is less than the input: it is kept while the rest is asked anew. */
  about?: string | undefined;
  /** Another value asks again: what was answered may not be so any more. */
  round?: number | string;
  /** Typing settles for this long before anything is asked, milliseconds. */
  wait?: number;
  /** The same before something is asked about the same thing again. */
  waitAgain?: number;
}

/** Asks a command while this is shown, and hands the answer on: never one that was overtaken. Null asks nothing. */
export function useAsk<N extends CommandName>(
  name: N,
  input: CommandInput<N> | null,
  onAnswer: (result: Result<CommandOutput<N>>) => void,
  { about, round = 0, wait = 0, waitAgain = wait }: Options = {},
): void {
  const { api } = useApp();
  const key = input === null ? null : JSON.stringify(input);
  const subject = about ?? key;
  const latest = useRef(onAnswer);
  useEffect(() => {
    latest.current = onAnswer;
  });
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    const ask = async () => {
      const result = await api.invoke(name, JSON.parse(key) as CommandInput<N>);
      if (wanted) latest.current(result);
    };
    const rest = asked.current === subject ? waitAgain : wait;
    asked.current = subject;
    const timer = rest > 0 ? setTimeout(() => void ask(), rest) : undefined;
    if (rest === 0) void ask();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, name, key, subject, round, wait, waitAgain]);
}

export interface Answer<T> {
  value: T | null;
  /** Why there is no value. */
  problem: Problem | null;
  /** Asked, and nothing to show yet; false while the same is asked again. */
  loading: boolean;
}

/** What a command answers, for as long as the same is asked: beside another question it would speak of something else. */
export function useAnswer<N extends CommandName>(
  name: N,
  input: CommandInput<N> | null,
  options: Options = {},
): Answer<CommandOutput<N>> {
  const about = options.about ?? JSON.stringify(input);
  const [answered, setAnswered] = useState<{ about: string; result: Result<CommandOutput<N>> } | null>(null);
  useAsk(name, input, (result) => setAnswered({ about, result }), { ...options, about });
  if (input === null) return { value: null, problem: null, loading: false };
  if (answered?.about !== about) return { value: null, problem: null, loading: true };
  const { result } = answered;
  return result.ok
    ? { value: result.value, problem: null, loading: false }
    : { value: null, problem: result.error, loading: false };
}
