import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebAuth } from './auth';
import type { CheckPassword } from './password';
import { redirectHome } from './respond';
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
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    failure: SignInFailure = null,
  ): FastifyReply {
    if (typeof failure === 'number') reply.header('retry-after', String(failure));
    return reply
      .code(status)
      .headers(signInHeaders)
      .type('text/html; charset=utf-8')
      .send(signInPage(request.headers['accept-language'] ?? '', failure));
  }

  /** The form of the sign-in page. */
  async submit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { password } = (request.body ?? {}) as { password?: unknown };
    const address = request.socket.remoteAddress ?? '';
    const wait = this.throttle.waitOf(address);
    if (wait > 0 || this.waiting >= mostWaiting)
      return this.show(request, reply, 429, Math.max(1, Math.ceil(wait / 1000)));
    const right = await this.inTurn(typeof password === 'string' ? password : '', address);
    if (right === 'wait') return this.show(request, reply, 429, this.waitSeconds(address));
    if (!right) return this.show(request, reply, 401, 'wrong');
    return redirectHome(reply, this.auth.openSession());
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
