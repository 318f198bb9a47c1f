import { createHash, randomBytes } from 'node:crypto';
import { keepNewest } from '../services/storage/newest';

/** Milliseconds without a request, and in all, after which one has to sign in again; null: as long as the console runs. */
export interface SessionLimits {
  idle: number;
  whole: number;
}

interface Session {
  since: number;
  seen: number;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64');

/** At most so many at once; the one that was silent longest goes first. */
const most = 100;

/** Browsers that are signed in. Only digests are kept, so that looking one up tells nothing by its timing. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly limits: SessionLimits | null,
    private readonly now: () => number = Date.now,
  ) {}

  /** The new session's token, for its cookie. */
  open(): string {
    const token = randomBytes(32).toString('base64url');
    const now = this.now();
    this.sessions.set(digest(token), { since: now, seen: now });
    keepNewest(this.sessions, most);
    return token;
  }

  /** The id of the session that a token stands for; null when there is none any more. A request keeps it from idling. */
  find(token: string): string | null {
    if (token === '') return null;
    const id = digest(token);
    if (!this.alive(id)) return null;
    const session = this.sessions.get(id);
    if (!session) return null;
    this.sessions.delete(id);
    this.sessions.set(id, { ...session, seen: this.now() });
    return id;
  }

  /** Whether it still counts; asking keeps nothing alive. */
  alive(id: string): boolean {
    const session = this.sessions.get(id);
    if (!session) return false;
    const { limits } = this;
    if (!limits) return true;
    const now = this.now();
    if (now - session.seen < limits.idle && now - session.since < limits.whole) return true;
    this.sessions.delete(id);
    return false;
  }

  close(id: string): void {
    this.sessions.delete(id);
  }
}
