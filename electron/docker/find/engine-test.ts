import { ProblemError, type EngineConnection, type EngineTest, type Problem } from '../../../shared/model';
import type { AccessContext } from '../places/access';
import { createEngineClient } from '../client';
import type { EngineClient } from '../engine-client';
import { trustHostKey } from '../ssh/trust';

/** For the whole test, SSH and TLS included. Milliseconds. */
const TEST_MS = 10_000;

export interface TestOptions {
  /** Fingerprint of the SSH host key that the admin has accepted: it is kept, should it be the one. */
  trust?: string;
  /** Of the connection's key file; forgotten when the test ends. */
  passphrase?: string;
  timeoutMs?: number;
}

/** What a test found, and by what the engine is known again if it is reached by another way. */
export type FoundEngine = Omit<EngineTest, 'sameAs'> & {
  /**
   * Of Docker's own network `bridge`, which is made with a random id at each start of the daemon. Podman's default
   * network has one id everywhere, and `/info.ID` is the same on machines that were cloned.
   */
  bridgeId?: string;
};

/** Worth a question more, never worth failing for. */
async function bridgeOf(client: EngineClient): Promise<string | undefined> {
  const networks = await client.networks().catch(() => []);
  return networks.find((each) => each.name === 'bridge' && each.driver === 'bridge')?.id;
}

/** Which part of the connection names the file that can't be used; nothing where a context or the user's files do. */
function fieldOf({ code, params = {} }: Problem, connection: EngineConnection): string | undefined {
  const { file } = params;
  if (code === 'tls_files' && connection.kind === 'tcp') {
    const part = (['ca', 'cert', 'key'] as const).find((each) => connection.tls?.[each] === file);
    return part && `connection.tls.${part}`;
  }
  if (code !== 'ssh_key_unreadable' || connection.kind !== 'ssh' || !connection.keyFile) return undefined;
  // `~` has become a folder by then.
  const named = connection.keyFile.replace(/^~/, '');
  return typeof file === 'string' && file.endsWith(named) ? 'connection.keyFile' : undefined;
}

const withoutEngine = (error: unknown, connection: EngineConnection): unknown => {
  if (!(error instanceof ProblemError)) return error;
  const { engineId: _, ...problem } = error.problem;
  const field = problem.field ?? fieldOf(problem, connection);
  return new ProblemError({ ...problem, ...(field && { field }) }, { cause: error.cause });
};

/**
 * Connects, asks who is there and lets go: nothing stays open, nothing is kept but the host key of `trust`. Rejects with
 * a ProblemError as any call would, without an engine's id.
 */
export async function testEngine(
  connection: EngineConnection,
  access: AccessContext,
  options: TestOptions = {},
): Promise<FoundEngine> {
  const { trust, passphrase, timeoutMs = TEST_MS } = options;
  if (trust !== undefined) await trustHostKey(connection, access, trust);
  const told = passphrase === undefined ? access : { ...access, passphrase: async () => passphrase };
  const client = createEngineClient({ engineId: 'test', connection, access: told, timeoutMs });
  const began = performance.now();
  try {
    const { hostName, product, version, apiVersion, os } = await client.facts();
    const milliseconds = Math.round(performance.now() - began);
    const bridgeId = product === 'docker' ? await bridgeOf(client) : undefined;
    const found = { name: hostName, product, version, apiVersion, os, milliseconds };
    return { ...found, ...(bridgeId ? { bridgeId } : {}) };
  } catch (error) {
    throw withoutEngine(error, connection);
  } finally {
    client.close();
  }
}
