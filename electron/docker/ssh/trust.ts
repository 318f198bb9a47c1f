import { ProblemError, type EngineConnection } from '../../../shared/model';
import type { AccessContext } from '../places/access';
import { connectionOfContext } from '../places/contexts';
import { addressOf } from '../places/endpoint';
import { problemOfFailure } from '../errors/errors';
import type { Acceptance } from './hop-client';
import { hopsTo, type Hop } from './hops';
import { fingerprint } from './known-hosts';
import { rememberKey } from './known-hosts-files';
import { Link } from './link';

/** For all hops up to the one in question. Milliseconds. */
const TRUST_MS = 10_000;

async function hopsOf(connection: EngineConnection, access: AccessContext): Promise<Hop[]> {
  const direct =
    connection.kind === 'context'
      ? await connectionOfContext(access, connection.context, connection.plainAccepted)
      : connection;
  return direct.kind === 'ssh' ? hopsTo(direct, access) : [];
}

/** Whether a host could be asked for its key: what went wrong came after that. */
const wasVerified = (error: unknown): boolean =>
  error instanceof ProblemError && /^ssh_(auth|passphrase|key)_/.test(error.problem.code);

/**
 * Keeps the key of the first SSH host on the way that is unknown, if it is exactly this one: the host is asked for it
 * again, and has to prove that it holds it. A changed or a revoked key is never taken. Nobody signs in on that host.
 *
 * Resolves also when every host is known already. Rejects with `ssh_host_unknown` when the host shows another key now.
 *
 * @param wanted `SHA256:…`, as `ssh_host_unknown` told it.
 */
export async function trustHostKey(
  connection: EngineConnection,
  access: AccessContext,
  wanted: string,
): Promise<void> {
  try {
    await askAndKeep(connection, access, wanted);
  } catch (error) {
    // What the system says of a host that refuses, or that nobody knows, is told as of any call.
    const context = { engineId: '', endpoint: addressOf(connection), method: 'GET' };
    const { engineId: _, ...problem } = problemOfFailure(error, context).problem;
    throw new ProblemError(problem, { cause: error });
  }
}

async function askAndKeep(
  connection: EngineConnection,
  access: AccessContext,
  wanted: string,
): Promise<void> {
  const hops = await hopsOf(connection, access);
  if (hops.length === 0) return;
  const enough = new AbortController();
  let found: { hop: Hop; key: Buffer } | undefined;
  const accept: Acceptance = {
    takes: (key) => fingerprint(key) === wanted,
    proven(hop, key) {
      found = { hop, key };
      enough.abort(new Error('the key is known'));
    },
  };
  const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(TRUST_MS)]);
  try {
    const link = await Link.open(hops, access, { timeoutMs: TRUST_MS, signal, accept }, () => undefined);
    link.close();
  } catch (error) {
    if (!found && !wasVerified(error)) throw error;
  }
  if (found) await rememberKey(access.knownHostsFile, found.hop.knownNames[0] ?? found.hop.host, found.key);
}
