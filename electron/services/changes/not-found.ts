import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts';

/** Previews kept for `change.apply`; the oldest go first. */
export const keptPreviews = 200;

export const notFound = (id: string): ProblemError =>
  new ProblemError(problem('change_not_found', {}, { more: { change: id } }));

/** The same for one that was to be applied. */
export const previewGone = (id: string): ProblemError =>
  new ProblemError(
    problem('change_not_found', { context: 'preview', count: keptPreviews }, { more: { change: id } }),
  );

/** The same for one that was applied, or is waiting for its turn. */
export const appliedAlready = (id: string): ProblemError =>
  new ProblemError(problem('change_not_found', { context: 'applied' }, { more: { change: id } }));
