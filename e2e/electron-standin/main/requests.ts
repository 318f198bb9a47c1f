import type { Events } from './cdp';
import type { Page } from './page';
import { preventableEvent } from './preventable';
import { fromChromium, policyToChromium, toChromium } from './schemes';
import { askHook, handlerFor, hasHook } from './session';
import type { WebContents } from './web-contents';

type Paused = Events['Fetch.requestPaused'];
type Header = { name: string; value: string };

const resourceTypes: Record<string, string> = { XHR: 'xhr', Fetch: 'xhr' };

/** Looks at every request of a window: navigations, protocol handlers and webRequest hooks. */
export class Requests {
  readonly #contents: WebContents;
  readonly #page: Page;
  /** Navigations that the document itself asked for; only those are announced by `will-navigate`. */
  readonly #byRenderer = new Set<string>();

  constructor(contents: WebContents, page: Page) {
    this.#contents = contents;
    this.#page = page;
  }

  navigationRequested(url: string): void {
    this.#byRenderer.add(withoutFragment(url));
  }

  async paused(request: Paused): Promise<void> {
    if (request.responseStatusCode === undefined && !request.responseErrorReason)
      await this.#request(request);
    else await this.#response(request);
  }

  async #request(request: Paused): Promise<void> {
    const { requestId } = request;
    // Chromium looks for an icon to show in a tab; Electron has no tabs and never asks.
    if (request.resourceType === 'Other' && /\/favicon\.ico$/.test(request.request.url))
      return this.#refuse(requestId, 'Aborted');
    if (this.#isMainDocument(request) && this.#byRenderer.delete(withoutFragment(request.request.url))) {
      if (this.#navigationPrevented(fromChromium(request.request.url)))
        return this.#refuse(requestId, 'Aborted');
    }
    const details = this.#details(request);
    const answer = await askHook('onBeforeRequest', details);
    if (answer.cancel) return this.#refuse(requestId, 'BlockedByClient');
    const handler = handlerFor(details.url);
    if (handler) return this.#fulfil(request, handler);
    await this.#send('Fetch.continueRequest', {
      requestId,
      ...(answer.redirectURL ? { url: toChromium(answer.redirectURL) } : {}),
    });
  }

  async #response(request: Paused): Promise<void> {
    const { requestId, responseStatusCode } = request;
    if (!responseStatusCode || !hasHook('onHeadersReceived'))
      return this.#send('Fetch.continueRequest', { requestId });
    const headers = await this.#headersReceived(request, responseStatusCode, request.responseHeaders ?? []);
    if (!headers) return this.#refuse(requestId, 'BlockedByClient');
    await this.#send('Fetch.continueResponse', {
      requestId,
      responseCode: responseStatusCode,
      responseHeaders: headers,
    });
  }

  async #fulfil(paused: Paused, handler: NonNullable<ReturnType<typeof handlerFor>>): Promise<void> {
    const { requestId, request } = paused;
    try {
      const body = request.postData === undefined ? {} : { body: request.postData };
      const url = fromChromium(request.url);
      const response = await handler(
        new Request(url, { method: request.method, headers: request.headers, ...body }),
      );
      const list = [...response.headers].map(([name, value]) => ({ name, value }));
      const headers = await this.#headersReceived(paused, response.status, list);
      if (!headers) return await this.#refuse(requestId, 'BlockedByClient');
      await this.#send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: headers,
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      });
    } catch (error) {
      console.error('[electron-standin] protocol handler failed:', error);
      await this.#refuse(requestId, 'Failed');
    }
  }

  /** @returns the headers as the app's hook leaves them, in Chromium's terms; undefined where it cancelled */
  async #headersReceived(request: Paused, statusCode: number, list: Header[]): Promise<Header[] | undefined> {
    const responseHeaders: Record<string, string[]> = {};
    for (const { name, value } of list) (responseHeaders[name] ??= []).push(value);
    const details = { ...this.#details(request), statusCode, statusLine: `HTTP/1.1 ${String(statusCode)}` };
    const answer = await askHook('onHeadersReceived', { ...details, responseHeaders });
    if (answer.cancel) return undefined;
    return Object.entries(answer.responseHeaders ?? responseHeaders).flatMap(([name, values]) =>
      [values].flat().map((value) => ({
        name,
        value: /^content-security-policy/i.test(name) ? policyToChromium(value) : value,
      })),
    );
  }

  #navigationPrevented(url: string): boolean {
    const event = preventableEvent({
      url,
      isMainFrame: true,
      isSameDocument: false,
      frame: this.#contents.mainFrame,
    });
    this.#contents.emit('will-navigate', event, url);
    return event.defaultPrevented;
  }

  #isMainDocument({ resourceType, frameId }: Paused): boolean {
    return resourceType === 'Document' && frameId === this.#page.targetId;
  }

  #details(request: Paused) {
    const documentType = this.#isMainDocument(request) ? 'mainFrame' : 'subFrame';
    const type = request.resourceType === 'Document' ? documentType : resourceTypes[request.resourceType];
    return {
      id: request.networkId,
      url: fromChromium(request.request.url),
      method: request.request.method,
      resourceType: type ?? request.resourceType.toLowerCase(),
      webContentsId: this.#contents.id,
      webContents: this.#contents,
      timestamp: Date.now(),
    };
  }

  #refuse(requestId: string, errorReason: 'Aborted' | 'BlockedByClient' | 'Failed'): Promise<void> {
    return this.#send('Fetch.failRequest', { requestId, errorReason });
  }

  /** The document may be gone by the time we answer: then nobody waits for it. */
  async #send(...[method, params]: FetchAnswer): Promise<void> {
    await this.#page.send(method, params as never).catch(() => undefined);
  }
}

type FetchMethod =
  'Fetch.continueRequest' | 'Fetch.continueResponse' | 'Fetch.fulfillRequest' | 'Fetch.failRequest';
type FetchAnswer = { [M in FetchMethod]: [M, Parameters<typeof Page.prototype.send<M>>[1]] }[FetchMethod];

const withoutFragment = (url: string): string => url.replace(/#.*/, '');
