import { join } from 'node:path';
import type { HostRecord } from '../record';
import { dockerFolder, showCertificate, tlsFolder, type ServerCertificate } from './certificates';

/** A client's certificate and key, and the authority it goes by: files in PEM. */
export interface ClientFiles {
  ca: string;
  cert: string;
  key: string;
}

/** The way to an engine over TCP, where both ends show a certificate. */
export interface LabTls extends ClientFiles {
  /** 127.0.0.1; behind it, the way goes over the lab's LAN. */
  readonly address: string;
  readonly port: number;
  /** `tcp://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Where the engine itself listens, for others on the LAN: `10.70.1.11:2376`. */
  readonly lanAddress: string;
  /** `ca.pem`, `cert.pem` and `key.pem`, as the docker CLI wants them in DOCKER_CERT_PATH. */
  readonly folder: string;
  /** Certificates that the engine refuses: out of date, and of an authority that is not its own. */
  readonly expired: ClientFiles;
  /** `ca` here is not the one that signed the engine's certificate either. */
  readonly foreign: ClientFiles;
  /** Restarts the engine with another certificate of its own. `clean` puts the good one back. */
  show(certificate: ServerCertificate): Promise<void>;
}

const port = 2376;

/** What dockerd has to be told to be reached over TLS. */
export function tlsArgv(host: HostRecord): string[] {
  const file = (name: string) => join(tlsFolder(host), name);
  return [
    ...['-H', `tcp://${lanAddress(host)}`, '--tlsverify', '--tlscacert', file('ca-own.pem')],
    ...['--tlscert', file(`${host.name}.pem`), '--tlskey', file(`${host.name}-key.pem`)],
  ];
}

const lanAddress = (host: HostRecord) => `${host.nics[0]?.address ?? ''}:${port}`;

/** Where the forwarder has to connect to. */
export const tlsTarget = (host: HostRecord) => ({ host: host.nics[0]?.address ?? '', port });

/** `restart` is the engine's. Undefined for a host that isn't reached this way. */
export function openTls(host: HostRecord, restart: () => Promise<void>): LabTls | undefined {
  if (!host.tls) return undefined;
  const files = (ca: string, client: string): ClientFiles => ({
    ca: join(tlsFolder(host), `ca-${ca}.pem`),
    cert: join(tlsFolder(host), `client-${client}.pem`),
    key: join(tlsFolder(host), `client-${client}-key.pem`),
  });
  return {
    ...files('own', 'good'),
    address: '127.0.0.1',
    port: host.tls.port,
    endpoint: `tcp://127.0.0.1:${host.tls.port}`,
    lanAddress: lanAddress(host),
    folder: dockerFolder(host),
    expired: files('own', 'expired'),
    foreign: files('foreign', 'foreign'),
    show: async (certificate) => {
      showCertificate(host, certificate);
      await restart();
    },
  };
}
