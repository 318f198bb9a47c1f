import { engineProblems } from './errors-engines';
import { notices } from './errors-notices';
import { problems } from './errors-problems';
import { segmentProblems } from './errors-segments';
import { toolboxProblems } from './errors-toolbox';

const errors: Readonly<Record<string, string>> = {
  ...problems,
  ...engineProblems,
  ...segmentProblems,
  ...toolboxProblems,
  ...notices,
};

export default errors;
