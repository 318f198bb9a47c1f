import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import serveStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import { isIPv6, type AddressInfo } from 'node:net';
import type { PushName } from '../../shared/contract';
import type { Result } from '../../shared/model';
import { WebAuth } from './auth';
import { boundConnections, patience, usualBounds, type Bounds } from './bounds';
import { CutOffs } from './cut-offs';
import { EventSockets } from './events';
import { answerError, guard, readableUrl, useJson } from './guard';
import { helmetOptions } from './headers';
import { allowedHosts, type ListenOptions } from './listen';
import { addRoutes } from './routes';
import { Sessions } from './sessions';
import { PasswordSignIn } from './sign-in';
import { answerMalformed, maxBody, nodeServer } from './node-server';

export interface WebOptions extends ListenOptions {
  /** The built window. */
  rendererDir: string;
  /** The product's version, for the description of the commands. */
  version?: string;
  /** Runs one command; never rejects. */
  run(name: string, input: unknown): Promise<Result<unknown>>;
  subscribe(listener: (name: PushName, data: unknown) => void): () => void;
  /** Who signed in, and who failed to; for the process's own log. */
  note?(line: string): void;
  /** What went wrong beyond any answer; nothing of it goes to the caller. */
  report(error: unknown): void;
  now?: () => number;
  bounds?: Bounds;
  patience?: typeof patience;
}

export interface WebServer {
  port: number;
  /** Where the console is, without a token. */
  origin: string;
  /** For scripts. */
  bearer: string;
  /** An address that opens the console once; on loopback alone. */
  oneTimeUrl(): string;
  close(): Promise<void>;
}

const hour = 3_600_000;
/** Beyond loopback. */
const limits = { idle: 8 * hour, whole: 24 * hour };
/** How often open sockets are asked whether their session still counts, milliseconds. */
const sweepMs = 30_000;
/** Bytes of a message from a window: nothing is read from one. */
const maxPayload = 1024;

/**
 * Serves the window and the contract: on loopback to whoever has the one-time address, elsewhere by TLS and a password.
 * Rejects with Node's error when the port is taken or the certificate is no good.
 */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const { remote, now, report } = options;
  const sessions = new Sessions(remote ? limits : null, now);
  const auth = new WebAuth({ secure: Boolean(remote), sessions });
  const sockets = new EventSockets((caller) => caller === 'bearer' || sessions.alive(caller));
  const app = await buildApp(options, auth, sockets);
  boundConnections(app.server, options.bounds ?? usualBounds);
  await app.listen({ port: options.port, host: options.address });
  // Such as no more file descriptors: the next connection may be luckier.
  app.server.on('error', report);
  const { port } = app.server.address() as AddressInfo;
  auth.listensOn(port, allowedHosts(options, port));
  const unsubscribe = options.subscribe((name, data) => sockets.push(name, data));
  const sweep = setInterval(() => sockets.dropStrangers(), sweepMs);
  sweep.unref();

  const host = isIPv6(options.address) ? `[${options.address}]` : options.address;
  const origin = `${remote ? 'https' : 'http'}://${host}:${port}`;
  return {
    port,
    origin,
    bearer: auth.bearer,
    oneTimeUrl: () => (remote ? `${origin}/` : `${origin}/?token=${auth.issueOneTimeToken()}`),
    async close() {
      clearInterval(sweep);
      unsubscribe();
      sockets.close();
      await app.close();
    },
  };
}

/** The plug-ins and routes, before a port is taken. */
async function buildApp(options: WebOptions, auth: WebAuth, sockets: EventSockets): Promise<FastifyInstance> {
  const { remote, note = () => undefined } = options;
  const app = Fastify({
    serverFactory: (handler) => nodeServer(handler, options.patience ?? patience, remote),
    bodyLimit: maxBody,
    forceCloseConnections: true,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 16 << 10 },
    clientErrorHandler: answerMalformed,
    rewriteUrl: readableUrl,
  });
  const cutOffs = new CutOffs(options.note, options.now);
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerError(error, request, reply, options.report, cutOffs),
  );
  await app.register(helmet, helmetOptions(Boolean(remote)));
  await app.register(websocket, { options: { maxPayload } });
  app.addHook('onRequest', async (request, reply) => guard(auth, request, reply));
  await app.register(formbody);
  await app.register(serveStatic, { root: options.rendererDir, serve: false, cacheControl: false });
  useJson(app);
  addRoutes(app, {
    auth,
    sockets,
    signIn: remote ? new PasswordSignIn(auth, remote.password, options.note, options.now) : null,
    rendererDir: options.rendererDir,
    version: options.version ?? '',
    run: (name, input) => options.run(name, input),
    signedOut(request) {
      note(`Signed out from ${request.socket.remoteAddress ?? 'nowhere'}.`);
      sockets.dropStrangers();
    },
  });
  return app;
}
