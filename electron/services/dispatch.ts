import type { z } from 'zod';
import { changesEngine, commands, isCommand, type ServedHandlers } from '../../shared/contract';
import { fail, ok, ProblemError, type Problem, type Result } from '../../shared/model';
import { faultOf, shapeReason } from '../../shared/rules';
import { problem } from '../../shared/texts';

/** Where unexpected errors go: the process's own log, never the caller. */
export type ReportUnexpected = (command: string, error: unknown) => void;

const unknown = (name: string): Problem => problem('unknown_command', { name }, { more: { command: name } });

function invalidInput(command: string, { issues }: z.ZodError, input: unknown): Problem {
  const field = faultOf(issues, input).path.map(String).join('.');
  const detail = shapeReason(issues, input);
  return problem('invalid_input', { context: 'command', command, detail }, field === '' ? {} : { field });
}

/**
 * Runs one command by name, as both transports do: input checked against the contract, expected errors as they are,
 * unexpected ones without their inside. Never rejects.
 */
export async function dispatch(
  handlers: ServedHandlers,
  name: string,
  input: unknown,
  report: ReportUnexpected,
): Promise<Result<unknown>> {
  if (!isCommand(name)) return fail(unknown(name));
  // A read-only console was made without it, or no transport but the desktop's has it.
  if (!handlers[name]) return fail(changesEngine(name) ? problem('read_only', {}) : unknown(name));
  const parsed = commands[name].input.safeParse(input ?? {});
  if (!parsed.success) return fail(invalidInput(name, parsed.error, input ?? {}));
  try {
    // The map ties each name to its own input; TypeScript can't follow that through a name known only at run time.
    const handler = handlers[name] as (args: unknown) => Promise<unknown>;
    return ok(await handler(parsed.data));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    report(name, error);
    return fail(problem('internal', { context: 'command', command: name }));
  }
}
