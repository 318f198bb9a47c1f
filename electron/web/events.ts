import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { PushName } from '../../shared/contract';
import type { TrafficTick } from '../../shared/model';
import type { Caller } from './auth';
import { encodeTick } from './tick-frame';

/** Beyond so many unsent bytes a reader is too slow: ticks are left out, and much further on it is let go. */
const slow = { skipTicks: 1 << 20, drop: 64 << 20 };

/** Pushes to every connected window: JSON `{name, data}`, ticks in binary. Nothing is read from a client. */
export class EventSockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  private readonly callers = new WeakMap<WebSocket, Caller>();

  /** @param alive whether a caller may still listen */
  constructor(private readonly alive: (caller: Caller) => boolean) {}

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void {
    this.server.handleUpgrade(request, socket, head, (client) => {
      this.callers.set(client, caller);
      client.on('error', () => client.terminate());
    });
  }

  /** Ends those whose session has ended. */
  dropStrangers(): void {
    for (const client of this.server.clients)
      if (!this.alive(this.callers.get(client) ?? '')) client.terminate();
  }

  push(name: PushName, data: unknown): void {
    if (this.server.clients.size === 0) return;
    const tick = name === 'traffic.tick';
    const frame = tick ? encodeTick(data as TrafficTick) : JSON.stringify({ name, data });
    for (const client of this.server.clients) this.send(client, frame, tick);
  }

  close(): void {
    for (const client of this.server.clients) client.terminate();
    this.server.close();
  }

  private send(client: WebSocket, frame: Buffer | string, tick: boolean): void {
    if (client.readyState !== client.OPEN) return;
    // It reconnects and reads everything anew, which is cheaper than what it has missed.
    if (client.bufferedAmount > slow.drop) return client.terminate();
    if (tick && client.bufferedAmount > slow.skipTicks) return;
    client.send(frame);
  }
}
