import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { fail, ok, type Problem, type Result } from '../../shared/model';

/** An engine address that was understood; `endpoint` is its normalised text. */
export type ParsedEndpoint =
  | { kind: 'unix'; endpoint: string; path: string }
  | { kind: 'npipe'; endpoint: string; path: string }
  | { kind: 'tcp'; endpoint: string; host: string; port: number };

/** What the docker CLI takes when `tcp://host` names no port. */
const DEFAULT_PORT = 2375;

const invalid = (text: string, why: string, hint: string): Result<never> =>
  fail({
    code: 'invalid_input',
    field: 'host',
    message: `"${text}" is not the address of an engine: ${why}.`,
    hint,
    params: { endpoint: text },
  });

const FORMS = 'Write unix:///var/run/docker.sock, tcp://192.0.2.10:2376 or npipe:////./pipe/docker_engine.';

/** What is said of `ssh://` addresses, wherever they are found. */
export const sshProblem = (text: string): Problem => ({
  code: 'engine_unsupported',
  field: 'host',
  message: `Engines behind SSH are not yet supported: ${text}.`,
  hint: 'Forward the socket by hand (ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST) and use unix:///tmp/engine.sock.',
  params: { endpoint: text },
});

function parseUnix(text: string, path: string): Result<ParsedEndpoint> {
  if (!path.startsWith('/')) return invalid(text, 'the path of the socket must be absolute', FORMS);
  const clean = posix.normalize(path);
  if (clean === '/' || clean.endsWith('/')) return invalid(text, 'it names a directory', FORMS);
  return ok({ kind: 'unix', endpoint: `unix://${clean}`, path: clean });
}

function parsePipe(text: string, rest: string): Result<ParsedEndpoint> {
  const path = rest.replaceAll('\\', '/');
  if (!/^\/\/[^/]+\/pipe\/.+/.test(path))
    return invalid(text, 'a named pipe looks like //./pipe/NAME', FORMS);
  return ok({ kind: 'npipe', endpoint: `npipe://${path}`, path });
}

function parseTcp(text: string, rest: string): Result<ParsedEndpoint> {
  const match = /^(\[[0-9a-f:.%]+\]|[^/:@?#[\]\s]+)(?::(\d{1,5}))?\/?$/i.exec(rest);
  if (!match?.[1]) return invalid(text, 'expected tcp://address:port and nothing after it', FORMS);
  const port = match[2] === undefined ? DEFAULT_PORT : Number(match[2]);
  if (port < 1 || port > 65535) return invalid(text, `${port} is not a port between 1 and 65535`, FORMS);
  const host = match[1].toLowerCase();
  return ok({ kind: 'tcp', endpoint: `tcp://${host}:${port}`, host: host.replace(/^\[|\]$/g, ''), port });
}

/**
 * Reads the address of an engine as the docker CLI writes it: `unix:///path`, `tcp://address:port`,
 * `npipe:////./pipe/name`, a plain absolute path, or `address:port`.
 *
 * @returns `invalid_input` (field `host`) for what can't be read, `engine_unsupported` for `ssh://`.
 */
export function parseEndpoint(text: string): Result<ParsedEndpoint> {
  const given = text.trim();
  if (given === '') return invalid(text, 'it is empty', FORMS);
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(given);
  if (!match) {
    if (given.startsWith('/')) return parseUnix(given, given);
    return /^[^/]+:\d+$/.test(given)
      ? parseTcp(given, given)
      : invalid(given, 'it has no scheme and is no path', FORMS);
  }
  const [, scheme = '', rest = ''] = match;
  switch (scheme.toLowerCase()) {
    case 'unix':
      return parseUnix(given, rest);
    case 'npipe':
      return parsePipe(given, rest);
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(given, rest);
    case 'ssh':
      return fail(sshProblem(given));
    default:
      return invalid(given, `${scheme}:// is not a way to reach an engine`, FORMS);
  }
}

/**
 * The stable short key of an engine: the same for every spelling of one address. `/info.ID` can't serve, as it is
 * not unique on 20.10 (it comes from a key file that images of machines carry along).
 */
export function engineIdFor(endpoint: string): string {
  const parsed = parseEndpoint(endpoint);
  const text = parsed.ok ? parsed.value.endpoint : endpoint.trim();
  return `e${createHash('sha256').update(text).digest('hex').slice(0, 11)}`;
}
