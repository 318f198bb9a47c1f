import { notices } from './errors-notices';
import { problems } from './errors-problems';
import { segmentProblems } from './errors-segments';

const errors: Readonly<Record<string, string>> = {
  ...problems,
  ...segmentProblems,
  ...notices,
};

export default errors;
