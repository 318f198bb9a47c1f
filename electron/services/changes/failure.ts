import { ProblemError, type ChangeRecord, type HostResult, type Problem } from '../../../shared/model';
import { problem, problemReason, reason } from '../../../shared/texts';
import type { HostsOutcome } from './run-hosts';

/** The host that tells why: one that is not as before, or was lost, before one that failed and is. */
const cause = (results: readonly HostResult[]): HostResult | undefined =>
  results.find((each) => each.state === 'interrupted' && each.problem) ??
  results.find((each) => each.state === 'rollback-failed') ??
  results.find((each) => each.problem);

/** A host was lost on the way. */
function lost({ engineId, engineName: host }: HostResult, found: Problem): Problem {
  return {
    ...problem('change_interrupted', { context: 'lost', host, detail: found.message }, { engineId }),
    reasons: { detail: problemReason(found) },
    ...(found.engineText ? { engineText: found.engineText } : {}),
  };
}

/** Whether all that was done is taken back, on every host. */
export const isTakenBack = ({ results, open }: HostsOutcome): boolean =>
  !open && results.every((each) => each.state !== 'rollback-failed');

/**
 * What to tell whoever asked for a change that failed: the reason of one host. Says to scripts and to the window whether
 * all engines are as they were: `params.rolledBack` is 1; 2 where all was taken back, and some of it shows otherwise; 0 where not.
 *
 * @param back what shows otherwise
 */
export function failureOf(
  outcome: HostsOutcome,
  { exceptions = [], stranded = [] }: Pick<ChangeRecord, 'exceptions' | 'stranded'> = {},
): ProblemError {
  const { results } = outcome;
  const host = cause(results);
  const found = host?.problem ?? problem('internal', { detail: reason('no_reason') });
  const told = host?.state === 'interrupted' ? lost(host, found) : found;
  const rolledBack = !isTakenBack(outcome) ? 0 : exceptions.length + stranded.length > 0 ? 2 : 1;
  const engineId = told.engineId ?? host?.engineId;
  return new ProblemError({
    ...told,
    ...(engineId ? { engineId } : {}),
    params: { host: host?.engineName ?? '', ...told.params, rolledBack },
  });
}
