import {
  ProblemError,
  type Engine,
  type SegmentFile,
  type SegmentFormat,
  type SegmentImport,
  type SegmentList,
} from '../../../shared/model';
import { exportSegmentFiles, importSegmentText, problem, type ImportSource } from '../../../shared/rules';
import { readYaml } from '../yaml-text';

/**
 * Writes a segment of the plan, or a candidate, in one of the engines' own forms.
 * @throws ProblemError `segment_not_found` for an id that is neither.
 */
export function exportSegment(
  id: string,
  format: SegmentFormat,
  { segments, candidates }: SegmentList,
  engines: readonly Engine[],
): SegmentFile[] {
  const all = [...segments.map((each) => each.segment), ...candidates];
  const segment = all.find((each) => each.id === id);
  if (segment) return exportSegmentFiles(segment, format, engines);
  throw new ProblemError(problem('segment_not_found', { segment: id }, { field: 'id' }));
}

/** Reads a text into drafts. What it can't read it says, and reads the rest. */
export function importSegments(source: ImportSource): SegmentImport {
  // Compose files do use anchors, and `<<`; a thousand of them are no bomb.
  return importSegmentText(source, (yaml) => readYaml(yaml, { aliases: 1000, merge: true }));
}
