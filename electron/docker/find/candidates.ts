import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ProblemError,
  type EngineCandidate,
  type EngineConnection,
  type Problem,
} from '../../../shared/model';
import type { AccessContext } from '../places/access';
import {
  connectionOfContext,
  contextNames,
  currentContextName,
  defaultConnection,
  environmentConnection,
  plainProblem,
} from '../places/contexts';
import { addressOf } from '../places/endpoint';
import { namedHosts, readSshConfig } from '../ssh/config-files';
import { hopsTo } from '../ssh/hops';

type Where = Pick<AccessContext, 'home' | 'env'>;

/** Where engines usually listen: system-wide, rootless, Docker Desktop, Podman as root and as user. */
function usualSockets({ env, home }: Where): string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(home, '.docker', 'run', 'docker.sock'),
    '/run/podman/podman.sock',
    ...(runtime ? [join(runtime, 'podman', 'podman.sock')] : []),
  ];
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

/** By a context's name alone: what it says is read when connecting. */
function byContext(context: string) {
  const connection = { kind: 'context', context, plainAccepted: false } as const;
  return { connection, address: addressOf(connection) };
}

async function fromEnvironment(where: Where): Promise<EngineCandidate[]> {
  const given = where.env.DOCKER_HOST?.trim();
  if (!given) return [];
  const found = { source: 'DOCKER_HOST', name: 'DOCKER_HOST', current: true } as const;
  try {
    const connection = (await environmentConnection(where)) ?? defaultConnection(process.platform);
    const plain = plainProblem(connection)?.problem;
    return [{ ...found, address: addressOf(connection), connection, ...(plain && { problem: plain }) }];
  } catch (error) {
    // The text may be anything, a password in it too: it is not repeated.
    return [{ ...found, ...byContext('default'), problem: problemOf(error) }];
  }
}

async function contextCandidate(
  where: Where,
  name: string,
  current: boolean,
  platform: string,
): Promise<EngineCandidate> {
  const found = { source: 'context', name, current, ...byContext(name) } as const;
  try {
    const said = await connectionOfContext(where, name, false, platform);
    const plain = plainProblem(said)?.problem;
    return { ...found, address: addressOf(said), ...(plain && { problem: plain }) };
  } catch (error) {
    return { ...found, problem: problemOf(error) };
  }
}

async function fromContexts(where: Where, platform: string): Promise<EngineCandidate[]> {
  const found = await contextNames(where);
  let current: string | undefined;
  const broken: EngineCandidate[] = [];
  const unusable = (name: string, current: boolean, problem: Problem) =>
    broken.push({ source: 'context', name, current, ...byContext(name), problem });
  try {
    // DOCKER_HOST is stronger than any context: none is the current one then.
    current = where.env.DOCKER_HOST?.trim() ? undefined : await currentContextName(where);
  } catch (error) {
    unusable('default', true, problemOf(error));
  }
  const names = new Set(found.filter((each) => !each.problem).map((each) => each.name));
  // One that is chosen and gone is told of: `docker` itself fails with it.
  if (current !== undefined) names.add(current);
  const readable = await Promise.all(
    [...names].map((name) => contextCandidate(where, name, name === current, platform)),
  );
  for (const { name, problem } of found) if (problem) unusable(name, false, problem.problem);
  return [...readable.sort((one, other) => Number(other.current) - Number(one.current)), ...broken];
}

async function fromSockets(where: Where, platform: string): Promise<EngineCandidate[]> {
  const paths: string[] = [];
  if (platform === 'win32') paths.push('//./pipe/docker_engine');
  else
    for (const path of usualSockets(where)) {
      const isSocket = await stat(path).then(
        (entry) => entry.isSocket(),
        () => false,
      );
      if (isSocket) paths.push(path);
    }
  return paths.map((path) => {
    const connection: EngineConnection = { kind: 'socket', path };
    return { source: 'socket', name: path, address: addressOf(connection), connection, current: false };
  });
}

/**
 * A config that can't be read names no hosts; a host that is then written by hand says why. The system's own file names
 * none that an admin looks for.
 */
async function fromSshConfig(access: AccessContext): Promise<EngineCandidate[]> {
  const names = namedHosts(await readSshConfig(access.home).catch(() => []));
  const hosts = names.filter((name) => /^[^\s/:@?#[\],]{1,253}$/.test(name));
  return Promise.all(
    hosts.map(async (name) => {
      const connection = { kind: 'ssh', host: name } as const;
      const found = { source: 'ssh-config', name, connection, address: addressOf(connection) } as const;
      const problem = await hopsTo(connection, access).then(() => undefined, problemOf);
      return { ...found, current: false, ...(problem && { problem }) };
    }),
  );
}

/**
 * The ways to engines that this machine knows of: DOCKER_HOST, every Docker context (the current one first), the usual
 * sockets that exist, the hosts that `~/.ssh/config` names. Nothing is contacted and nothing written. Never rejects: what can't be used as it is has its
 * `problem`.
 *
 * @param platform `process.platform`; on Windows the engine's named pipe stands for the sockets.
 */
export async function engineCandidates(
  access: AccessContext,
  platform: string = process.platform,
): Promise<EngineCandidate[]> {
  const named = [...(await fromEnvironment(access)), ...(await fromContexts(access, platform))];
  const known = new Set(named.filter((each) => !each.problem).map((each) => each.address));
  const sockets = await fromSockets(access, platform);
  const fresh = sockets.filter((each) => !known.has(each.address));
  return [...named, ...fresh, ...(await fromSshConfig(access))];
}
