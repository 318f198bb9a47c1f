import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import type { AccessContext } from '../places/access';
import { ForwardedStream } from './forwarded-stream';
import { connectHop, type HopOptions } from './hop-client';
import type { Hop } from './hops';

/** Reasons of SSH for a channel that was not opened (RFC 4254, 5.1). */
const PROHIBITED = 1;
const CONNECT_FAILED = 2;

interface OpenError extends Error {
  reason?: number | string;
}

const within = <T>(ms: number, what: string, run: (done: (error: unknown, value?: T) => void) => void) =>
  new Promise<T>((resolve, reject) => {
    const late = () => reject(Object.assign(new Error(`${what} timed out`), { code: 'ETIMEDOUT' }));
    const timer = setTimeout(late, ms);
    const done = (error: unknown, value?: T) => {
      clearTimeout(timer);
      if (error) reject(error as Error);
      else resolve(value as T);
    };
    try {
      run(done);
    } catch (error) {
      // ssh2 throws where the connection has gone meanwhile.
      done(error);
    }
  });

/** Opens a channel and makes it a stream. One that comes too late is closed. */
function open(
  ms: number,
  what: string,
  ask: (done: (error: Error | undefined, channel: ClientChannel) => void) => void,
): Promise<ForwardedStream> {
  let over = false;
  const opened = within<ClientChannel>(ms, what, (done) =>
    ask((error, channel) => (over && !error ? channel.close() : done(error, channel))),
  );
  opened.catch(() => (over = true));
  return opened.then((channel) => new ForwardedStream(channel));
}

/** The way on from a jump host to the next hop. */
async function through(client: Client, from: Hop, to: Hop, ms: number): Promise<ForwardedStream> {
  const place = `${to.host}:${to.port}`;
  try {
    return await open(ms, `the way to ${place} through ${from.name}`, (done) =>
      client.forwardOut('127.0.0.1', 0, to.host, to.port, done),
    );
  } catch (error) {
    const { reason, message } = error as OpenError;
    if (reason !== PROHIBITED && reason !== CONNECT_FAILED) throw error;
    const said = problem('ssh_forward_refused', { context: 'jump', host: from.name, socket: place });
    throw new ProblemError({ ...said, engineText: message }, { cause: error });
  }
}

/** One SSH connection to an engine's host, through all hops before it. Streams to the engine's socket go over it. */
export class Link {
  private readonly streams = new Set<Duplex>();
  private gone = false;

  private constructor(
    private readonly clients: readonly Client[],
    private readonly last: Hop,
    private readonly onGone: () => void,
  ) {
    for (const client of clients) client.on('close', () => this.close());
  }

  /** Connects hop by hop, each verified before the next. Rejects with a ProblemError or the system's error. */
  static async open(
    hops: readonly Hop[],
    access: AccessContext,
    { timeoutMs, signal, accept }: Pick<HopOptions, 'timeoutMs' | 'signal' | 'accept'>,
    onGone: () => void,
  ): Promise<Link> {
    const clients: Client[] = [];
    let before: Hop | undefined;
    try {
      for (const hop of hops) {
        const client = clients.at(-1);
        const sock = client && before ? await through(client, before, hop, timeoutMs) : undefined;
        const options = { access, timeoutMs, signal, ...(sock && { sock }), ...(accept && { accept }) };
        clients.push(await connectHop(hop, options));
        before = hop;
      }
      if (!before) throw new Error('no SSH host');
      return new Link(clients, before, onGone);
    } catch (error) {
      for (const client of clients.reverse()) client.destroy();
      throw error;
    }
  }

  /** A stream to a socket on the far side. Rejects with `ssh_forward_refused` where that can't be had. */
  async stream(socket: string, ms: number): Promise<Duplex> {
    const client = this.clients.at(-1);
    const stream = await open(ms, `the way to ${socket} on ${this.last.name}`, (done) => {
      if (this.gone) throw this.cut();
      client?.openssh_forwardOutStreamLocal(socket, done);
    }).catch((error: unknown) => {
      // ssh2's word for a connection that has ended; its "close" may have been missed.
      if ((error as Error).message === 'Not connected') this.close();
      if (this.gone) throw this.cut();
      throw this.refused(error, socket);
    });
    if (this.gone) {
      stream.destroy();
      throw this.cut();
    }
    this.streams.add(stream);
    // An error before somebody uses the stream must not end the process.
    stream.on('error', () => undefined).once('close', () => this.streams.delete(stream));
    return stream;
  }

  /** Ends the connection with everything on it: whoever waits is told that it was cut. */
  close(): void {
    if (this.gone) return;
    this.gone = true;
    for (const stream of this.streams) stream.destroy(this.cut());
    for (const client of [...this.clients].reverse()) client.destroy();
    this.onGone();
  }

  private cut(): Error {
    return new Error(`the SSH connection to ${this.last.name} was cut`);
  }

  private refused(error: unknown, socket: string): unknown {
    const { reason, message } = error as OpenError;
    const what = { host: this.last.name, socket };
    if (reason !== PROHIBITED && reason !== CONNECT_FAILED) return error;
    const said = problem(
      'ssh_forward_refused',
      reason === PROHIBITED ? { context: 'prohibited', ...what } : what,
    );
    return new ProblemError({ ...said, engineText: message }, { cause: error });
  }
}
