import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { relative } from 'node:path';
import { openApi } from '../../shared/contract';
import { fail, type Problem, type Result } from '../../shared/model';
import { problem, reason } from '../../shared/rules';
import { resolveWindowFile } from '../window-files';
import type { WebAuth } from './auth';
import type { EventSockets } from './events';
import { eventsPath } from './guard';
import { leadHome, redirectHome, sendText } from './respond';
import type { PasswordSignIn } from './sign-in';

export interface RouteContext {
  auth: WebAuth;
  sockets: EventSockets;
  /** Null on loopback, where the one-time address signs in. */
  signIn: PasswordSignIn | null;
  rendererDir: string;
  version: string;
  run(name: string, input: unknown): Promise<Result<unknown>>;
  /** Someone's session ended, by this request. */
  signedOut(request: FastifyRequest): void;
}

/** Bytes of the sign-in form. */
const formLimit = 8192;

/** HTTP status of an answer; the body says the same in full. */
const statusOf = (code: Problem['code']): number => {
  if (code === 'unauthorized') return 401;
  if (code === 'read_only') return 403;
  if (code === 'unknown_command' || code.endsWith('_not_found')) return 404;
  if (code === 'internal') return 500;
  if (code === 'invalid_input') return 400;
  return 409;
};

/** All that the console answers; {@link guard} has run before any of it. */
export function addRoutes(app: FastifyInstance, context: RouteContext): void {
  const { auth, signIn, sockets } = context;
  // Deriving it holds up everything else for a moment, and it never differs while the console runs.
  let description: object | undefined;
  app.get(eventsPath, { websocket: true }, (socket, request) => sockets.accept(socket, request.caller ?? ''));
  app.get('/api/openapi.json', () => (description ??= openApi(context.version)));
  app.post('/api/*', (request, reply) => runCommand(request, reply, context));
  app.post('/sign-out', (request, reply) => signOut(request, reply, context));
  app.get('/sign-out', (_request, reply) => sendText(reply, 405, 'Signing out is a POST.'));
  if (signIn)
    app.post('/sign-in', { bodyLimit: formLimit }, (request, reply) => signIn.submit(request, reply));
  app.get<{ Querystring: Record<string, string | string[] | undefined> }>('/*', (request, reply) => {
    const { token } = request.query;
    if (token !== undefined && !signIn && request.method === 'GET') return redeem(reply, auth, String(token));
    return showWindow(request, reply, context);
  });
  app.setNotFoundHandler((request, reply) =>
    request.method === 'GET' || request.method === 'HEAD'
      ? sendText(reply, 404, 'Not found.')
      : sendText(reply, 405, 'Only GET here.'),
  );
}

async function runCommand(request: FastifyRequest, reply: FastifyReply, { run }: RouteContext) {
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    return reply
      .code(415)
      .send(fail(problem('invalid_input', { context: 'http', detail: reason('http_type') })));
  const result = await run((request.params as { '*': string })['*'], request.body ?? {});
  return reply
    .code(result.ok ? 200 : statusOf(result.error.code))
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(result));
}

function redeem(reply: FastifyReply, auth: WebAuth, token: string): FastifyReply {
  const cookie = auth.redeem(token);
  if (cookie) return leadHome(reply, cookie);
  return sendText(
    reply,
    401,
    'This address was used already or is not the newest one. Press Enter in Trunkline’s terminal for a new one.',
  );
}

/** By POST only: a link or an image of another site must not sign anyone out. */
function signOut(request: FastifyRequest, reply: FastifyReply, { auth, signedOut }: RouteContext) {
  if (request.caller === null) return sendText(reply, 401, 'Nobody is signed in here.');
  const cookie = auth.closeSession(request.caller);
  signedOut(request);
  return redirectHome(reply, cookie);
}

function showWindow(request: FastifyRequest, reply: FastifyReply, context: RouteContext) {
  // Whether someone is signed in shows only once the navigation is our own; then it is not cross-site any more.
  if (request.caller === null && request.headers['sec-fetch-site'] === 'cross-site') return leadHome(reply);
  if (request.caller === null) return askIn(request, reply, context);
  const [raw = '/'] = request.url.split('?');
  const path = raw === '/sign-in' ? '/' : raw;
  const file = resolveWindowFile(context.rendererDir, path);
  if (!file) return sendText(reply, 404, 'Not found.');
  // Vite names assets by their content.
  if (path.startsWith('/assets/')) reply.header('cache-control', 'private, max-age=31536000, immutable');
  reply.type(file.type);
  return reply.sendFile(relative(context.rendererDir, file.path));
}

function askIn(request: FastifyRequest, reply: FastifyReply, { signIn }: RouteContext): FastifyReply {
  if (signIn) return signIn.show(request, reply, 401);
  return sendText(
    reply,
    401,
    'Open the address that Trunkline printed in its terminal; it works once. Press Enter there for a new one.',
  );
}
