import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../shared/model';
import { currentContextName, readContext, tlsFilesIn, type TlsFiles } from './contexts';
import { parseEndpoint } from './endpoint';

export type { TlsFiles } from './contexts';

/** The environment, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An engine that may be there. */
export interface EndpointCandidate {
  /** Normalised: `unix:///path`, `tcp://address:port`, `npipe:////./pipe/name`. */
  endpoint: string;
  source: 'DOCKER_HOST' | 'context' | 'socket';
  /** The context's name, where the source is one. */
  context?: string;
  tls?: TlsFiles;
}

/** Candidates in the order of preference, each endpoint once, and what was found but can't be used. */
export interface Discovery {
  candidates: EndpointCandidate[];
  problems: Problem[];
}

const windowsPipe = 'npipe:////./pipe/docker_engine';

/** Where engines usually listen: system-wide, rootless, Docker Desktop, Podman as root and as user. */
function usualSockets(env: Environment, home: string): string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(home, '.docker', 'run', 'docker.sock'),
    '/run/podman/podman.sock',
    ...(runtime ? [join(runtime, 'podman', 'podman.sock')] : []),
  ];
}

class Finder {
  readonly found: Discovery = { candidates: [], problems: [] };

  /** Adds what can be used, once; what can't becomes a problem that names its source. */
  add(text: string, candidate: Omit<EndpointCandidate, 'endpoint'>): void {
    const parsed = parseEndpoint(text);
    if (!parsed.ok) {
      const origin = candidate.context ? `Docker context "${candidate.context}"` : candidate.source;
      const { field: _, ...problem } = parsed.error;
      this.found.problems.push({ ...problem, message: `${origin}: ${problem.message}` });
      return;
    }
    const { endpoint } = parsed.value;
    if (this.found.candidates.some((known) => known.endpoint === endpoint)) return;
    this.found.candidates.push({ endpoint, ...candidate });
  }

  unreadable(what: string, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.found.problems.push({
      code: 'invalid_input',
      message: `${what} can’t be read: ${why}.`,
      hint: 'Check it with "docker context ls", or name an engine with --host.',
    });
  }
}

async function fromEnvironment(finder: Finder, env: Environment, configFolder: string): Promise<void> {
  const host = env.DOCKER_HOST?.trim();
  if (!host) return;
  const wantsTls = Boolean(env.DOCKER_TLS_VERIFY ?? env.DOCKER_TLS);
  const tls = wantsTls ? await tlsFilesIn(env.DOCKER_CERT_PATH ?? configFolder) : undefined;
  finder.add(host, { source: 'DOCKER_HOST', ...(tls && { tls }) });
}

async function fromContext(finder: Finder, env: Environment, configFolder: string): Promise<void> {
  let name = env.DOCKER_CONTEXT?.trim();
  if (!name) {
    name = await currentContextName(configFolder).catch((error: unknown) => {
      finder.unreadable('The Docker configuration', error);
      return undefined;
    });
  }
  if (!name || name === 'default') return;
  try {
    const { host, tls } = await readContext(configFolder, name);
    finder.add(host, { source: 'context', context: name, ...(tls && { tls }) });
  } catch (error) {
    finder.unreadable(`The Docker context "${name}"`, error);
  }
}

async function fromSockets(finder: Finder, env: Environment, home: string): Promise<void> {
  for (const path of usualSockets(env, home)) {
    const isSocket = await stat(path).then(
      (entry) => entry.isSocket(),
      () => false,
    );
    if (isSocket) finder.add(`unix://${path}`, { source: 'socket' });
  }
}

/**
 * Looks for engines as the docker CLI does: DOCKER_HOST, then DOCKER_CONTEXT or the current context, then the usual
 * sockets that exist. Nothing is contacted and nothing written. Never rejects: what can't be used is among the
 * problems, each naming where it was found.
 *
 * @param env `process.env`, or a part of it.
 * @param home the user's home folder.
 * @param platform `process.platform`; on Windows the engine's named pipe stands for the sockets.
 */
export async function discoverEndpoints(
  env: Environment,
  home: string,
  platform: string = process.platform,
): Promise<Discovery> {
  const finder = new Finder();
  const configFolder = env.DOCKER_CONFIG ?? join(home, '.docker');
  await fromEnvironment(finder, env, configFolder);
  await fromContext(finder, env, configFolder);
  if (platform === 'win32') finder.add(windowsPipe, { source: 'socket' });
  else await fromSockets(finder, env, home);
  return finder.found;
}
