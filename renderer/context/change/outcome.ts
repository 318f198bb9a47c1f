import type { ChangeRecord, Problem } from '../../../shared/model';

/**
 * What is left of a change that did not come about, as its engines were read back; a key of the texts. Null where the
 * problem itself says how far it came. A step that was refused and one that was taken back leave the same: the log says both
 * in the same words.
 */
export function outcomeOf(
  { code, params }: Pick<Problem, 'code' | 'params'>,
  state?: ChangeRecord['state'],
): 'rolledBack' | 'notRolledBack' | 'unchanged' | null {
  if (params?.rolledBack === 1 || state === 'rolled-back') return 'rolledBack';
  // Nothing has been put back yet: it waits for a decision.
  if (code === 'change_interrupted') return null;
  if (params?.rolledBack === 0 || code === 'rollback_failed') return 'notRolledBack';
  // Without word of how it ended it did not even begin.
  return state === undefined ? 'unchanged' : null;
}
