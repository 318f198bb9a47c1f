import { engineProblems } from './errors-engines';
import { leaseNoticeWords, leaseProblems } from './errors-leases';
import { notices } from './errors-notices';
import { outcomeProblems } from './errors-outcomes';
import { problems } from './errors-problems';
import { segmentProblems } from './errors-segments';
import { toolboxProblems } from './errors-toolbox';

const errors: Readonly<Record<string, string>> = {
  ...problems,
  ...engineProblems,
  ...segmentProblems,
  ...toolboxProblems,
  ...notices,
  ...leaseProblems,
  ...outcomeProblems,
  ...leaseNoticeWords,
};

export default errors;
