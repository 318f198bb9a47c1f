import {
  ProblemError,
  type Engine,
  type Notice,
  type Problem,
  type SegmentFile,
  type SegmentFormat,
  type SegmentImport,
  type SegmentList,
} from '../../../shared/model';
import {
  exportSegmentFiles,
  importSegmentText,
  notice,
  problem,
  TooManyNetworksError,
  type ImportSource,
} from '../../../shared/rules';
import { readYaml } from '../storage/yaml-text';

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

/** What is read at once. Characters, networks, and problems and notices that are told, of each. */
const limits = { most: 1_000_000, networks: 1_000, told: 100 };

function tooLarge({ text }: ImportSource): boolean {
  if (text.length > limits.most) return true;
  return (text.match(/\bnetwork\s+create\b/g) ?? []).length > limits.networks;
}

const tooLargeAnswer = (): SegmentImport => ({
  segments: [],
  problems: [
    problem(
      'import_unreadable',
      { context: 'large', most: limits.most, networks: limits.networks },
      { field: 'text' },
    ),
  ],
  notices: [],
  asks: [],
});

/**
 * Reads a text into drafts. What it can't read it says, and reads the rest; one that is too large is not begun with. It
 * may take seconds: the console has it done in a thread (`importInThread`).
 */
export function importSegments(source: ImportSource): SegmentImport {
  if (tooLarge(source)) return tooLargeAnswer();
  let read;
  try {
    read = readSource(source);
  } catch (error) {
    // How many a compose file has shows only when it is read.
    if (error instanceof TooManyNetworksError) return tooLargeAnswer();
    throw error;
  }
  return {
    ...read,
    problems: firstOf(read.problems, moreProblems),
    notices: firstOf(read.notices, moreNotices),
  };
}

function firstOf<T>(all: T[], more: (count: number) => T): T[] {
  const count = all.length - limits.told;
  return count > 0 ? [...all.slice(0, limits.told), more(count)] : all;
}

const moreProblems = (count: number): Problem =>
  problem('import_unreadable', { context: 'more', count }, { field: 'text' });
const moreNotices = (count: number): Notice => notice('import_passed', { context: 'more', count });

function readSource(source: ImportSource): SegmentImport {
  // Compose files do use anchors, and `<<`; a thousand of them are no bomb.
  return importSegmentText(source, (yaml) => readYaml(yaml, { aliases: 1000, merge: true }), limits.networks);
}
