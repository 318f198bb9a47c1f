import { engineProblems } from './errors-engines';
import { notices } from './errors-notices';
import { problems } from './errors-problems';
import { segmentProblems } from './errors-segments';

const errors: Readonly<Record<string, string>> = {
  ...problems,
  ...engineProblems,
  ...segmentProblems,
  ...notices,
};

export default errors;
