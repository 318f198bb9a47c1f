import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HostRecord } from '../record';
import { pauseService, resumeService, stopService } from '../service';
import { startAgent, type SshAgent } from './agent';
import {
  changeHostKey,
  connectionsTo,
  dropConnections,
  hostKeyFile,
  sshdOf,
  sshPort,
  startSshd,
  userKeys,
  type SshdOptions,
} from './sshd';

/** The way to a host over SSH. */
export interface LabSsh {
  /** 127.0.0.1; behind it, the way goes over the lab's LAN. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `ssh://root@127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Where it listens on the LAN: the way to it from another host, as a jump host's next hop. Port 22. */
  readonly lanAddress: string;
  readonly lanPort: number;
  /** A private key that is let in, in OpenSSH's format. */
  readonly keyFile: string;
  /** Another that is let in, and is of use only with {@link LabSsh.passphrase}. */
  readonly passphraseKeyFile: string;
  readonly passphrase: string;
  /** A key that is let in nowhere. */
  readonly strangerKeyFile: string;
  /** `SHA256:…`, as OpenSSH shows it. Of the key as it is now. */
  readonly hostKeyFingerprint: string;
  /** Line of known_hosts for `host` and `port`. Of the key as it is now. */
  readonly knownHostsLine: string;
  /** The same for the address on the LAN. */
  readonly lanKnownHostsLine: string;
  /** Gives the host another key, as after a new installation. Connections that there are end. */
  rotateHostKey(): Promise<void>;
  /** Ends every connection by killing what serves it; new ones are accepted. Gives how many processes went. */
  dropConnections(): Promise<number>;
  /** How many connections to it there are, as the host's kernel sees it. */
  connections(): number;
  /** Restarts sshd with other permissions. `clean` puts back that all is allowed. */
  configure(options: SshdOptions): Promise<void>;
  /** SIGTERM and no new start: connections are refused. Those that there are end. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** SIGSTOP of sshd alone: new connections are accepted by the kernel and never answered. */
  pause(): void;
  resume(): void;
  /** An ssh-agent of its own with these keys, `plain` alone unless told. */
  agent(keys?: readonly ('plain' | 'protected' | 'stranger')[]): Promise<SshAgent>;
}

/** Where the forwarder has to connect to. */
export const sshTarget = (host: HostRecord) => ({ host: host.nics[0]?.address ?? '', port: sshPort });

/** Undefined for a host that isn't reached this way. */
export function openSsh(host: HostRecord): LabSsh | undefined {
  if (!host.ssh) return undefined;
  const { port, passphrase } = host.ssh;
  const keys = userKeys(host);
  const lanAddress = host.nics[0]?.address ?? '';
  return {
    host: '127.0.0.1',
    port,
    user: 'root',
    endpoint: `ssh://root@127.0.0.1:${port}`,
    lanAddress,
    lanPort: sshPort,
    keyFile: keys.plain,
    passphraseKeyFile: keys.protected,
    passphrase,
    strangerKeyFile: keys.stranger,
    get hostKeyFingerprint() {
      const digest = createHash('sha256').update(Buffer.from(hostKey(host)[1] ?? '', 'base64'));
      return `SHA256:${digest.digest('base64').replace(/=+$/, '')}`;
    },
    get knownHostsLine() {
      return `[127.0.0.1]:${port} ${hostKey(host).join(' ')}`;
    },
    get lanKnownHostsLine() {
      return `${lanAddress} ${hostKey(host).join(' ')}`;
    },
    ...actionsOn(host),
  };
}

/** Type and key, as the public half of the host's key has them. */
const hostKey = (host: HostRecord) =>
  readFileSync(`${hostKeyFile(host)}.pub`, 'utf8')
    .split(' ')
    .slice(0, 2);

type Actions = Pick<
  LabSsh,
  | 'rotateHostKey'
  | 'dropConnections'
  | 'connections'
  | 'configure'
  | 'stop'
  | 'start'
  | 'pause'
  | 'resume'
  | 'agent'
>;

function actionsOn(host: HostRecord): Actions {
  const stop = async () => {
    await stopService(sshdOf(host));
    await dropConnections(host);
  };
  const restart = async (options?: SshdOptions) => {
    await stop();
    await startSshd(host, options);
  };
  return {
    rotateHostKey: async () => {
      await changeHostKey(host);
      await restart();
    },
    dropConnections: () => dropConnections(host),
    connections: () => connectionsTo(host),
    configure: restart,
    stop,
    start: () => startSshd(host),
    pause: () => {
      pauseService(sshdOf(host));
    },
    resume: () => {
      resumeService(sshdOf(host));
    },
    agent: (names = ['plain']) => {
      const keys = userKeys(host);
      return startAgent(
        host,
        names.map((name) => ({
          file: keys[name],
          ...(name === 'protected' ? { passphrase: host.ssh?.passphrase } : {}),
        })),
      );
    },
  };
}
