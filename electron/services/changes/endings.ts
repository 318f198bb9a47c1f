import { ProblemError, type ChangeRecord, type Snapshot, type Step } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import type { Outcome } from './run';

/** The addresses that the engine shows after the last connect. */
export function confirmedAddresses(
  engineId: string,
  steps: readonly Step[],
  snapshot: Snapshot,
): Pick<ChangeRecord, 'ipv4' | 'ipv6'> {
  const step = steps.findLast((each) => each.op === 'connect');
  if (step?.op !== 'connect') return {};
  const endpoint = snapshot.containers
    .find((each) => each.id === step.containerId && each.engineId === engineId)
    ?.endpoints.find((each) => each.networkId === step.networkId || each.networkName === step.networkName);
  const ipv4 = endpoint?.ipv4 || endpoint?.pinned4;
  const ipv6 = endpoint?.ipv6 || endpoint?.pinned6;
  return { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) };
}

/**
 * What to tell whoever asked for a change that failed. Says to scripts and to the window whether the engine is as it was:
 * `params.rolledBack` is 1 or 0.
 */
export function failureOf(
  { engineId, engineName }: Pick<ChangeRecord, 'engineId' | 'engineName'>,
  outcome: Extract<Outcome, { ok: false }>,
): ProblemError {
  const { problem: cause, rolledBack, open } = outcome;
  const told = open
    ? {
        ...problem(
          'change_interrupted',
          { context: 'lost', host: engineName, detail: cause.message },
          { engineId },
        ),
        ...(cause.engineText ? { engineText: cause.engineText } : {}),
      }
    : cause;
  return new ProblemError({
    ...told,
    params: { host: engineName, ...told.params, rolledBack: rolledBack ? 1 : 0 },
  });
}
