import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/**
 * A channel through SSH as a socket that Node's HTTP can use. The channel itself will not do: destroyed, it waits for an
 * answer that may never come, and it loses the reason.
 */
export class ForwardedStream extends Duplex {
  private over = false;

  constructor(private readonly channel: ClientChannel) {
    // As a socket's: when the far side has ended, so does this one, once everything is read.
    super({ allowHalfOpen: false });
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause();
    });
    channel.on('end', () => this.finish());
    channel.on('close', () => this.finish());
    channel.on('error', (error: Error) => this.destroy(error));
    // Bytes of the other stream of a channel mean nothing here, but must not fill it up.
    channel.stderr.resume();
  }

  private finish(): void {
    if (!this.over && !this.destroyed) this.push(null);
    this.over = true;
  }

  override _read(): void {
    this.channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.channel.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.channel.close();
    done(error);
  }

  // What HTTP asks of a socket besides. Deadlines are kept elsewhere, and the SSH connection lives on its own.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
