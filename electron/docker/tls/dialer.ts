import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import type { ProblemError } from '../../../shared/model';
import { type EngineConnection, type TlsSettings } from '../../../shared/model';
import { plainProblem } from '../places/contexts';
import { Sockets, type Dialer } from '../wire/dialer';
import { addressOf } from '../places/endpoint';
import { plainProblemOf, tlsProblem } from './errors';
import { readTls } from './files';

type TcpConnection = Extract<EngineConnection, { kind: 'tcp' }>;

/** An engine on TCP: by TLS that proves who answers, or plain where the admin has accepted that. */
class TcpDialer implements Dialer {
  private readonly sockets: Sockets;
  private readonly name: string;
  private ownExpired = false;

  constructor(
    private readonly connection: TcpConnection,
    timeoutMs: number,
  ) {
    this.sockets = new Sockets(timeoutMs);
    this.name = addressOf(connection).replace(/^tcp:\/\//, '');
  }

  async dial(): Promise<Duplex> {
    const refused = plainProblem(this.connection);
    if (refused) throw refused;
    const { host, port, tls } = this.connection;
    return tls ? this.secure(tls) : this.sockets.connect({ host, port });
  }

  private async secure(tls: TlsSettings): Promise<TLSSocket> {
    const { host, port } = this.connection;
    const { context, ownExpired } = await readTls(tls);
    this.ownExpired = ownExpired;
    const name = tls.serverName ?? host;
    const options = {
      host,
      port,
      secureContext: context,
      rejectUnauthorized: true,
      // An address can't be asked for by name, but the certificate must be for it all the same.
      servername: isIP(name) ? '' : name,
      checkServerIdentity: (_: string, shown: Parameters<typeof checkServerIdentity>[1]) =>
        checkServerIdentity(name, shown),
    };
    return this.sockets.ready(connect(options), 'secureConnect').catch((error: unknown) => {
      throw this.explain(error) ?? error;
    });
  }

  explain(error: unknown): ProblemError | undefined {
    const { tls } = this.connection;
    return tls ? tlsProblem(error, this.name, this.ownExpired) : plainProblemOf(error, this.name);
  }

  close(): void {
    this.sockets.close();
  }
}

export const tcpDialer = (connection: TcpConnection, timeoutMs: number): Dialer =>
  new TcpDialer(connection, timeoutMs);
