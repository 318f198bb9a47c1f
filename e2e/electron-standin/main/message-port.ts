import { EventEmitter } from 'node:events';
import { decode } from '../codec/decode';
import { encode } from '../codec/encode';

type Remote = { message(data: string): void; close(): void };

/** One end of a channel. Its peer is another end in this process, which may in turn be bound to a renderer's port. */
export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | null = null;
  #queue: string[] = [];
  #started = false;
  #remote: Remote | null = null;

  postMessage(message: unknown): void {
    const data = encode(message);
    this.peer?.deliver(data);
  }

  start(): void {
    this.#started = true;
    for (const data of this.#queue.splice(0)) this.deliver(data);
  }

  close(): void {
    this.#remote?.close();
    const peer = this.peer;
    this.peer = null;
    if (!peer) return;
    peer.peer = null;
    peer.closed();
  }

  deliver(data: string): void {
    if (this.#remote) this.#remote.message(data);
    else if (!this.#started) this.#queue.push(data);
    else setImmediate(() => this.emit('message', { data: decode(data), ports: [] }));
  }

  /** The other side is gone. */
  closed(): void {
    if (this.#remote) this.#remote.close();
    else setImmediate(() => this.emit('close'));
  }

  /** From now on this end lives in a renderer. */
  bind(remote: Remote): void {
    this.#remote = remote;
    for (const data of this.#queue.splice(0)) remote.message(data);
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}
