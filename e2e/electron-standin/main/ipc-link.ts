import { decode } from '../codec/decode';
import { encode } from '../codec/encode';
import { receiverName, type ToMain, type ToRenderer } from '../world/messages';
import { ipcMain } from './ipc-main';
import type { MessagePortMain } from './message-port';
import { MessageChannelMain } from './message-port';
import type { Page } from './page';
import type { WebContents } from './web-contents';

let portIds = 0;

/** The messages between main and the preload of the document that a window shows now. */
export class IpcLink {
  readonly #contents: WebContents;
  readonly #page: Page;
  readonly #ports = new Map<string, MessagePortMain>();
  /** Unique id of the isolated world's context; undefined while no document is live. */
  #context: string | undefined;

  constructor(contents: WebContents, page: Page) {
    this.#contents = contents;
    this.#page = page;
  }

  /** A new document took over: ports of the old one close. */
  documentStarted(context: string): void {
    this.closePorts();
    this.#context = context;
  }

  documentGone(): void {
    this.#context = undefined;
  }

  closePorts(): void {
    for (const port of this.#ports.values()) port.peer?.closed();
    this.#ports.clear();
  }

  /** Without a live document the message is dropped, as in Electron. */
  post(message: ToRenderer): void {
    if (!this.#context) return;
    const text = JSON.stringify(JSON.stringify(message));
    this.#page
      .send('Runtime.evaluate', { expression: `${receiverName}(${text})`, uniqueContextId: this.#context })
      .catch(() => undefined);
  }

  send(channel: string, args: unknown[]): void {
    this.post({ type: 'send', channel, data: encode(args) });
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[]): void {
    const ports = transfer.map((port) => {
      const id = `m${String(++portIds)}`;
      this.#bind(id, port);
      return id;
    });
    this.post({ type: 'post', channel, data: encode(message), ports });
  }

  receive(message: ToMain): void {
    switch (message.type) {
      case 'send':
        return this.#emit(message.channel, this.#event(), ...(decode(message.data) as unknown[]));
      case 'invoke':
        return void this.#invoke(message);
      case 'post': {
        const ports = message.ports.map((id) => this.#receivePort(id));
        return this.#emit(message.channel, { ...this.#event(), ports }, decode(message.data));
      }
      case 'port-message':
        return this.#ports.get(message.port)?.peer?.deliver(message.data);
      case 'port-close': {
        const port = this.#ports.get(message.port);
        this.#ports.delete(message.port);
        return port?.peer?.closed();
      }
      case 'open':
        return this.#contents.windowRequested(message.url, message.frameName, message.features);
      case 'preload-error':
        this.#contents.emit('preload-error', {}, this.#contents.preloadPath, decode(message.data));
    }
  }

  #event() {
    const contents = this.#contents;
    return {
      type: 'frame',
      sender: contents,
      senderFrame: contents.mainFrame,
      frameId: contents.id,
      processId: 1,
      ports: [] as MessagePortMain[],
      reply: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
      preventDefault: () => undefined,
    };
  }

  #emit(channel: string, ...args: unknown[]): void {
    this.#contents.ipc.emit(channel, ...args);
    ipcMain.emit(channel, ...args);
  }

  async #invoke({ id, channel, data }: Extract<ToMain, { type: 'invoke' }>): Promise<void> {
    const handler = this.#contents.ipc.handlers.get(channel) ?? ipcMain.handlers.get(channel);
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const value = await handler(this.#event(), ...(decode(data) as unknown[]));
      this.post({ type: 'reply', id, channel, data: encode(value) });
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      this.post({ type: 'reply-error', id, channel, error: String(error) });
    }
  }

  #receivePort(id: string): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#bind(id, port2);
    return port1;
  }

  #bind(id: string, port: MessagePortMain): void {
    this.#ports.set(id, port);
    port.bind({
      message: (data) => this.post({ type: 'port-message', port: id, data }),
      close: () => this.post({ type: 'port-close', port: id }),
    });
  }
}
