import type { WebContents } from './web-contents';

/** `WebFrameMain` of a window's top frame; there are no others that can speak to main. */
export class WebFrameMain {
  readonly #contents: WebContents;
  readonly parent = null;
  readonly processId = 1;
  readonly routingId: number;
  readonly frameTreeNodeId: number;

  constructor(contents: WebContents) {
    this.#contents = contents;
    this.routingId = contents.id;
    this.frameTreeNodeId = contents.id;
  }

  get url(): string {
    return this.#contents.getURL();
  }

  get origin(): string {
    if (!URL.canParse(this.url)) return 'null';
    const { origin, protocol, host } = new URL(this.url);
    // Node gives custom schemes no origin; Chromium gives the registered ones theirs.
    return origin === 'null' ? `${protocol}//${host}` : origin;
  }

  get top(): WebFrameMain {
    return this;
  }

  isDestroyed(): boolean {
    return this.#contents.isDestroyed();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args);
  }
}
