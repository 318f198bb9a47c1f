import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { execJson, type ExecOutput, type Execs } from '../engine/exec';
import { readJson, sendJson, sendNothing } from './answers';
import type { Call, Router } from './router';

const RAW = 'application/vnd.docker.raw-stream';

/** The engine's multiplexed stream: one byte for the stream, three zeroes, the length, the text. */
export function multiplexed({ stream, text }: ExecOutput): Buffer {
  const body = Buffer.from(text, 'utf8');
  const header = Buffer.alloc(8);
  header.writeUInt8(stream === 'stdout' ? 1 : 2, 0);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

function outputOf(execs: Execs, id: string): Buffer {
  const instance = execs.get(id);
  const output = execs.start(instance);
  return instance.tty ? Buffer.from(output.text, 'utf8') : multiplexed(output);
}

async function create({ execs, params, request, response }: Call): Promise<void> {
  const body = await readJson<{ Cmd?: string[]; Tty?: boolean }>(request);
  sendJson(response, { Id: execs.create(params[0] ?? '', body).id }, 201);
}

async function start({ execs, params, request, response }: Call): Promise<void> {
  const { Detach = false } = await readJson<{ Detach?: boolean }>(request);
  const output = outputOf(execs, params[0] ?? '');
  if (Detach) {
    sendNothing(response, 200);
    return;
  }
  response.writeHead(200, { 'Content-Type': RAW });
  response.end(output);
}

/**
 * The hijacked start: 101, then the raw stream on the same connection. Node hands the socket over with the request's
 * body still in it, which holds nothing that matters here: it is skipped, for a body left unread resets the socket.
 */
export function hijackExec(
  execs: Execs,
  id: string,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const output = outputOf(execs, id);
  let missing = Number(request.headers['content-length'] ?? 0) - head.length;
  const answer = (): void => {
    socket.write(
      `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${RAW}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`,
    );
    socket.end(output);
    // What the caller types is read and dropped, so that its end is noticed.
    socket.resume();
  };
  if (missing <= 0) {
    answer();
    return;
  }
  const read = (chunk: Buffer): void => {
    missing -= chunk.length;
    if (missing > 0) return;
    socket.off('data', read);
    answer();
  };
  socket.on('data', read);
}

export function addExecRoutes(router: Router): void {
  router
    .on('POST', '/containers/{}/exec', create)
    .on('POST', '/exec/{}/start', start)
    .on('GET', '/exec/{}/json', ({ execs, params, response }) => {
      sendJson(response, execJson(execs.get(params[0] ?? '')));
    });
}
