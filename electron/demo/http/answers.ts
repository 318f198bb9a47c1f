import type { IncomingMessage, ServerResponse } from 'node:http';
import { badRequest, EngineError } from '../engine/errors';

/** Larger bodies than an engine's client ever sends here. */
const LARGEST_BODY = 4 * 1024 * 1024;

export function sendText(response: ServerResponse, status: number, text: string, type: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  sendText(response, status, `${JSON.stringify(body)}\n`, 'application/json');
}

export function sendNothing(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}

/** A refusal keeps the engine's status; a defect of our own is a 500 with its message. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = error instanceof EngineError ? error.status : 500;
  sendJson(response, { message: error instanceof Error ? error.message : String(error) }, status);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new EngineError(413, 'request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws EngineError 400 for another content type or no JSON object, in the engine's words as near as can be */
export async function readJson<T extends object>(request: IncomingMessage): Promise<T> {
  const text = await readAll(request);
  if (text.trim() === '') return {} as T;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type)) {
    throw badRequest(`Content-Type specified (${type}) must be 'application/json'`);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw badRequest(`invalid JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('invalid JSON: expected an object');
  }
  return body as T;
}
