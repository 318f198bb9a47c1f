import type { ChangeRecord, Problem } from '../../../shared/model';

type Told = Pick<Problem, 'code' | 'params'>;

/** The way to the console itself broke: what was asked may have been done all the same. */
export const isCutOff = ({ code, params }: Told): boolean =>
  code === 'engine_unreachable' && params?.context === 'console';

/** What is to be said beside a failure: that the console can't be reached is said once. */
export const besides = (
  failure: { problem: Told } | null,
  problems: readonly Problem[],
): readonly Problem[] =>
  failure && isCutOff(failure.problem) ? problems.filter((one) => !isCutOff(one)) : problems;

/**
 * What is left of a change that did not come about, as its engines were read back; a key of the texts. Null where the
 * problem itself says how far it came. A step that was refused and one that was taken back leave the same: the log says both
 * in the same words.
 */
export function outcomeOf(
  problem: Told,
  record?: Pick<ChangeRecord, 'state' | 'exceptions' | 'stranded'>,
): 'rolledBack' | 'rolledBackExcept' | 'notRolledBack' | 'unchanged' | 'unknown' | null {
  const { code, params } = problem;
  const state = record?.state;
  if (params?.rolledBack === 2 || (state === 'rolled-back' && (record?.exceptions ?? record?.stranded)))
    return 'rolledBackExcept';
  if (params?.rolledBack === 1 || state === 'rolled-back') return 'rolledBack';
  if (isCutOff(problem)) return 'unknown';
  // Nothing has been put back yet: it waits for a decision.
  if (code === 'change_interrupted') return null;
  if (params?.rolledBack === 0 || code === 'rollback_failed') return 'notRolledBack';
  // Without word of how it ended it did not even begin.
  return state === undefined ? 'unchanged' : null;
}
