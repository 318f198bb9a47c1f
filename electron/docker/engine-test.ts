import { ProblemError, type EngineConnection, type EngineTest } from '../../shared/model';
import type { AccessContext } from './access';
import { createEngineClient } from './client';
import { trustHostKey } from './ssh/trust';

/** For the whole test, SSH and TLS included. Milliseconds. */
const TEST_MS = 10_000;

export interface TestOptions {
  /** Fingerprint of the SSH host key that the admin has accepted: it is kept, should it be the one. */
  trust?: string;
  /** Of the connection's key file; forgotten when the test ends. */
  passphrase?: string;
  timeoutMs?: number;
}

const withoutEngine = (error: unknown): unknown => {
  if (!(error instanceof ProblemError)) return error;
  const { engineId: _, ...problem } = error.problem;
  return new ProblemError(problem, { cause: error.cause });
};

/**
 * Connects, asks who is there and lets go: nothing stays open, nothing is kept but the host key of `trust`. Rejects with
 * a ProblemError as any call would, without an engine's id.
 */
export async function testEngine(
  connection: EngineConnection,
  access: AccessContext,
  options: TestOptions = {},
): Promise<Omit<EngineTest, 'sameAs'>> {
  const { trust, passphrase, timeoutMs = TEST_MS } = options;
  if (trust !== undefined) await trustHostKey(connection, access, trust);
  const told = passphrase === undefined ? access : { ...access, passphrase: async () => passphrase };
  const client = createEngineClient({ engineId: 'test', connection, access: told, timeoutMs });
  const began = performance.now();
  try {
    const { hostName, product, version, apiVersion, os } = await client.facts();
    const milliseconds = Math.round(performance.now() - began);
    return { name: hostName, product, version, apiVersion, os, milliseconds };
  } catch (error) {
    throw withoutEngine(error);
  } finally {
    client.close();
  }
}
