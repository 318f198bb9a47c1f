import { useEffect, useState } from 'react';
import type { Problem, SegmentImport } from '../../../shared/model';
import { useApp } from '../../context/context';

type Format = 'docker' | 'compose';

export interface ImportAnswer {
  found: SegmentImport | null;
  problem: Problem | null;
}

interface Answered extends ImportAnswer {
  text: string;
  format: Format;
}

/** Each reading takes a thread, and few may wait: who types is not read at each letter. Milliseconds. */
const restMs = 150;

/**
 * What a text was read into; null until that is known. An answer is of one text: what was said of the text before it is
 * gone with that, while the fields for its open values stay as one types into them.
 */
export function useImport(
  text: string,
  format: Format,
  values: Readonly<Record<string, string>>,
): ImportAnswer | null {
  const { api } = useApp();
  const [answer, setAnswer] = useState<Answered | null>(null);
  useEffect(() => {
    if (text.trim() === '') return;
    let wanted = true;
    const read = async () => {
      const result = await api.invoke('segments.import', { text, format, values });
      if (!wanted) return;
      setAnswer({
        text,
        format,
        found: result.ok ? result.value : null,
        problem: result.ok ? null : result.error,
      });
    };
    const timer = setTimeout(() => void read(), restMs);
    return () => {
      clearTimeout(timer);
      wanted = false;
    };
  }, [api, text, format, values]);
  return answer?.text === text && answer.format === format && text.trim() !== '' ? answer : null;
}
