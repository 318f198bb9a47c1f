import type { Server } from 'node:net';
import { networkOf } from './network-of';

/** Connections at once. A browser takes six and a WebSocket; what is beyond wants to hold the console, not to use it. */
export interface Bounds {
  perAddress: number;
  inAll: number;
}

export const usualBounds: Bounds = { perAddress: 100, inAll: 500 };

/** Whoever is slower than this wants to hold a connection. Milliseconds. */
export const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  /** How often the two above are looked at. */
  connectionsCheckingInterval: 5_000,
};

/** Lets go of connections beyond the bounds at once, before a byte of them is read. */
export function boundConnections(server: Server, { perAddress, inAll }: Bounds): void {
  const open = new Map<string, number>();
  server.maxConnections = inAll;
  server.on('connection', (socket) => {
    const from = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(from) ?? 0) + 1;
    if (count > perAddress) return socket.destroy();
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left > 0) open.set(from, left);
      else open.delete(from);
    });
  });
}
