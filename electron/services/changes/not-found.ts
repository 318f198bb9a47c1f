import { ProblemError } from '../../../shared/model';

/** Previews kept for `change.apply`; the oldest go first. */
export const keptPreviews = 200;

export const notFound = (id: string): ProblemError =>
  new ProblemError({
    code: 'change_not_found',
    message: `There is no change “${id}”; previews are kept until ${keptPreviews} newer ones are made or the console ends.`,
    hint: 'Preview the change again, then apply that.',
    params: { change: id },
  });
