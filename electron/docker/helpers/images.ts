import { ProblemError } from '../../../shared/model';
import { hostless } from '../../../shared/texts';
import type { Connection } from '../wire/connection';
import type { EngineImage, EngineImages } from '../engine-client';
import { asNumber, asRecord, asText, asTextMap } from '../json/json';

/** Milliseconds. Unpacking 12 MB takes a busy engine with the vfs driver many seconds; a registry may be far away. */
const deadline = { load: 120_000, pull: 600_000 };

const imagePath = (reference: string) => `/images/${encodeURIComponent(reference)}`;

/** The engine has no such thing. */
export const isAbsent = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.params?.status === 404;

/** The reason that a stream of progress lines ends with; undefined for success. */
export function failureIn(progress: string): string | undefined {
  for (const line of progress.split('\n')) {
    try {
      const json = asRecord(JSON.parse(line));
      const reason = asText(json.error) || asText(asRecord(json.errorDetail).message);
      if (reason) return reason;
    } catch {
      // Not every engine ends its last line; a line that is no JSON says nothing of a failure.
    }
  }
  return undefined;
}

/** Failures after the first byte come in the body of a 200. */
function checkProgress(connection: Connection, path: string, body: Buffer): void {
  const reason = failureIn(body.toString());
  if (reason === undefined) return;
  const { engineId } = connection.contextOf({ path });
  throw new ProblemError(hostless('engine_error', {}, { engineId, engineText: reason }));
}

async function find(connection: Connection, reference: string): Promise<EngineImage | null> {
  try {
    const json = asRecord(await connection.json({ path: `${imagePath(reference)}/json` }));
    return {
      id: asText(json.Id),
      size: asNumber(json.Size),
      architecture: asText(json.Architecture),
      labels: asTextMap(asRecord(json.Config).Labels),
    };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Without a tag the engine would pull every one that the registry has. */
const tagged = (reference: string): string =>
  /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;

/** The images behind one connection. */
export function imagesOf(connection: Connection): EngineImages {
  const post = async (
    path: string,
    query: Record<string, string | boolean>,
    timeoutMs: number,
    upload?: Buffer,
  ) => {
    const call = { method: 'POST' as const, path, query, timeoutMs, ...(upload && { upload }) };
    checkProgress(connection, path, await connection.bytes(call));
  };
  return {
    find: (reference) => find(connection, reference),
    load: (tar) => post('/images/load', { quiet: true }, deadline.load, tar),
    build: (context, reference) =>
      post('/build', { t: reference, rm: true, forcerm: true, q: true }, deadline.load, context),
    pull: (reference) => post('/images/create', { fromImage: tagged(reference) }, deadline.pull),
    async remove(reference) {
      try {
        await connection.bytes({ method: 'DELETE', path: imagePath(reference) });
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    },
  };
}
