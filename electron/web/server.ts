import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIPv6, type AddressInfo } from 'node:net';
import type { PushName } from '../../shared/contract';
import type { Result } from '../../shared/model';
import { CutOffError } from './api';
import { namesTwoHosts, WebAuth } from './auth';
import { boundConnections, patience, usualBounds, type Bounds } from './bounds';
import { CutOffs } from './cut-offs';
import { EventSockets } from './events';
import { allowedHosts, type ListenOptions } from './listen';
import { answerer } from './routes';
import { Sessions } from './sessions';
import { PasswordSignIn } from './sign-in';

export interface WebOptions extends ListenOptions {
  /** The built window. */
  rendererDir: string;
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

/** A TLS handshake that takes longer is none. Milliseconds. */
const handshakeTimeout = 10_000;
/** Bytes: a cookie of 43 characters and what browsers say of themselves. */
const maxHeaderSize = 16 << 10;

/**
 * Serves the window and the contract: on loopback to whoever has the one-time address, elsewhere by TLS and a password.
 * Rejects with Node's error when the port is taken or the certificate is no good.
 */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const { remote, now, report } = options;
  const times = { ...(options.patience ?? patience), maxHeaderSize };
  const server = remote
    ? createTlsServer({
        cert: remote.cert,
        key: remote.key,
        minVersion: 'TLSv1.2',
        handshakeTimeout,
        ...times,
      })
    : createServer(times);
  boundConnections(server, options.bounds ?? usualBounds);
  await listen(server, options.port, options.address);
  // Such as no more file descriptors: the next connection may be luckier.
  server.on('error', report);
  const { port } = server.address() as AddressInfo;
  const sessions = new Sessions(remote ? limits : null, now);
  const auth = new WebAuth({ hosts: allowedHosts(options, port), port, secure: Boolean(remote), sessions });
  const sockets = new EventSockets((caller) => caller === 'bearer' || sessions.alive(caller));
  const unsubscribe = options.subscribe((name, data) => sockets.push(name, data));
  const sweep = setInterval(() => sockets.dropStrangers(), sweepMs);
  sweep.unref();
  const answer = answerer({
    auth,
    signIn: remote ? new PasswordSignIn(auth, remote.password, options.note, now) : null,
    rendererDir: options.rendererDir,
    run: (name, input) => options.run(name, input),
    signedOut(request) {
      options.note?.(`Signed out from ${request.socket.remoteAddress ?? 'nowhere'}.`);
      sockets.dropStrangers();
    },
  });

  const cutOffs = new CutOffs(options.note, now);
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof CutOffError) cutOffs.add();
      else report(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const twice = namesTwoHosts(request);
    const caller = !twice && auth.addressed(request) ? auth.caller(request) : null;
    if (caller !== null && request.url === '/api/events')
      return sockets.accept(request, socket, head, caller);
    // Whoever does not close their end must not keep ours.
    socket.end(
      `HTTP/1.1 ${twice ? '400 Bad Request' : caller === null ? '401 Unauthorized' : '404 Not Found'}\r\nConnection: close\r\n\r\n`,
      () => socket.destroy(),
    );
  });

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
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
