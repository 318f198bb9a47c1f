import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fail, type Result } from '../../shared/model';
import { resolveWindowFile } from '../services/window-files';
import { readJson, statusOf } from './api';
import { namesTwoHosts, type Caller, type WebAuth } from './auth';
import { leadHome, redirectHome, send, sendResult, sendText } from './respond';
import type { PasswordSignIn } from './sign-in';

export interface RouteContext {
  auth: WebAuth;
  /** Null on loopback, where the one-time address signs in. */
  signIn: PasswordSignIn | null;
  rendererDir: string;
  run(name: string, input: unknown): Promise<Result<unknown>>;
  /** Someone's session ended, by this request. */
  signedOut(request: IncomingMessage): void;
}

/** Only what follows the host counts. */
const base = 'http://localhost';

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers every request; rejects when the connection is beyond an answer. */
export function answerer(context: RouteContext): Answer {
  const { auth } = context;
  return async (request, response) => {
    if (namesTwoHosts(request)) return sendText(response, 400, 'A request names one host.');
    if (!auth.addressed(request))
      return sendText(response, 403, 'Trunkline answers only to its own address.');
    // `//`, `http://[` and their like can't be parsed.
    const target = request.url ?? '/';
    if (!URL.canParse(target, base)) return sendText(response, 400, 'There is no such address.');
    const url = new URL(target, base);
    const caller = auth.caller(request);
    if (url.pathname.startsWith('/api/')) return answerApi(request, response, url, caller, context);
    if (url.pathname === '/sign-out') return signOut(request, response, caller, context);
    if (url.pathname === '/sign-in' && context.signIn && request.method === 'POST')
      return context.signIn.submit(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'Only GET here.');
    const token = url.searchParams.get('token');
    if (token !== null && !context.signIn && request.method === 'GET') return redeem(response, auth, token);
    // Whether someone is signed in shows only once the navigation is our own; then it is not cross-site any more.
    if (caller === null && request.headers['sec-fetch-site'] === 'cross-site') return leadHome(response);
    if (caller === null) return askIn(request, response, context);
    return serveFile(response, url, context.rendererDir);
  };
}

function askIn(request: IncomingMessage, response: ServerResponse, { signIn }: RouteContext): void {
  if (signIn) return signIn.show(request, response, 401);
  sendText(
    response,
    401,
    'Open the address that Trunkline printed in its terminal; it works once. Press Enter there for a new one.',
  );
}

async function serveFile(response: ServerResponse, url: URL, rendererDir: string): Promise<void> {
  const path = url.pathname === '/sign-in' ? '/' : url.pathname;
  const file = resolveWindowFile(rendererDir, path);
  const body = file && (await readFile(file.path).catch(() => null));
  if (!body) return sendText(response, 404, 'Not found.');
  // Vite names assets by their content.
  const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
  send(response, 200, file.type, body, { 'cache-control': cache });
}

function redeem(response: ServerResponse, auth: WebAuth, token: string): void {
  const cookie = auth.redeem(token);
  if (cookie) return leadHome(response, cookie);
  sendText(
    response,
    401,
    'This address was used already or is not the newest one. Press Enter in Trunkline’s terminal for a new one.',
  );
}

/** By POST only: a link or an image of another site must not sign anyone out. */
function signOut(
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller | null,
  { auth, signedOut }: RouteContext,
): void {
  if (request.method !== 'POST') return sendText(response, 405, 'Signing out is a POST.');
  if (caller === null) return sendText(response, 401, 'Nobody is signed in here.');
  const cookie = auth.closeSession(caller);
  signedOut(request);
  redirectHome(response, cookie);
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  caller: Caller | null,
  { run }: RouteContext,
): Promise<void> {
  if (caller === null)
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
  if (!body.ok) {
    // The rest of a body that nobody wants ends with its connection.
    if (body.status === 413) response.shouldKeepAlive = false;
    return sendResult(response, body.status, fail(body.problem));
  }
  const result = await run(url.pathname.slice('/api/'.length), body.value);
  sendResult(response, result.ok ? 200 : statusOf(result.error.code), result);
}
