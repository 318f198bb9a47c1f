import type { IncomingMessage } from 'node:http';
import type { Problem, Reason } from '../../shared/model';
import { problem, reason } from '../../shared/rules';

/** A command's JSON is small; a preview of a network with a thousand exclusions is 20 KB. */
const maxBody = 1 << 20;

const invalid = (detail: Reason): Problem => problem('invalid_input', { context: 'http', detail });

/** Media types are the same in any case (RFC 9110 §8.3.1), and may have parameters. */
export const isType = (request: IncomingMessage, type: string): boolean =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === type;

/** Whoever sent it left in the midst of it: no fault of ours, and nobody is there to be answered. */
export class CutOffError extends Error {}

/** The body whole; null when it is larger than `most` bytes, of which no more is then kept. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Destroying the request would take the connection with it, before the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) return null;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new CutOffError('the request was cut off', { cause: error });
  }
  return Buffer.concat(chunks);
}

/** The body as JSON, or what is wrong with it. */
export async function readJson(
  request: IncomingMessage,
): Promise<{ ok: true; value: unknown } | { ok: false; status: number; problem: Problem }> {
  // Anything but JSON could come from another site's form, without the browser asking us first.
  if (!isType(request, 'application/json'))
    return { ok: false, status: 415, problem: invalid(reason('http_type')) };
  const body = await readBody(request, maxBody);
  if (body === null) return { ok: false, status: 413, problem: invalid(reason('http_large')) };
  try {
    const text = body.toString('utf8');
    return { ok: true, value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return { ok: false, status: 400, problem: invalid(reason('http_no_json')) };
  }
}

/** HTTP status of an answer; the body says the same in full. */
export const statusOf = (code: Problem['code']): number => {
  if (code === 'unauthorized') return 401;
  if (code === 'read_only') return 403;
  if (code === 'unknown_command' || code.endsWith('_not_found')) return 404;
  if (code === 'internal') return 500;
  if (code === 'invalid_input') return 400;
  return 409;
};
