import type { Problem, TaskWords, ToolboxTask } from '../../../shared/model';
import type { HelperResult } from '../../docker';

/** What a task's container is given; all that is not named here is taken away. */
export type TaskRights = Pick<
  ToolboxTask,
  'network' | 'hostPids' | 'capabilities' | 'unconfined' | 'changes' | 'sends' | 'stays'
>;

/** Where a task is run, for sentences. */
export interface TaskPlace {
  engineId: string;
  /** As the engine names itself. */
  host: string;
}

/**
 * One thing that a helper container does on a host: everything that there is to know of it. What the admin is asked to
 * allow, what is sent, and the table in the docs derive from this.
 */
export interface Task<Input, Output> {
  /** The name of its folder; it stands in consents that were given, and on helpers. */
  readonly id: string;
  /** What it is called, and what it is for. */
  readonly words: TaskWords & { readonly 'zh-CN': TaskWords };
  readonly rights: TaskRights;
  /** How long it may take, milliseconds. */
  readonly limitMs: number;
  /** What `sh` of the image runs. */
  script(input: Input): string;
  /** Its arguments, from `$1` on. */
  args(input: Input): readonly string[];
  /** As the engine's NetworkMode. Needed where the rights leave a choice. */
  network?(input: Input): string;
  /** It only reads this time, and needs none of its capabilities. */
  bare?(input: Input): boolean;
  /** Reads what it wrote. Throws for what the script can't have written. */
  parse(output: string, input: Input): Output;
  /** Why it has not done what it was to do, where the exit code alone does not say so, or says more than that it failed. */
  refusal?(result: HelperResult, input: Input, place: TaskPlace): Problem | null;
}

/** What a task has beside a container that goes on with it, besides what it does once: with the same rights. */
export interface StayingTask<Input, Output, Spec> extends Task<Input, Output> {
  readonly stays: {
    /** What `sh` of the image runs, again and again. */
    readonly script: string;
    /** Its arguments, from `$1` on. */
    args(spec: Spec): readonly string[];
    /** As the engine's NetworkMode. */
    network(spec: Spec): string;
  };
}

/** A task of which neither what goes in nor what comes out matters. */
export type AnyTask = Task<never, unknown>;

/** A task as it is shown before the first use. */
export const describeTask = ({ id, words, rights }: AnyTask): ToolboxTask => {
  const { title, why, ...translations } = words;
  return { id, ...rights, title, why, translations };
};
