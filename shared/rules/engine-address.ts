import { fail, ok, type EngineConnection, type Result } from '../model';

type ConnectionOf<K extends EngineConnection['kind']> = Extract<EngineConnection, { kind: K }>;
type Read = Result<EngineConnection>;

/** What the docker CLI takes when `tcp://host` names no port, and what Docker listens on with TLS. */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;
/** The engine's socket on the far side of SSH, unless told. */
export const FAR_SOCKET = '/var/run/docker.sock';

const FORMS =
  'Write unix:///var/run/docker.sock, tcp://192.0.2.10:2376, ssh://user@host, context://NAME or npipe:////./pipe/docker_engine.';

const invalid = (text: string, why: string): Result<never> =>
  fail({
    code: 'invalid_input',
    field: 'host',
    message: `"${text}" is not the address of an engine: ${why}.`,
    hint: FORMS,
    params: { endpoint: text },
  });

/** An absolute path without `.`, `..` and doubled slashes, as POSIX reads it. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  return `/${parts.join('/')}${path.endsWith('/') && parts.length > 0 ? '/' : ''}`;
}

function readSocket(text: string, path: string): Read {
  if (!path.startsWith('/')) return invalid(text, 'the path of the socket must be absolute');
  const clean = normalized(path);
  if (clean === '/' || clean.endsWith('/')) return invalid(text, 'it names a directory');
  return ok({ kind: 'socket', path: clean });
}

function readPipe(text: string, rest: string): Read {
  const path = rest.replaceAll('\\', '/');
  if (!/^\/\/[^/]+\/pipe\/.+/.test(path)) return invalid(text, 'a named pipe looks like //./pipe/NAME');
  return ok({ kind: 'socket', path });
}

const HOST = String.raw`(\[[0-9a-f:.%]+\]|[^/:@?#[\],\s]+)(?::(\d{1,5}))?`;
const tcpForm = new RegExp(`^${HOST}/?$`, 'i');
const sshForm = new RegExp(`^(?:([^/:@?#,\\s]+)@)?${HOST}(/[^?#]*)?(?:\\?jump=([^?#&\\s]+))?$`, 'i');

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
const isPort = (port: number): boolean => port >= 1 && port <= 65_535;
const badPort = (text: string, port: number) => invalid(text, `${port} is not a port between 1 and 65535`);

/** 2376 is Docker's port with TLS, and `https` says so; anything else is plain until the admin names certificates. */
function readTcp(text: string, rest: string, secure: boolean): Read {
  const [, host, given] = tcpForm.exec(rest) ?? [];
  if (host === undefined) return invalid(text, 'expected tcp://address:port and nothing after it');
  const port = given === undefined ? (secure ? TLS_PORT : PLAIN_PORT) : Number(given);
  if (!isPort(port)) return badPort(text, port);
  const tls = secure || port === TLS_PORT ? {} : null;
  return ok({ kind: 'tcp', host: bare(host).toLowerCase(), port, tls, plainAccepted: false });
}

function readSsh(text: string, rest: string): Read {
  if (/^[^/@]*:[^/@]*@/.test(rest))
    return invalid(text.replace(/:[^:@]*@/, ':…@'), 'a password has no place in an address');
  const [, user, host, given, path, jump] = sshForm.exec(rest) ?? [];
  if (host === undefined) return invalid(text, 'expected ssh://user@host:port');
  const port = given === undefined ? undefined : Number(given);
  if (port !== undefined && !isPort(port)) return badPort(text, port);
  const socket = path === undefined || path === '/' ? undefined : normalized(path);
  return ok({
    kind: 'ssh',
    // As it is written: names of ~/.ssh/config have a case.
    host: bare(host),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(socket !== undefined && socket !== FAR_SOCKET && { socket }),
    ...(jump !== undefined && { jump }),
  });
}

function readContextName(text: string, rest: string): Read {
  const name = rest.replace(/\/$/, '');
  // The docker CLI's own rule for names; anything else can't be a context.
  if (!/^[a-z0-9][a-z0-9_.+-]*$/i.test(name)) return invalid(text, 'that is no name of a Docker context');
  return ok({ kind: 'context', context: name, plainAccepted: false });
}

/**
 * Reads the address of an engine: `unix:///path`, a plain absolute path, `npipe:////./pipe/name`, `tcp://address:port`
 * or `address:port`, `ssh://user@host:port/path/to.sock?jump=HOP,HOP`, `context://NAME`. Certificates and key files are
 * no part of it; for plain TCP the admin's acceptance is not given by it either.
 *
 * @returns `invalid_input` (field `host`) for what can't be read.
 */
export function connectionOf(text: string): Result<EngineConnection> {
  const given = text.trim();
  if (given === '') return invalid(text, 'it is empty');
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(given);
  if (!match) {
    if (given.startsWith('/')) return readSocket(given, given);
    return /^[^/]+:\d+$/.test(given)
      ? readTcp(given, given, false)
      : invalid(given, 'it has no scheme and is no path');
  }
  const [, scheme = '', rest = ''] = match;
  switch (scheme.toLowerCase()) {
    case 'unix':
      return readSocket(given, rest);
    case 'npipe':
      return readPipe(given, rest);
    case 'tcp':
    case 'http':
      return readTcp(given, rest, false);
    case 'https':
      return readTcp(given, rest, true);
    case 'ssh':
      return readSsh(given, rest);
    case 'context':
      return readContextName(given, rest);
    default:
      return invalid(given, `${scheme}:// is not a way to reach an engine`);
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function sshAddress({ user, host, port, socket, jump }: ConnectionOf<'ssh'>): string {
  const at = user === undefined ? '' : `${user}@`;
  const where = `${bracketed(host)}${port === undefined ? '' : `:${port}`}`;
  const path = socket === undefined || socket === FAR_SOCKET ? '' : socket;
  return `ssh://${at}${where}${path}${jump === undefined ? '' : `?jump=${jump}`}`;
}

/**
 * A connection as one line, for people and as what makes it this engine: `ssh://admin@atlas`. Files are no part of it:
 * the engine stays the same when its certificates are renewed. {@link connectionOf} reads it back.
 */
export function addressOf(connection: EngineConnection): string {
  switch (connection.kind) {
    case 'socket': {
      const { path } = connection;
      return /^[/\\]{2}/.test(path) ? `npipe://${path.replaceAll('\\', '/')}` : `unix://${path}`;
    }
    case 'tcp':
      return `tcp://${bracketed(connection.host)}:${connection.port}`;
    case 'ssh':
      return sshAddress(connection);
    case 'context':
      return `context://${connection.context}`;
  }
}
