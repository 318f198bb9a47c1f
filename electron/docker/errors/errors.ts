import { ProblemError, type ErrorCode, type Problem, type Reason } from '../../../shared/model';
import { hostless, problemOfValues, reason, type problemTexts } from '../../../shared/texts';
import { problemFromText } from './error-patterns';
import { isRecord } from '../json/json';
import type { TooManyError } from '../json/json-scan';

/** Where and while what a call failed. */
export interface CallContext {
  engineId: string;
  endpoint: string;
  /** GET changes nothing; after anything else an unanswered call may have been carried out. */
  method: string;
}

/** Of an error answer no more is read. Bytes. */
export const LONGEST_ERROR = 64 * 1024;

/** Many times what an engine says of one mistake. More is neither looked at nor kept. Characters. */
const LONGEST_WORDS = 2_000;

const cut = (text: string): string => {
  const trimmed = text.slice(0, LONGEST_WORDS + 1).trim();
  return trimmed.length > LONGEST_WORDS ? `${trimmed.slice(0, LONGEST_WORDS)}…` : trimmed;
};

/** The engine's own sentence in an error answer: `{"message": …}`, or the body as it came; the beginning of a long one. */
export function engineTextOf(body: string): string {
  const start = body.slice(0, LONGEST_ERROR);
  try {
    const json: unknown = JSON.parse(start);
    if (isRecord(json)) {
      const text = json.message ?? json.cause ?? json.error;
      if (typeof text === 'string') return cut(text);
    }
  } catch {
    // Not JSON: a proxy or something else answered. Its words are as good as they come.
  }
  return cut(start);
}

const isJson = (body: string) => /^[{["]/.test(body.slice(0, 100).trimStart());

function fromStatus(status: number, text: string, body: string): Problem {
  // 401 and a 403 that is not the engine's JSON come from a proxy or an authorisation plugin in front of it.
  if (status === 401 || (status === 403 && !isJson(body)))
    return hostless('engine_permission', { context: 'in_front' });
  const silent = () => hostless('engine_error', { context: 'silent', status });
  return problemFromText(text) ?? (text === '' ? silent() : hostless('engine_error', {}));
}

/** A page elsewhere is none of an engine's answers: 304 alone is, for what is so already. */
const redirects = new Set([300, 301, 302, 303, 305, 306, 307, 308]);

/** What no engine answers, by its status alone; whatever the words beside it are, they are not an engine's. */
function strayAnswer(status: number, location: string | undefined, endpoint: string): Problem | undefined {
  if (redirects.has(status) || (status >= 300 && status < 400 && location !== undefined))
    return hostless('engine_error', { context: 'redirect', endpoint, status });
  if (status === 304 || (status >= 400 && status < 600)) return undefined;
  return hostless('engine_error', { context: 'odd_status', endpoint, status });
}

/**
 * An answer of the engine that is none of success as the problem that it stands for.
 *
 * @param location where a redirect leads to: it is told, and nothing is ever asked there
 */
export function problemOfAnswer(
  status: number,
  body: string,
  context: CallContext,
  location?: string,
): ProblemError {
  const stray = strayAnswer(status, location, context.endpoint);
  const text = stray && location !== undefined ? cut(location) : engineTextOf(body);
  const problem = stray ?? fromStatus(status, text, body);
  return new ProblemError({
    ...problem,
    params: { ...problem.params, status },
    engineId: context.engineId,
    engineText: text,
  });
}

/** An answer that is none: cut off, broken JSON, another program on that address. */
export function problemOfGarbage(
  detail: Reason,
  sample: string,
  { endpoint, engineId }: CallContext,
): ProblemError {
  const place = { engineId, engineText: sample.slice(0, 500) };
  return new ProblemError(hostless('engine_error', { context: 'unreadable', endpoint, detail }, place));
}

/** An answer that goes on and on. `bytes`: how many were read of it. */
export function problemOfLength(bytes: number, { endpoint, engineId }: CallContext): ProblemError {
  const megabytes = Math.round(bytes / 1024 / 1024);
  const params = { context: 'too_long', endpoint, megabytes } as const;
  return new ProblemError(hostless('engine_error', params, { engineId }));
}

/** An answer of more parts than any engine has. */
export function problemOfNumber(
  { what, limit: most }: Pick<TooManyError, 'what' | 'limit'>,
  context: CallContext,
): ProblemError {
  if (what === 'bytes') return problemOfLength(most, context);
  const { endpoint, engineId } = context;
  const params = { context: `too_many_${what}`, endpoint, most } as const;
  return new ProblemError(hostless('engine_error', params, { engineId }));
}

/** No answer within the deadline: a stopped process, a full accept queue, a dropped route. */
export function problemOfDeadline(milliseconds: number, context: CallContext): ProblemError {
  const { endpoint, engineId, method } = context;
  const seconds = milliseconds / 1000;
  const params = method === 'GET' ? ({ context: 'reading', seconds } as const) : { seconds };
  return new ProblemError(hostless('engine_timeout', params, { engineId, more: { endpoint } }));
}

/** A code and its variant. */
interface Failure {
  code: ErrorCode;
  context?: keyof (typeof problemTexts)['engine_unreachable']['when'] | 'connecting';
}

const unreachable = (context: Failure['context']): Failure => ({ code: 'engine_unreachable', context });

/** What the system's error codes mean to someone who wants to reach an engine. */
const failures: Record<string, Failure> = {
  ENOENT: unreachable('absent'),
  ENOTSOCK: unreachable('no_socket'),
  ECONNREFUSED: unreachable('refused'),
  ECONNRESET: unreachable('cut'),
  EPIPE: unreachable('cut'),
  EHOSTUNREACH: unreachable('no_route'),
  ENETUNREACH: unreachable('no_route'),
  ENOTFOUND: unreachable('unknown_name'),
  EAI_AGAIN: unreachable('unknown_name'),
  ETIMEDOUT: { code: 'engine_timeout', context: 'connecting' },
  EACCES: { code: 'engine_permission' },
  EPERM: { code: 'engine_permission' },
};

/** The system's error codes that are known. */
export const failureCodes: readonly string[] = Object.keys(failures);

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(code: string, text: string): Failure | undefined {
  const known = failures[code];
  if (known) return known;
  if (TLS.test(code)) return unreachable('handshake');
  if (code.startsWith('HPE_')) return unreachable('not_http');
  if (/socket hang up|aborted|was cut|ended the stream/i.test(text)) return unreachable('cut');
  return undefined;
}

/** A call that got no answer at all, from the error of the socket. A ProblemError is passed through. */
export function problemOfFailure(error: unknown, { engineId, endpoint }: CallContext): ProblemError {
  if (error instanceof ProblemError) {
    if (error.problem.engineId !== undefined) return error;
    return new ProblemError({ ...error.problem, engineId }, { cause: error.cause });
  }
  const text = cut(error instanceof Error ? error.message : String(error));
  const cause =
    isRecord(error) || error instanceof Error ? String((error as { code?: unknown }).code ?? '') : '';
  const found = failureOf(cause, text);
  const place = { engineId, engineText: text, more: { ...(cause !== '' && { cause }) } };
  const told = (): Problem => {
    if (found) {
      const { code, context } = found;
      return problemOfValues(code, { endpoint, ...(context && { context }) }, place);
    }
    if (text === '') return hostless('engine_unreachable', {}, place);
    const detail = reason('system', { words: text });
    return hostless('engine_unreachable', { context: 'unknown', endpoint, detail }, place);
  };
  return new ProblemError(told(), { cause: error });
}
