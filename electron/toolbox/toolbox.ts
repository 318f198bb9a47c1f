import { ProblemError, type ToolboxSettings } from '../../shared/model';
import { problem } from '../../shared/texts';
import type { HelperRequest, HelperResult } from '../docker';
import { ensureImage, type ImageTarget } from './image/install';
import type { RootfsSource } from './image/rootfs-source';
import type { StayingTask, Task } from './tasks';

export interface ToolboxOptions {
  target: ImageTarget;
  settings: ToolboxSettings;
  source: RootfsSource;
  /** Ends whatever is under way. */
  signal?: AbortSignal;
  /** What it is done for; on each of the helpers. */
  run?: string;
  /** Told of each helper that could not be removed. */
  onLeft?: () => void;
}

/** Runs tasks in helper containers on one host. */
export class Toolbox {
  constructor(private readonly options: ToolboxOptions) {}

  /**
   * Makes sure of the image first, and leaves no container behind.
   *
   * @throws ProblemError `toolbox_unavailable`, what the task itself refuses with, or what the engine said.
   */
  async run<I, O>(task: Task<I, O>, input: I): Promise<O> {
    const { target, settings, source } = this.options;
    const image = await ensureImage(target, settings, source);
    const result = await target.client.runHelper(this.request(task, input, image));
    const place = { engineId: target.client.engineId, host: target.host };
    const refusal = task.refusal?.(result, input, place);
    if (refusal) throw new ProblemError(refusal);
    // A task that fails has said why on its standard error.
    if (result.exitCode !== 0) throw this.unavailable('failed', wordsOf(result));
    try {
      return task.parse(result.stdout, input);
    } catch {
      throw this.unavailable('output', result.stdout.slice(0, 500));
    }
  }

  /** Puts a container there that goes on with a task, and makes sure of the image first. @param made see `KeptHelper` */
  async keep<I, O, S extends object>(task: StayingTask<I, O, S>, spec: S, name: string): Promise<void> {
    const { target, settings, source } = this.options;
    const image = await ensureImage(target, settings, source);
    const { hostPids, capabilities, unconfined } = task.rights;
    const { script, args, network } = task.stays;
    await target.client.keepHelper({
      ...{ name, made: spec, task: task.id, image, network: network(spec), hostPids, unconfined },
      command: ['sh', '-c', script, task.id, ...args(spec)],
      capabilities: [...capabilities],
    });
  }

  private request<I, O>(task: Task<I, O>, input: I, image: string): HelperRequest {
    const { hostPids, capabilities, unconfined, network } = task.rights;
    const { signal, run, onLeft } = this.options;
    return {
      task: task.id,
      image,
      command: ['sh', '-c', task.script(input), task.id, ...task.args(input)],
      network: task.network?.(input) ?? network,
      hostPids,
      capabilities: task.bare?.(input) ? [] : [...capabilities],
      unconfined,
      timeoutMs: task.limitMs,
      ...(run && { run }),
      ...(signal && { signal }),
      ...(onLeft && { onLeft }),
    };
  }

  private unavailable(context: 'failed' | 'output', engineText: string): ProblemError {
    const { host, client } = this.options.target;
    return new ProblemError(
      problem('toolbox_unavailable', { context, host }, { engineId: client.engineId, engineText }),
    );
  }
}

const wordsOf = ({ stderr, stdout, exitCode }: HelperResult): string =>
  stderr.trim() || stdout.trim().slice(-500) || `exit code ${exitCode}`;
