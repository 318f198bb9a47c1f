import type { SegmentImport } from '../../../shared/model';
import { useAnswer, type Answer } from '../../context/use-answer';

type Format = 'docker' | 'compose';

/** Each reading takes a thread, and few may wait: who types is not read at each letter. Milliseconds. */
const restMs = 150;

/**
 * What a text was read into. An answer is of one text: what was said of the text before it is gone with that, while the fields
 * for its open values stay as one types into them.
 */
export function useImport(
  text: string,
  format: Format,
  values: Readonly<Record<string, string>>,
): Answer<SegmentImport> {
  return useAnswer('segments.import', text.trim() === '' ? null : { text, format, values }, {
    about: `${format} ${text}`,
    wait: restMs,
  });
}
