import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ProblemError } from '../../../shared/model';

/**
 * A way to one engine: gives streams on which the engine speaks HTTP. Nothing is read and nothing sent before the first
 * `dial`; what a dial needs (files, a context, an SSH connection) is looked at then, so that a change is found by itself.
 */
export interface Dialer {
  /** A new stream, ready to be written to. Rejects with a ProblemError, or with the system's error. */
  dial(): Promise<Duplex>;
  /** What the error of a request over such a stream means, where this way knows; else undefined. */
  explain?(error: unknown): ProblemError | undefined;
  /** Cuts every stream; a dial that is under way rejects. */
  close(): void;
}

const timedOut = (): Error => Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' });

/** The sockets of one dialer: each is connected within a time, and none outlives it. */
export class Sockets {
  private readonly open = new Set<Socket>();
  private closed = false;

  constructor(private readonly timeoutMs: number) {}

  /** Connects; rejects with the system's error. */
  connect(options: NetConnectOpts): Promise<Socket> {
    return this.ready(connect(options), 'connect');
  }

  /** Waits until a socket is ready to be used, by the name of its event. */
  ready<S extends Socket>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    // Whoever uses the socket listens too; in between, and after, an error must not end the process.
    socket.on('error', () => undefined);
    if (this.closed) socket.destroy();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => socket.destroy(timedOut()), this.timeoutMs);
      const settle = () => {
        clearTimeout(timer);
        for (const [name, listener] of listeners) socket.off(name, listener);
      };
      const listeners: [string, (error?: Error) => void][] = [
        [event, () => (settle(), resolve(socket))],
        ['error', (error) => (settle(), reject(error ?? new Error('the connection failed')))],
        ['close', () => (settle(), reject(new Error('socket hang up')))],
      ];
      for (const [name, listener] of listeners) socket.once(name, listener);
    });
  }

  close(): void {
    this.closed = true;
    for (const socket of this.open) socket.destroy();
  }
}

/** A Unix socket or a named pipe of this machine. */
export function socketDialer(path: string, timeoutMs: number): Dialer {
  const sockets = new Sockets(timeoutMs);
  return { dial: () => sockets.connect({ path }), close: () => sockets.close() };
}
