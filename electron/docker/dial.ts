import type { EngineConnection, ProblemError } from '../../shared/model';
import type { AccessContext } from './places/access';
import { connectionOfContext, type DirectConnection } from './places/contexts';
import { socketDialer, type Dialer } from './wire/dialer';
import { addressOf } from './places/endpoint';
import { sshDialer } from './ssh/dialer';
import { tcpDialer } from './tls/dialer';

/** A socket or TCP: what needs nothing but what the connection names. */
export function localDialer(
  connection: Extract<DirectConnection, { kind: 'socket' | 'tcp' }>,
  timeoutMs: number,
): Dialer {
  return connection.kind === 'socket'
    ? socketDialer(connection.path, timeoutMs)
    : tcpDialer(connection, timeoutMs);
}

function directDialer(connection: DirectConnection, access: AccessContext, timeoutMs: number): Dialer {
  return connection.kind === 'ssh'
    ? sshDialer(connection, access, timeoutMs)
    : localDialer(connection, timeoutMs);
}

/**
 * What a Docker context says is read again for each new stream. When it says something else than before, the streams to
 * the engine that was meant then are cut: one client never speaks to two engines.
 */
class ContextDialer implements Dialer {
  private current: { meaning: string; dialer: Dialer } | undefined;
  private closed = false;

  constructor(
    private readonly connection: Extract<EngineConnection, { kind: 'context' }>,
    private readonly access: AccessContext,
    private readonly timeoutMs: number,
  ) {}

  async dial() {
    const { context, plainAccepted } = this.connection;
    const said = await connectionOfContext(this.access, context, plainAccepted);
    const meaning = JSON.stringify(said);
    if (this.closed) throw new Error('this connection was closed');
    if (this.current?.meaning !== meaning) {
      this.current?.dialer.close();
      this.current = { meaning, dialer: directDialer(said, this.access, this.timeoutMs) };
    }
    return this.current.dialer.dial();
  }

  explain(error: unknown): ProblemError | undefined {
    return this.current?.dialer.explain?.(error);
  }

  close(): void {
    this.closed = true;
    this.current?.dialer.close();
  }
}

/** The way to an engine as its connection says. Does nothing before the first dial. */
export function dialerFor(connection: EngineConnection, access: AccessContext, timeoutMs: number): Dialer {
  return connection.kind === 'context'
    ? new ContextDialer(connection, access, timeoutMs)
    : directDialer(connection, access, timeoutMs);
}

/** What a request puts into its Host header: proxies before an engine choose by it. */
export function hostHeaderOf(connection: EngineConnection): { host: string; port?: number } {
  if (connection.kind !== 'tcp') return { host: 'localhost' };
  const address = addressOf(connection).replace(/^tcp:/, 'http:');
  // A zone means something on this machine alone.
  const bare = address.replace(/%[^\]]*(?=\]:\d+$)/, '');
  // What no URL can name reaches nobody either: that is told when it is dialled.
  if (!URL.canParse(bare)) return { host: 'localhost' };
  const { host } = new URL(bare);
  return { host: host.replace(/:\d+$/, ''), port: connection.port };
}
