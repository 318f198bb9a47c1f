import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ErrorCode } from '../../../shared/model';
import { createEngineClient } from '../client';
import type { EngineClient } from '../engine-client';
import { info, version } from '../fixtures/engine';

/** What the tests let an engine's socket do. */
interface TestServer {
  readonly socket: string;
  readonly endpoint: string;
  /** `METHOD url` of each request, in order. */
  readonly asked: string[];
  /** Bodies of the requests, in order; empty text where there was none. */
  readonly bodies: string[];
  /** Routes whose paths are not known beforehand; asked when no other fits. */
  route?: (method: string, path: string) => Routes[string] | undefined;
  close(): Promise<void>;
}

/** Serves HTTP on a unix socket of its own, for what no real engine does on demand: stalls, cuts, broken JSON. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-client-'));
  const socket = join(folder, 'engine.sock');
  const asked: string[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      answer(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(socket, done));
  return {
    socket,
    endpoint: `unix://${socket}`,
    asked,
    bodies,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Answers with JSON. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/**
 * By the test that runs: files share this module (`isolate: false`), so a hook at its top would be one of the first file's
 * alone. What was opened last is closed first.
 */
function closeAfterwards(item: { close(): unknown }): void {
  onTestFinished(async () => void (await item.close()));
}

/** How a server answers, by `METHOD path`; anything else is 404. */
export type Routes = Record<string, (response: ServerResponse, request: IncomingMessage) => void>;

/** A client of engine `e1` at this endpoint, closed after the test. Milliseconds. */
export function connect(endpoint: string, timeoutMs = 10_000): EngineClient {
  const client = createEngineClient({ engineId: 'e1', endpoint, timeoutMs });
  closeAfterwards(client);
  return client;
}

/** A client on a server with these routes; both are closed after the test. */
export async function engine(
  routes: Routes,
  timeoutMs = 10_000,
): Promise<{ client: EngineClient; server: TestServer }> {
  const server = await serve((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = routes[`${request.method} ${path}`] ?? server.route?.(request.method ?? '', path);
    if (route) route(response, request);
    else json(response, { message: 'page not found' }, 404);
  });
  closeAfterwards(server);
  return { client: connect(server.endpoint, timeoutMs), server };
}

/** The route of an engine that accepts and never answers. */
export const silent = () => undefined;

/** Matches the ProblemError of engine `e1` with this code. */
export const problem = (code: ErrorCode, more: object = {}) =>
  expect.objectContaining({
    problem: expect.objectContaining({ code, engineId: 'e1', ...more }) as object,
  }) as Error;

export const text = (words: string) => expect.stringContaining(words) as string;

/** `/version` and `/info` of a real 20.10. */
export const facts: Routes = {
  'GET /version': (response) => json(response, version),
  'GET /info': (response) => json(response, info),
};

/** A Podman with a paused container `c1`, in what it needs to be known as one. */
export const pausedOnPodman: Routes = {
  ...facts,
  'GET /version': (response) =>
    json(response, { ...version, Version: '4.3.1', Components: [{ Name: 'Podman Engine' }] }),
  'GET /containers/c1/json': (response) =>
    json(response, { Id: 'c1', Name: '/web', State: { Status: 'paused' } }),
};
