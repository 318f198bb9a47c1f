import { changesEngine, commands, isCommand, type ServedHandlers } from '../../shared/contract';
import { fail, ok, ProblemError, type Problem, type Result } from '../../shared/model';
import { problem } from '../../shared/rules';

/** Where unexpected errors go: the process's own log, never the caller. */
export type ReportUnexpected = (command: string, error: unknown) => void;

const unknown = (name: string): Problem => ({
  code: 'unknown_command',
  message: `There is no command “${name}”.`,
  params: { command: name, name },
});

const invalidInput = (name: string, issues: readonly { path: PropertyKey[]; message: string }[]): Problem => {
  const first = issues[0];
  const field = first?.path.map(String).join('.') ?? '';
  const detail = `${name}: ${field ? `“${field}” ` : ''}${first?.message ?? 'is not valid'}`;
  return {
    code: 'invalid_input',
    message: `${detail}.`,
    hint: 'See docs/protocol.md for what each command takes. Nothing was changed.',
    params: { command: name, field, detail },
    ...(field ? { field } : {}),
  };
};

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
  if (!parsed.success) return fail(invalidInput(name, parsed.error.issues));
  try {
    // The map ties each name to its own input; TypeScript can't follow that through a name known only at run time.
    const handler = handlers[name] as (args: unknown) => Promise<unknown>;
    return ok(await handler(parsed.data));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    report(name, error);
    return fail({
      code: 'internal',
      message: `Trunkline itself failed while it ran ${name}. Nothing more is known here; its log says more.`,
      params: { command: name, detail: name },
    });
  }
}
