import { isIP, isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { reasonText, systemReason } from '../../shared/rules';
import { readPlainFile } from '../files/plain-file';
import type { CheckPassword } from './password';

/** Where the server listens, and what it asks of whoever comes. */
export interface ListenOptions {
  /** IP address; `0.0.0.0` and `::` mean all of this machine's. */
  address: string;
  /** TCP port; 0 takes a free one. */
  port: number;
  /** Absent on loopback only. */
  remote?: {
    /** PEM. */
    cert: Buffer;
    key: Buffer;
    password: CheckPassword;
    /** Names by which browsers may call the console, besides its addresses. */
    names: readonly string[];
  };
}

const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

const own = (): string[] =>
  Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);

/** What `Host` may say, lower case: each name and address of ours with its port, and without where that is the usual one. */
export function allowedHosts({ address, remote }: ListenOptions, port: number): Set<string> {
  const everywhere = address === '0.0.0.0' || address === '::';
  const names = remote
    ? [...(everywhere ? [...own(), hostname()] : [address]), ...remote.names]
    : ['127.0.0.1', 'localhost', '::1'];
  const usual = remote ? 443 : 80;
  return new Set(
    names
      .map((name) => bracketed(name.toLowerCase()))
      .flatMap((name) => [`${name}:${port}`, ...(port === usual ? [name] : [])]),
  );
}

/** `ADDRESS`, `ADDRESS:PORT`, `[IPv6]:PORT`; throws an Error for the admin. */
export function parseListen(text: string): { address: string; port: number } {
  const match = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)|([0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*))(?::(\d{1,5}))?$/i.exec(
    text,
  );
  const address = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  const port = Number(match?.[4] ?? 0);
  if (isIP(address) && port <= 65_535) return { address, port };
  throw new Error(`--listen takes an IP address of this machine, with a port or without, not “${text}”.`);
}

/** Bytes: a chain of certificates is some ten thousand. */
const pemMost = 1 << 20;

/** Reads a PEM file; throws an Error that names its option. */
export const readPem = (option: string, file: string): Promise<Buffer> =>
  readPlainFile(file, pemMost).catch((error: unknown) => {
    throw new Error(`${option}: ${file} can’t be read: ${reasonText(systemReason(error))}.`, {
      cause: error,
    });
  });
