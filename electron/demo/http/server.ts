import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DemoEngine } from '../engine/engine';
import { badRequest, EngineError, notFound } from '../engine/errors';
import { Execs } from '../engine/exec';
import { compareApi } from '../engine/versions';
import type { Ticker } from '../stats/ticker';
import { sendError } from './answers';
import { addContainerRoutes } from './container-routes';
import { addEventRoutes } from './event-routes';
import { addExecRoutes, hijackExec } from './exec-routes';
import { addNetworkRoutes } from './network-routes';
import { addImageRoutes } from './image-routes';
import { Router } from './router';
import { addRunRoutes } from './run-routes';
import { addStatsRoutes } from './stats-routes';
import { addSystemRoutes } from './system-routes';

function buildRouter(): Router {
  const router = new Router();
  addSystemRoutes(router);
  addContainerRoutes(router);
  addStatsRoutes(router);
  addExecRoutes(router);
  addNetworkRoutes(router);
  addEventRoutes(router);
  addImageRoutes(router);
  addRunRoutes(router);
  return router;
}

/** Takes `/v1.41` off the path. @throws EngineError 400 for a version that the engine does not speak */
function withoutVersion(engine: DemoEngine, path: string): string {
  const found = /^\/v(\d+\.\d+)(\/.*)$/.exec(path);
  if (!found) return path;
  const [, version = '', rest = ''] = found;
  const { apiVersion, minApiVersion } = engine.quirks;
  if (compareApi(version, apiVersion) > 0) {
    throw badRequest(`client version ${version} is too new. Maximum supported API version is ${apiVersion}`);
  }
  if (compareApi(version, minApiVersion) < 0) {
    throw badRequest(
      `client version ${version} is too old. Minimum supported API version is ${minApiVersion}, please upgrade your client to a newer version`,
    );
  }
  return rest;
}

function setHeaders(engine: DemoEngine, response: ServerResponse): void {
  response.setHeader('Api-Version', engine.quirks.apiVersion);
  response.setHeader('Docker-Experimental', 'false');
  response.setHeader('Ostype', 'linux');
  response.setHeader('Server', `Docker/${engine.quirks.version} (linux)`);
}

/** Bytes of an answer to a caller who asked for an upgrade and is refused: no ServerResponse exists then. */
function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof EngineError ? error.status : 500;
  const body = `${JSON.stringify({ message: error instanceof Error ? error.message : String(error) })}\n`;
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const pathOf = (request: IncomingMessage): URL => new URL(request.url ?? '/', 'http://engine');

/** An HTTP server that answers as the engine; not listening yet. */
export function engineServer(engine: DemoEngine, ticker: Ticker): Server {
  const router = buildRouter();
  const execs = new Execs(engine);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setHeaders(engine, response);
    try {
      const url = pathOf(request);
      const found = router.match(request.method ?? 'GET', withoutVersion(engine, url.pathname));
      if (!found) throw notFound('page not found');
      const { handler, params } = found;
      await handler({ engine, execs, ticker, params, query: url.searchParams, request, response });
    } catch (error) {
      sendError(response, error);
    }
  };
  const server = createServer((request, response) => void handle(request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    try {
      const id = /^\/exec\/([^/]+)\/start$/.exec(withoutVersion(engine, pathOf(request).pathname))?.[1];
      if (!id) throw notFound('page not found');
      hijackExec(execs, id, request, socket, head);
    } catch (error) {
      refuse(socket, error);
    }
  });
  // Streams last as long as their readers; only half-sent requests may time out.
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 60_000;
  return server;
}
