import { fail, ok, type EngineConnection, type Reason, type Result } from '../../model';
import { problem } from '../../texts/messages';
import { reason } from '../../texts/reason';

type ConnectionOf<K extends EngineConnection['kind']> = Extract<EngineConnection, { kind: K }>;
type Read = Result<EngineConnection>;

/** What the docker CLI takes when `tcp://host` names no port, and what Docker listens on with TLS. */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;
/** The engine's socket on the far side of SSH, unless told. */
export const FAR_SOCKET = '/var/run/docker.sock';

const invalid = (text: string, detail: Reason): Result<never> =>
  fail(problem('invalid_input', { context: 'address', endpoint: text, detail }, { field: 'host' }));

/** An absolute path without `.`, `..` and doubled slashes, as POSIX reads it. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  return `/${parts.join('/')}${path.endsWith('/') && parts.length > 0 ? '/' : ''}`;
}

function readSocket(text: string, path: string): Read {
  if (!path.startsWith('/')) return invalid(text, reason('address_relative'));
  const clean = normalized(path);
  if (clean === '/' || clean.endsWith('/')) return invalid(text, reason('address_folder'));
  return ok({ kind: 'socket', path: clean });
}

function readPipe(text: string, rest: string): Read {
  const path = rest.replaceAll('\\', '/');
  if (!/^\/\/[^/]+\/pipe\/.+/.test(path)) return invalid(text, reason('address_pipe'));
  return ok({ kind: 'socket', path });
}

const HOST = String.raw`(\[[0-9a-z:.%_-]+\]|[^/:@?#[\],\s]+)(?::(\d{1,5}))?`;
const tcpForm = new RegExp(`^${HOST}/?$`, 'i');
const sshForm = new RegExp(`^(?:([^/:@?#,\\s]+)@)?${HOST}(/[^?#]*)?(?:\\?jump=([^?#&\\s]+))?$`, 'i');

/** What a name in DNS, or one of `~/.ssh/config`, has no use for: patterns, quotes, what shells and URLs mean something by. */
const noName = /[\p{Cc}\p{Cf}\s%*!?|"'`\\^<>{}()$&;=]/u;

/** Whether anything could be looked up by it. `strict`: URLs must be able to name it, too. */
function isHost(host: string, strict: boolean): boolean {
  // The zone of a link-local address names an interface of this machine.
  const [, literal] = /^\[([0-9a-f:.]+)(?:%[\w.-]+)?\]$/i.exec(host) ?? [];
  if (literal !== undefined) return URL.canParse(`http://[${literal}]/`);
  if (host.startsWith('[') || host.startsWith('-') || noName.test(host)) return false;
  return !strict || URL.canParse(`http://${host}/`);
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
const isPort = (port: number): boolean => port >= 1 && port <= 65_535;
const badPort = (text: string, port: number) => invalid(text, reason('address_port', { port }));

/** 2376 is Docker's port with TLS, and `https` says so; anything else is plain until the admin names certificates. */
function readTcp(text: string, rest: string, secure: boolean): Read {
  const [, host, given] = tcpForm.exec(rest) ?? [];
  if (host === undefined || !isHost(host, true)) return invalid(text, reason('address_tcp'));
  const port = given === undefined ? (secure ? TLS_PORT : PLAIN_PORT) : Number(given);
  if (!isPort(port)) return badPort(text, port);
  const tls = secure || port === TLS_PORT ? {} : null;
  return ok({ kind: 'tcp', host: bare(host).toLowerCase(), port, tls, plainAccepted: false });
}

function readSsh(text: string, rest: string): Read {
  if (/^[^/@]*:[^/@]*@/.test(rest))
    return invalid(text.replace(/:[^:@]*@/, ':…@'), reason('address_password'));
  const [, user, host, given, path, jump] = sshForm.exec(rest) ?? [];
  if (host === undefined || !isHost(host, false)) return invalid(text, reason('address_ssh'));
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
  if (!/^[a-z0-9][a-z0-9_.+-]*$/i.test(name)) return invalid(text, reason('address_context'));
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
  if (given === '') return invalid(text, reason('address_empty'));
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(given);
  if (!match) {
    if (given.startsWith('/')) return readSocket(given, given);
    return /^[^/]+:\d+$/.test(given) ? readTcp(given, given, false) : invalid(given, reason('address_bare'));
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
      return invalid(given, reason('address_scheme', { scheme }));
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
