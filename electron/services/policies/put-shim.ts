import { isDeepStrictEqual } from 'node:util';
import { ProblemError, type Network, type Problem, type Shim } from '../../../shared/model';
import { hostName, type Inventory } from '../../../shared/rules';
import { atHost, problem, problemReason, unexpected } from '../../../shared/texts';
import { isLost } from '../changes/walk';
import type { ShimTools } from './shim-policies';

interface Context {
  snapshot(): Inventory;
  tools: ShimTools;
}

/** What ended in the midst of a task, or may have: the link may be there by then, whole or half made. */
const halfway: ReadonlySet<unknown> = new Set(['timeout', 'failed', 'output']);
const mayBeHalfway = (error: unknown): boolean => {
  if (!(error instanceof ProblemError)) return true;
  const { code, params } = error.problem;
  return isLost(error) || (code === 'toolbox_unavailable' && halfway.has(params?.['context']));
};

/** How it ended for the host: with what was wrong first, which alone would not say whether something is left. */
function ended(context: 'shim_gone' | 'shim_left', first: Problem, host: string, { name }: Shim) {
  const cause = atHost(first, host);
  const params = { context, host, link: name, detail: cause.message } as const;
  return new ProblemError({
    ...problem('toolbox_unavailable', params, {
      ...(first.engineId ? { engineId: first.engineId } : {}),
      ...(first.engineText ? { engineText: first.engineText } : {}),
    }),
    reasons: { detail: problemReason(cause) },
  });
}

/**
 * Puts a shim on a host. One that was stopped on the way may have left a link, which nobody would keep: the host is read, and
 * has the shim whole after all, or loses what was begun.
 *
 * @param kept there was one before: what is left is brought back to that by whoever keeps it
 * @throws ProblemError what went wrong, and whether something of it is left on the host
 */
export async function putOrTakeBack(
  { tools, snapshot }: Context,
  { engineId }: Network,
  shim: Shim,
  kept: boolean,
): Promise<void> {
  try {
    await tools.putShim(engineId, shim);
  } catch (error) {
    if (kept || !mayBeHalfway(error)) throw error;
    const first = error instanceof ProblemError ? error.problem : unexpected(error);
    const host = hostName(engineId, snapshot().engines);
    if (await isThere(tools, engineId, shim, () => ended('shim_left', first, host, shim))) return;
    throw ended('shim_gone', first, host, shim);
  }
}

/** False once it is surely gone; rejects with what `left` gives where that can't be said. */
async function isThere(
  tools: ShimTools,
  engineId: string,
  shim: Shim,
  left: () => ProblemError,
): Promise<boolean> {
  const wanted = { ...shim, routes: [...new Set(shim.routes)].sort() };
  try {
    const there = (await tools.shims(engineId)).find(({ name }) => name === shim.name);
    if (isDeepStrictEqual(there, wanted)) return true;
    // One that is not listed may be there without its sign yet, and is refused as another's. It resolves when there is none.
    await tools.removeShim(engineId, shim.name);
    return false;
  } catch {
    throw left();
  }
}
