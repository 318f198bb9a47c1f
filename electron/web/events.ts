import type { WebSocket } from 'ws';
import type { PushName } from '../../shared/contract';
import type { TrafficTick } from '../../shared/model';
import type { Caller } from './auth';
import { encodeTick } from './tick-frame';

/** Beyond so many unsent bytes a reader is too slow: ticks are left out, and much further on it is let go. */
const slow = { skipTicks: 1 << 20, drop: 64 << 20 };

/** Pushes to every connected window: JSON `{name, data}`, ticks in binary. Nothing is read from a client. */
export class EventSockets {
  private readonly callers = new Map<WebSocket, Caller>();

  /** @param alive whether a caller may still listen */
  constructor(private readonly alive: (caller: Caller) => boolean) {}

  accept(client: WebSocket, caller: Caller): void {
    this.callers.set(client, caller);
    client.on('close', () => this.callers.delete(client));
    client.on('error', () => client.terminate());
  }

  /** Ends those whose session has ended. */
  dropStrangers(): void {
    for (const [client, caller] of this.callers) if (!this.alive(caller)) client.terminate();
  }

  push(name: PushName, data: unknown): void {
    if (this.callers.size === 0) return;
    const tick = name === 'traffic.tick';
    const frame = tick ? encodeTick(data as TrafficTick) : JSON.stringify({ name, data });
    for (const client of this.callers.keys()) this.send(client, frame, tick);
  }

  close(): void {
    for (const client of this.callers.keys()) client.terminate();
  }

  private send(client: WebSocket, frame: Buffer | string, tick: boolean): void {
    if (client.readyState !== client.OPEN) return;
    // It reconnects and reads everything anew, which is cheaper than what it has missed.
    if (client.bufferedAmount > slow.drop) return client.terminate();
    if (tick && client.bufferedAmount > slow.skipTicks) return;
    client.send(frame);
  }
}
