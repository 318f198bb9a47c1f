import { ProblemError, type ErrorCode, type Problem } from '../../shared/model';
import { worded } from '../../shared/rules';
import { problemFromText } from './error-patterns';
import { isRecord } from './json';
import type { TooManyError } from './json-scan';

/** Where and while what a call failed. */
export interface CallContext {
  engineId: string;
  endpoint: string;
  /** GET changes nothing; after anything else an unanswered call may have been carried out. */
  method: string;
}

const START_IT =
  'Check that the engine runs on that host and listens there (systemctl status docker), then try again.';

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
  if (status === 401 || (status === 403 && !isJson(body))) {
    const params = { context: 'in_front' };
    return { code: 'engine_permission', ...worded('engine_permission', params), params };
  }
  return (
    problemFromText(text) ?? {
      code: 'engine_error',
      message:
        text === '' ? `The engine answered ${status} without a reason.` : `The engine refused: ${text}`,
    }
  );
}

/** A page elsewhere is none of an engine's answers: 304 alone is, for what is so already. */
const redirects = new Set([300, 301, 302, 303, 305, 306, 307, 308]);

/** What no engine answers, by its status alone; whatever the words beside it are, they are not an engine's. */
function strayAnswer(status: number, location: string | undefined, endpoint: string): Problem | undefined {
  const engineError = (params: Record<string, string | number>): Problem => ({
    code: 'engine_error',
    ...worded('engine_error', params),
    params,
  });
  if (redirects.has(status) || (status >= 300 && status < 400 && location !== undefined))
    return engineError({ context: 'redirect', endpoint, status });
  if (status === 304 || (status >= 400 && status < 600)) return undefined;
  return engineError({ context: 'odd_status', endpoint, status });
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
export function problemOfGarbage(what: string, sample: string, context: CallContext): ProblemError {
  return new ProblemError({
    code: 'engine_error',
    message: `${context.endpoint} answered with something that can’t be read: ${what}.`,
    hint: 'Check that a Docker engine listens at that address, and not another service.',
    params: { endpoint: context.endpoint, context: 'unreadable' },
    engineId: context.engineId,
    engineText: sample.slice(0, 500),
  });
}

/** An answer that goes on and on. `bytes`: how many were read of it. */
export function problemOfLength(bytes: number, context: CallContext): ProblemError {
  const megabytes = Math.round(bytes / 1024 / 1024);
  return new ProblemError({
    code: 'engine_error',
    message: `${context.endpoint} answered with more than ${megabytes} MB, far more than an engine has to say.`,
    hint: 'Check that a Docker engine listens at that address, and not another service.',
    params: { endpoint: context.endpoint, megabytes, context: 'too_long' },
    engineId: context.engineId,
  });
}

/** An answer of more parts than any engine has. */
export function problemOfNumber(
  { what, limit: most }: Pick<TooManyError, 'what' | 'limit'>,
  context: CallContext,
): ProblemError {
  if (what === 'bytes') return problemOfLength(most, context);
  const params = { context: `too_many_${what}`, endpoint: context.endpoint, most };
  return new ProblemError({
    code: 'engine_error',
    ...worded('engine_error', params),
    params,
    engineId: context.engineId,
  });
}

/** No answer within the deadline: a stopped process, a full accept queue, a dropped route. */
export function problemOfDeadline(milliseconds: number, context: CallContext): ProblemError {
  const maybe =
    context.method === 'GET' ? '' : ' Look before trying again: the change may have been made all the same.';
  return new ProblemError({
    code: 'engine_timeout',
    message: `${context.endpoint} did not answer within ${milliseconds / 1000} s.`,
    hint: `The engine may be overloaded or stopped, or the network between drops packets.${maybe}`,
    params: { endpoint: context.endpoint, seconds: milliseconds / 1000 },
    engineId: context.engineId,
  });
}

interface Failure {
  code: ErrorCode;
  why: string;
  hint: string;
  /** The variant of the sentence that says why, for the window. */
  context?: string;
}

const unreachable = (why: string, context?: string, hint = START_IT): Failure => ({
  code: 'engine_unreachable',
  why,
  hint,
  ...(context && { context }),
});
const ROUTE = 'Check the address and the network between.';
const NAME = 'Check the spelling of the host name, and DNS.';

/** What the system's error codes mean to someone who wants to reach an engine. */
const failures: Record<string, Failure> = {
  ENOENT: unreachable('there is no such socket', 'absent'),
  ENOTSOCK: unreachable('that is no socket', 'absent', 'Give the path of the engine’s socket.'),
  ECONNREFUSED: unreachable('nothing listens there', 'refused'),
  ECONNRESET: unreachable('the connection was cut', 'cut'),
  EPIPE: unreachable('the connection was cut', 'cut'),
  EHOSTUNREACH: unreachable('there is no route to the host', 'no_route', ROUTE),
  ENETUNREACH: unreachable('there is no route to the host', 'no_route', ROUTE),
  ENOTFOUND: unreachable('the name is unknown', 'unknown_name', NAME),
  EAI_AGAIN: unreachable('the name could not be looked up', 'unknown_name', NAME),
  ETIMEDOUT: {
    code: 'engine_timeout',
    why: 'the connection timed out',
    context: 'connecting',
    hint: 'Check the address, and that no firewall drops the packets.',
  },
  EACCES: {
    code: 'engine_permission',
    why: 'permission denied',
    hint: 'Add your user to the group that owns the socket (usermod -aG docker YOU, then log in anew).',
  },
};
failures.EPERM = failures.EACCES as Failure;

/** The system's error codes that are known. */
export const failureCodes: readonly string[] = Object.keys(failures);

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(code: string, text: string): Failure {
  const known = failures[code];
  if (known) return known;
  if (TLS.test(code)) {
    return unreachable(
      'the TLS handshake failed',
      'handshake',
      'Check the CA, certificate and key, and the name they are for.',
    );
  }
  if (code.startsWith('HPE_')) {
    return unreachable(
      'what listens there does not speak HTTP',
      'not_http',
      'An engine that wants TLS needs its certificates.',
    );
  }
  if (/socket hang up|aborted|was cut|ended the stream/i.test(text))
    return unreachable('the connection was cut', 'cut');
  return unreachable(text || 'the connection failed');
}

/** A call that got no answer at all, from the error of the socket. A ProblemError is passed through. */
export function problemOfFailure(error: unknown, context: CallContext): ProblemError {
  if (error instanceof ProblemError) {
    if (error.problem.engineId !== undefined) return error;
    return new ProblemError({ ...error.problem, engineId: context.engineId }, { cause: error.cause });
  }
  const text = cut(error instanceof Error ? error.message : String(error));
  const code =
    isRecord(error) || error instanceof Error ? String((error as { code?: unknown }).code ?? '') : '';
  const { code: problemCode, why, hint, context: variant } = failureOf(code, text);
  return new ProblemError(
    {
      code: problemCode,
      message: `${context.endpoint} can’t be reached: ${why}.`,
      hint,
      params: {
        endpoint: context.endpoint,
        ...(code && { cause: code }),
        ...(variant && { context: variant }),
      },
      engineId: context.engineId,
      engineText: text,
    },
    { cause: error },
  );
}
