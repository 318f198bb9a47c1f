import type { Duplex } from 'node:stream';
import type { Client as SshClient, ConnectConfig } from 'ssh2';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import type { AccessContext } from '../places/access';
import { SignIn } from './auth';
import type { Hop } from './hops';
import { fingerprint, judge, keyType, preferredAlgorithms, type KnownHost } from './known-hosts';
import { readKnownHosts } from './known-hosts-files';
import { Client } from './library';

/** How often a quiet connection is asked whether it lives, and how many answers may fail. Milliseconds. */
const KEEPALIVE_MS = 5_000;
const KEEPALIVE_MISSES = 3;

/** Who may take an unknown key, and is told when the host has proven that it holds it. */
export interface Acceptance {
  takes(key: Buffer): boolean;
  proven(hop: Hop, key: Buffer): void;
}

export interface HopOptions {
  access: AccessContext;
  /** The way to the host, where it is not straight: a stream through the hop before. */
  sock?: Duplex;
  /** Until it is signed in. Milliseconds. */
  timeoutMs: number;
  /** Ends the attempt. */
  signal: AbortSignal;
  /** Takes a key that is not known, this time. */
  accept?: Acceptance;
}

/** Why a host's key is not taken; undefined when it is. */
function refusalOf(hop: Hop, known: readonly KnownHost[], key: Buffer): ProblemError | undefined {
  const host = hop.knownNames[0] ?? hop.host;
  const shown = fingerprint(key);
  const verdict = judge(known, hop.knownNames, key);
  switch (verdict.kind) {
    case 'known':
      return undefined;
    case 'unknown':
      return new ProblemError(problem('ssh_host_unknown', { host, type: keyType(key), fingerprint: shown }));
    case 'changed':
    case 'revoked': {
      const { file, line } = verdict;
      const where = { host, fingerprint: shown, file, line };
      return new ProblemError(
        problem('ssh_host_changed', verdict.kind === 'revoked' ? { context: 'revoked', ...where } : where),
      );
    }
  }
}

interface SshError extends Error {
  level?: string;
  code?: string | number;
}

/** Errors that ssh2 tells of and then goes on: an agent that fails leaves the other keys. */
const isPassing = ({ level, message }: SshError): boolean =>
  level === 'agent' || (level === 'client-authentication' && message.startsWith('Error'));

/** One attempt to reach a hop; what went wrong is told once. */
class Attempt {
  readonly client = new Client();
  private readonly signIn: SignIn;
  private refused: ProblemError | undefined;
  private taken: Buffer | undefined;
  private signingIn = false;

  constructor(
    private readonly hop: Hop,
    private readonly known: readonly KnownHost[],
    private readonly options: HopOptions,
  ) {
    this.signIn = new SignIn(hop, options.access);
  }

  run(): Promise<SshClient> {
    const { client, options } = this;
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        options.signal.removeEventListener('abort', abort);
        reject(this.explain(error));
        client.destroy();
      };
      const abort = () => fail(options.signal.reason);
      options.signal.addEventListener('abort', abort, { once: true });
      // Stays: an error later on ends the connection, which is told by its "close".
      client.on('error', (error: SshError) => {
        if (!isPassing(error)) fail(error);
      });
      client.on('close', () => fail(new Error('the connection was cut')));
      client.on('handshake', () => this.onHandshake());
      client.on('connect', () => client.setNoDelay(true));
      client.once('ready', () => {
        options.signal.removeEventListener('abort', abort);
        resolve(client);
      });
      if (options.signal.aborted) return abort();
      try {
        client.connect(this.config());
      } catch (error) {
        fail(error);
      }
    });
  }

  private config(): ConnectConfig {
    const { hop, options } = this;
    return {
      host: hop.host,
      port: hop.port,
      username: hop.user,
      ...(options.sock && { sock: options.sock }),
      readyTimeout: options.timeoutMs,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVE_MISSES,
      // Others than OpenSSH forward to sockets too; those that don't say so.
      strictVendor: false,
      algorithms: { serverHostKey: preferredAlgorithms(this.known, hop.knownNames) },
      hostVerifier: (key: Buffer) => this.verify(key),
      authHandler: (accepted, _partial, next) => {
        this.signIn.next(accepted).then(
          (way) => next(way as Parameters<typeof next>[0]),
          (error: unknown) => this.client.emit('error', error as Error),
        );
      },
    };
  }

  private verify(key: Buffer): boolean {
    const refusal = refusalOf(this.hop, this.known, key);
    if (!refusal) return true;
    if (refusal.problem.code === 'ssh_host_unknown' && this.options.accept?.takes(key)) {
      this.taken = key;
      return true;
    }
    this.refused = refusal;
    return false;
  }

  private onHandshake(): void {
    this.signingIn = true;
    if (this.taken) this.options.accept?.proven(this.hop, this.taken);
  }

  private explain(error: unknown): unknown {
    if (this.refused) return this.refused;
    if (error instanceof ProblemError) return error;
    const { level, code, message } = error as SshError;
    if (level === 'client-timeout') return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
    // A host that hangs up while keys are tried has had enough of them.
    if (level === 'client-authentication' || (this.signingIn && typeof code === 'number'))
      return this.signIn.problem();
    return error;
  }
}

/**
 * Connects to one SSH host: proves who it is by known_hosts, and signs in by a key. Rejects with a ProblemError, or with
 * the system's error.
 */
export async function connectHop(hop: Hop, options: HopOptions): Promise<SshClient> {
  const known = await readKnownHosts(hop.knownHostsFiles, hop.name);
  return new Attempt(hop, known, options).run();
}
