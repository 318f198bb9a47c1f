import { announceTask } from './announce';
import { factsTask } from './facts';
import { namespacesTask } from './namespaces';
import { probeTask } from './probe';
import { shimTask } from './shim';
import type { AnyTask } from './task';

export { announceTask, factsTask, namespacesTask, probeTask, shimTask };
export { tasksBeyond, toolboxRights } from './consent';
export { describeTask, type Task } from './task';

/** Everything that the toolbox does, in the order in which it is shown. */
export const toolboxTasks: readonly AnyTask[] = [
  factsTask,
  namespacesTask,
  probeTask,
  announceTask,
  shimTask,
];
