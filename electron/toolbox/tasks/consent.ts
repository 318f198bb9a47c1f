import type { AnyTask } from './task';

/** Rights that were consented to, by task. */
export type ToolboxRights = Readonly<Record<string, readonly string[]>>;

/** What a task may do, a word for each right: whoever has more of them may do more. */
const rightsOf = ({ rights }: AnyTask): string[] => [
  ...(rights.network === 'none' ? [] : rights.network.split('-or-').map((each) => `network:${each}`)),
  ...rights.capabilities,
  ...(rights.hostPids ? ['host-pids'] : []),
  ...(rights.unconfined ? ['unconfined'] : []),
  ...(rights.changes ? ['changes'] : []),
  ...(rights.sends ? ['sends'] : []),
  ...(rights.stays ? ['stays'] : []),
];

/** What all of these may do now. */
export const toolboxRights = (tasks: readonly AnyTask[]): Record<string, string[]> =>
  Object.fromEntries(tasks.map((task) => [task.id, rightsOf(task)]));

/**
 * Ids of the tasks that may do something that was not consented to. All of them, where it was not written down what was: it
 * may have been anything.
 */
export const tasksBeyond = (consented: ToolboxRights | undefined, tasks: readonly AnyTask[]): string[] =>
  tasks
    .filter((task) => {
      const known = consented && Object.hasOwn(consented, task.id) ? consented[task.id] : undefined;
      return known === undefined || rightsOf(task).some((each) => !known.includes(each));
    })
    .map(({ id }) => id);
