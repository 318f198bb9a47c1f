import { ProblemError, type Problem } from '../../../shared/model';

/** So many of the newest changes are asked about: each question is a read of an engine. */
const asked = 12;
/** An engine that is slower than this (milliseconds) leaves the undo on offer; undoing itself asks again. */
const patienceMs = 3_000;

interface Offered {
  id: string;
  undoable: boolean;
  undoProblem?: Problem | undefined;
}

async function inTime(ask: Promise<Problem | null>): Promise<Problem | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  // What can't be read now is no reason by itself, unless it says one.
  const said = ask.catch((error: unknown) => (error instanceof ProblemError ? error.problem : null));
  return Promise.race([said, late]).finally(() => clearTimeout(timer));
}

/**
 * The records as a log is shown: those of the newest whose undo would be refused now say why.
 *
 * @param why what undoing itself would refuse with
 */
export async function withUndoProblems<R extends Offered>(
  newestFirst: readonly R[],
  why: (id: string) => Promise<Problem | null>,
): Promise<R[]> {
  const open = newestFirst.filter((each) => each.undoable).slice(0, asked);
  const found = new Map(await Promise.all(open.map(async ({ id }) => [id, await inTime(why(id))] as const)));
  return newestFirst.map((each) => {
    const undoProblem = found.get(each.id);
    return undoProblem ? { ...each, undoProblem } : each;
  });
}
