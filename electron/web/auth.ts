import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Sessions } from './sessions';

const secret = (): string => randomBytes(32).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes the same time wherever the two differ, and however long they are. */
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

export interface AuthOptions {
  /** Behind TLS: cookies are `Secure`. */
  secure: boolean;
  sessions: Sessions;
}

/** Whether a request names more than one host: what stands between us and its sender may go by another than we do. */
export const namesTwoHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((each, index) => index % 2 === 0 && each.toLowerCase() === 'host').length > 1;

/** A signed-in browser's session id, or `bearer` for a script. */
export type Caller = string;

/**
 * Who may speak to the console. On loopback a browser trades the one-time token of the printed address for a session
 * cookie, elsewhere a password; a script sends the bearer token. All secrets live in memory, for this run only.
 */
export class WebAuth {
  /** For scripts: `Authorization: Bearer …`. */
  readonly bearer = secret();
  private oneTime: string | null = null;
  private hosts: ReadonlySet<string> = new Set();
  private cookie = '';

  constructor(private readonly options: AuthOptions) {}

  /**
   * Where the console is reached; before this nobody is.
   * @param hosts `host:port` as browsers write it in `Host`, each way in which the console may be called
   */
  listensOn(port: number, hosts: ReadonlySet<string>): void {
    this.hosts = hosts;
    // Cookies of one address are shared by all of its ports; two consoles must not overwrite each other's.
    this.cookie = `${this.options.secure ? '__Host-' : ''}trunkline_${port}`;
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
    return this.openSession();
  }

  /** The `Set-Cookie` value of a new session. */
  openSession(): string {
    return this.setCookie(this.options.sessions.open());
  }

  /** Ends the caller's session; the `Set-Cookie` value that takes the cookie away. */
  closeSession(caller: Caller): string {
    this.options.sessions.close(caller);
    return `${this.setCookie('')}; Max-Age=0`;
  }

  /** Whether a request is meant for us, and not made by another site's page: Host, Origin and what the browser says. */
  addressed(request: IncomingMessage): boolean {
    return this.hostAllowed(request) && this.originAllowed(request) && this.siteAllowed(request);
  }

  /** A name that resolves to our address is not enough: DNS rebinding sends its own Host. */
  private hostAllowed(request: IncomingMessage): boolean {
    return this.hosts.has((request.headers.host ?? '').toLowerCase());
  }

  /** Absent for scripts and same-origin navigations; present and foreign for another site's page. */
  private originAllowed(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    const scheme = this.options.secure ? 'https' : 'http';
    return (
      origin === undefined ||
      origin.toLowerCase() === `${scheme}://${request.headers.host ?? ''}`.toLowerCase()
    );
  }

  /**
   * Browsers tell where a request comes from even without an Origin: another site's image, script or frame. Another port
   * of this machine is the same site to them, and gets our cookie sent along. Following a link from elsewhere is fine.
   */
  private siteAllowed({ method, headers }: IncomingMessage): boolean {
    const site = headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin' || site === 'none') return true;
    return (
      method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
    );
  }

  /** Null for a stranger. */
  caller(request: Pick<IncomingMessage, 'headers'>): Caller | null {
    const token = /^bearer +(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) return same(token, this.bearer) ? 'bearer' : null;
    return this.options.sessions.find(parseCookie(request.headers.cookie ?? '')[this.cookie] ?? '');
  }

  private setCookie(token: string): string {
    const secure = this.options.secure ? '; Secure' : '';
    return `${this.cookie}=${token}; HttpOnly; SameSite=Strict; Path=/${secure}`;
  }
}
