import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { patience } from './bounds';
import type { ListenOptions } from './listen';

/** A command's JSON is small; a preview of a network with a thousand exclusions is 20 KB. Bytes. */
export const maxBody = 1 << 20;
/** A TLS handshake that takes longer is none. Milliseconds. */
const handshakeTimeout = 10_000;
/** Bytes: a cookie of 43 characters and what browsers say of themselves. */
const maxHeaderSize = 16 << 10;

/** Node's own server, with our bounds: TLS beyond loopback. Throws Node's error for a certificate that is no good. */
export function nodeServer(
  handler: RequestListener,
  times: typeof patience,
  remote: ListenOptions['remote'],
): Server {
  const bounds = { ...times, maxHeaderSize };
  if (!remote) return createServer(bounds, handler);
  const { cert, key } = remote;
  return createTlsServer({ cert, key, minVersion: 'TLSv1.2', handshakeTimeout, ...bounds }, handler);
}

const statusLines: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is no HTTP gets a bare status line, as Node itself would answer. */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable)
    socket.write(
      `HTTP/1.1 ${statusLines[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`,
    );
  socket.destroy(error);
}
