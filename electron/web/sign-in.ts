import type { IncomingMessage, ServerResponse } from 'node:http';
import { isType, readBody } from './api';
import type { WebAuth } from './auth';
import type { CheckPassword } from './password';
import { redirectHome, send, sendText } from './respond';
import { signInHeaders, signInPage, type SignInFailure } from './sign-in-page';
import { Throttle } from './throttle';

/** A password is checked with 128 MiB of memory: so many may wait for their turn. */
const mostWaiting = 8;

/** Signing in with a password, for consoles that listen beyond loopback. */
export class PasswordSignIn {
  private readonly throttle: Throttle;
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly auth: WebAuth,
    private readonly check: CheckPassword,
    private readonly note: (line: string) => void = () => undefined,
    now?: () => number,
  ) {
    this.throttle = new Throttle(now);
  }

  show(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    failure: SignInFailure = null,
  ): void {
    const page = signInPage(request.headers['accept-language'] ?? '', failure);
    const retry: Record<string, string> =
      typeof failure === 'number' ? { 'retry-after': String(failure) } : {};
    send(response, status, 'text/html; charset=utf-8', page, { ...signInHeaders, ...retry });
  }

  async submit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isType(request, 'application/x-www-form-urlencoded'))
      return sendText(response, 415, 'Send the form of the sign-in page.');
    const body = await readBody(request, 8192);
    if (body === null) {
      response.shouldKeepAlive = false;
      return sendText(response, 413, 'The request is too large.');
    }
    const address = request.socket.remoteAddress ?? '';
    const wait = this.throttle.waitOf(address);
    if (wait > 0 || this.waiting >= mostWaiting)
      return this.show(request, response, 429, Math.max(1, Math.ceil(wait / 1000)));
    const right = await this.inTurn(
      new URLSearchParams(body.toString('utf8')).get('password') ?? '',
      address,
    );
    if (right === 'wait') return this.show(request, response, 429, this.waitSeconds(address));
    if (!right) return this.show(request, response, 401, 'wrong');
    redirectHome(response, this.auth.openSession());
  }

  private waitSeconds(address: string): number {
    return Math.max(1, Math.ceil(this.throttle.waitOf(address) / 1000));
  }

  /** One at a time; whoever sent many at once is asked again whether they may, when it is their turn. */
  private async inTurn(password: string, address: string): Promise<boolean | 'wait'> {
    this.waiting += 1;
    const mine = this.turn.then(async () => {
      if (this.throttle.waitOf(address) > 0) return 'wait' as const;
      const right = await this.check(password);
      if (right) this.throttle.succeeded(address);
      else this.throttle.failed(address);
      this.note(right ? `Signed in from ${address}.` : `Wrong password from ${address}.`);
      return right;
    });
    this.turn = mine.catch(() => undefined);
    return mine.finally(() => (this.waiting -= 1));
  }
}
