import type { Duplex } from 'node:stream';
import type { AccessContext } from '../places/access';
import type { Dialer } from '../wire/dialer';
import { FAR_SOCKET } from '../places/endpoint';
import { hopsTo, type SshConnection } from './hops';
import { Link } from './link';

const closed = (): Error => new Error('this connection was closed');

/**
 * An engine's socket through SSH: one connection for all streams. It is made with the first stream that is asked for, by
 * one attempt for all who ask meanwhile, and again by the first that is asked for after it was lost.
 */
class SshDialer implements Dialer {
  private link: Promise<Link> | undefined;
  private readonly ending = new AbortController();

  constructor(
    private readonly connection: SshConnection,
    private readonly access: AccessContext,
    private readonly timeoutMs: number,
  ) {}

  async dial(): Promise<Duplex> {
    this.ending.signal.throwIfAborted();
    this.link ??= this.open();
    const link = await this.link;
    return link.stream(this.connection.socket ?? FAR_SOCKET, this.timeoutMs);
  }

  private open(): Promise<Link> {
    const forget = () => {
      if (this.link === opening) this.link = undefined;
    };
    const opening: Promise<Link> = this.connect(forget);
    opening.catch(forget);
    return opening;
  }

  private async connect(onGone: () => void): Promise<Link> {
    const late = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([this.ending.signal, late]);
    const hops = await hopsTo(this.connection, this.access);
    const link = await Link.open(hops, this.access, { timeoutMs: this.timeoutMs, signal }, onGone);
    if (this.ending.signal.aborted) link.close();
    this.ending.signal.throwIfAborted();
    return link;
  }

  close(): void {
    this.ending.abort(closed());
    this.link?.then(
      (link) => link.close(),
      () => undefined,
    );
  }
}

/** @param timeoutMs for making the connection, through all hops, and for each stream on it. Milliseconds. */
export const sshDialer = (connection: SshConnection, access: AccessContext, timeoutMs: number): Dialer =>
  new SshDialer(connection, access, timeoutMs);
