import { decode } from '../codec/decode';
import { encode } from '../codec/encode';
import { EventEmitter } from './emitter';
import type { ToMain, ToRenderer } from './messages';

type Waiting = { resolve(value: unknown): void; reject(reason: Error): void };

/** `ipcRenderer`, over one string channel to the main process. */
export class IpcRenderer extends EventEmitter {
  readonly #waiting = new Map<number, Waiting>();
  readonly #ports = new Map<string, MessagePort>();
  readonly #post: (message: ToMain) => void;
  #ids = 0;

  constructor(post: (message: ToMain) => void) {
    super();
    this.#post = post;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post({ type: 'send', channel, data: encode(args) });
  }

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const id = ++this.#ids;
    const data = encode(args);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: 'invoke', id, channel, data });
    });
  }

  postMessage(channel: string, message: unknown, transfer: MessagePort[] = []): void {
    const ports = transfer.map((port) => this.#hold(`r${String(++this.#ids)}`, port));
    this.#post({ type: 'post', channel, data: encode(message), ports });
  }

  sendSync(): never {
    throw new Error('electron-standin: ipcRenderer.sendSync is not supported');
  }

  receive(text: string): void {
    const message = JSON.parse(text) as ToRenderer;
    switch (message.type) {
      case 'send':
        this.emit(message.channel, { sender: this, ports: [] }, ...(decode(message.data) as unknown[]));
        return;
      case 'reply':
        return this.#take(message.id)?.resolve(decode(message.data));
      case 'reply-error':
        return this.#take(message.id)?.reject(
          new Error(`Error invoking remote method '${message.channel}': ${message.error}`),
        );
      case 'post':
        this.emit(
          message.channel,
          { sender: this, ports: message.ports.map((id) => this.#newPort(id)) },
          decode(message.data),
        );
        return;
      case 'port-message':
        this.#ports.get(message.port)?.postMessage(decode(message.data));
        return;
      case 'port-close':
        this.#ports.get(message.port)?.close();
        this.#ports.delete(message.port);
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #newPort(id: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#hold(id, port1);
    return port2;
  }

  /** Keeps this end of a channel whose other end is in the main process. */
  #hold(id: string, port: MessagePort): string {
    this.#ports.set(id, port);
    port.onmessage = (event) => this.#post({ type: 'port-message', port: id, data: encode(event.data) });
    port.addEventListener('close', () => {
      this.#ports.delete(id);
      this.#post({ type: 'port-close', port: id });
    });
    return id;
  }
}
