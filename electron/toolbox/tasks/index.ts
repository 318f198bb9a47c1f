import { announceTask } from './announce';
import { dhcpTask } from './dhcp';
import { factsTask } from './facts';
import { namespacesTask } from './namespaces';
import { probeTask } from './probe';
import { shimTask } from './shim';
import type { AnyTask } from './task';

export { announceTask, dhcpTask, factsTask, namespacesTask, probeTask, shimTask };
export { tasksBeyond, toolboxRights } from './consent';
export { describeTask, type StayingTask, type Task } from './task';

/** Everything that the toolbox does, in the order in which it is shown. */
export const toolboxTasks: readonly AnyTask[] = [
  factsTask,
  namespacesTask,
  probeTask,
  announceTask,
  shimTask,
  dhcpTask,
];
