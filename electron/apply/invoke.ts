import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import { ProblemError, type Result } from '../../shared/model';

/** A console's commands: its own, or those of one that runs already. */
export type Invoke = <N extends CommandName>(
  name: N,
  input: CommandInput<N>,
) => Promise<Result<CommandOutput<N>>>;

/** What a command gives. @throws ProblemError */
export async function valueOf<N extends CommandName>(
  invoke: Invoke,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const result = await invoke(name, input);
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}
