import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushName } from '../../shared/contract';
import { fail, type Result } from '../../shared/model';
import { readJson, statusOf } from './api';
import { WebAuth } from './auth';
import { EventSockets } from './events';
import { resolveWindowFile, securityHeaders } from '../services/window-files';

export interface WebOptions {
  /** The built window. */
  rendererDir: string;
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Runs one command; never rejects. */
  run(name: string, input: unknown): Promise<Result<unknown>>;
  subscribe(listener: (name: PushName, data: unknown) => void): () => void;
}

export interface WebServer {
  port: number;
  /** Where the console is, without a token. */
  origin: string;
  /** For scripts. */
  bearer: string;
  /** An address that opens the console once. */
  oneTimeUrl(): string;
  close(): Promise<void>;
}

/** Serves the window and the contract on 127.0.0.1. Rejects with Node's error when the port is taken. */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const server = createServer();
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const auth = new WebAuth(port);
  const sockets = new EventSockets();
  const unsubscribe = options.subscribe((name, data) => sockets.push(name, data));

  server.on('request', (request, response) => {
    answer(request, response, auth, options).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const allowed = auth.hostAllowed(request) && auth.originAllowed(request) && auth.authorised(request);
    if (allowed && request.url === '/api/events') return sockets.accept(request, socket, head);
    socket.end(`HTTP/1.1 ${allowed ? '404 Not Found' : '401 Unauthorized'}\r\nConnection: close\r\n\r\n`);
  });

  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    bearer: auth.bearer,
    oneTimeUrl: () => `${origin}/?token=${auth.issueOneTimeToken()}`,
    async close() {
      unsubscribe();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': type,
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

const sendText = (response: ServerResponse, status: number, text: string): void =>
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);

const sendResult = (response: ServerResponse, status: number, result: Result<unknown>): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(result));

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  auth: WebAuth,
  options: WebOptions,
): Promise<void> {
  if (!auth.hostAllowed(request) || !auth.originAllowed(request))
    return sendText(response, 403, 'Trunkline answers only to its own address.');
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/api/')) return answerApi(request, response, url, auth, options);
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Only GET here.');
  const token = url.searchParams.get('token');
  if (token !== null) return signIn(response, auth, token);
  if (!auth.authorised(request))
    return sendText(
      response,
      401,
      'Open the address that Trunkline printed in its terminal; it works once. Press Enter there for a new one.',
    );
  const file = resolveWindowFile(options.rendererDir, url.pathname);
  const body = file && (await readFile(file.path).catch(() => null));
  if (!body) return sendText(response, 404, 'Not found.');
  // Vite names assets by their content.
  const cache = url.pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
  send(response, 200, file.type, body, { 'cache-control': cache });
}

function signIn(response: ServerResponse, auth: WebAuth, token: string): void {
  const cookie = auth.redeem(token);
  if (!cookie)
    return sendText(
      response,
      401,
      'This address was used already or is not the newest one. Press Enter in Trunkline’s terminal for a new one.',
    );
  send(response, 303, 'text/plain; charset=utf-8', '', { location: '/', 'set-cookie': cookie });
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  auth: WebAuth,
  options: WebOptions,
): Promise<void> {
  if (!auth.authorised(request))
    return sendResult(
      response,
      401,
      fail({
        code: 'unauthorized',
        message: 'This needs a session or “Authorization: Bearer <token>”.',
        hint: 'The token is printed where the console was started.',
      }),
    );
  if (request.method !== 'POST') return sendText(response, 405, 'Commands are POST /api/<command>.');
  const body = await readJson(request);
  if (!body.ok) return sendResult(response, body.status, fail(body.problem));
  const result = await options.run(url.pathname.slice('/api/'.length), body.value);
  sendResult(response, result.ok ? 200 : statusOf(result.error.code), result);
}
