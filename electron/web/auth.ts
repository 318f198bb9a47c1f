import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const secret = (): string => randomBytes(32).toString('base64url');

/** Takes the same time wherever the two differ. */
function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const cookies = (request: IncomingMessage): Map<string, string> =>
  new Map(
    (request.headers.cookie ?? '').split(';').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );

/**
 * Who may speak to the console. A browser trades the one-time token of the printed address for a session cookie; a
 * script sends the bearer token. All secrets live in memory, for this run only.
 */
export class WebAuth {
  /** For scripts: `Authorization: Bearer …`. */
  readonly bearer = secret();
  private oneTime: string | null = null;
  private readonly session = secret();
  private readonly cookie: string;
  private readonly hosts: ReadonlySet<string>;

  constructor(port: number) {
    // Cookies of 127.0.0.1 are shared by all ports; two consoles must not overwrite each other's.
    this.cookie = `trunkline_${port}`;
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  }

  /** A new one-time token; an unused older one is void. */
  issueOneTimeToken(): string {
    this.oneTime = secret();
    return this.oneTime;
  }

  /** The `Set-Cookie` value for the right token, once; null for any other. */
  redeem(token: string): string | null {
    if (!this.oneTime || !same(token, this.oneTime)) return null;
    this.oneTime = null;
    return `${this.cookie}=${this.session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** A name that resolves to loopback is not enough: DNS rebinding sends its own Host. */
  hostAllowed(request: IncomingMessage): boolean {
    return this.hosts.has(request.headers.host ?? '');
  }

  /** Absent for scripts and same-origin navigations; present and foreign for another site's page. */
  originAllowed(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    return origin === undefined || origin === `http://${request.headers.host ?? ''}`;
  }

  authorised(request: IncomingMessage): boolean {
    const header = request.headers.authorization ?? '';
    if (header.startsWith('Bearer ')) return same(header.slice('Bearer '.length), this.bearer);
    return same(cookies(request).get(this.cookie) ?? '', this.session);
  }
}
