import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { info, version } from '../../electron/docker/fixtures/engine';
import { json, type Routes } from '../../electron/docker/testing/test-engine';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** What answers at an engine's address, and is none. */
export interface HostileEngine {
  endpoint: string;
  /** How many attempts to reach it have begun since it behaves as it does now. */
  attempts(): number;
  /** From now on it answers so; what is open ends. */
  behave(answer: Answer): void;
  close(): Promise<void>;
}

const polite: Routes = {
  '/version': (response) => json(response, version),
  '/info': (response) => json(response, info),
  '/_ping': (response) => void response.end('OK'),
  '/events': (response) => response.flushHeaders(),
  '/networks': (response) => json(response, []),
  '/containers/json': (response) => json(response, []),
};

/** An empty engine, but for these paths. */
export function engineBut(routes: Routes): Answer {
  return (response, request) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = routes[path] ?? polite[path];
    if (route) route(response, request);
    else json(response, { message: 'page not found' }, 404);
  };
}

/** The head of an answer and this, again and again for as long as somebody reads. */
export function endless(start: string, part: string | Buffer, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.write(start);
    const more = () => void (response.destroyed || response.write(part, more));
    more();
  };
}

/** On a unix socket of its own. */
export async function startHostile(): Promise<HostileEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-hostile-'));
  const socket = join(folder, 'hostile.sock');
  let answer: Answer = engineBut({});
  let attempts = 0;
  const server = createServer((request, response) => {
    // Each attempt asks for it, and for it once.
    if (request.url?.split('?')[0] === '/version') attempts += 1;
    request.resume();
    response.on('error', () => undefined);
    answer(response, request);
  });
  await new Promise<void>((done) => server.listen(socket, done));
  return {
    endpoint: `unix://${socket}`,
    attempts: () => attempts,
    behave(next) {
      answer = next;
      attempts = 0;
      server.closeAllConnections();
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
