import { createHash } from 'node:crypto';
import { access as canRead, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError, type EngineConnection, type Reason, type TlsSettings } from '../../../shared/model';
import { isPlainTcp } from '../../../shared/rules/engines/engines';
import { problem } from '../../../shared/texts/messages';
import { reason } from '../../../shared/texts/reason';
import { systemReason } from '../../../shared/rules/basics/system-reason';
import type { AccessContext } from './access';
import { addressOf, connectionOf } from './endpoint';
import { readPlainFile } from '../../files/plain-file';

/** What a Docker context says of its engine. */
interface DockerContext {
  name: string;
  /** As written: `unix://`, `tcp://`, `ssh://`, `npipe://`. */
  host: string;
  /** Undefined: the context names no certificates, and `docker` then speaks plain TCP. */
  tls?: TlsSettings;
}

type Where = Pick<AccessContext, 'home' | 'env'>;
/** A connection that leads to an engine by itself. */
export type DirectConnection = Exclude<EngineConnection, { kind: 'context' }>;

const metaSchema = z.object({
  Name: z.string().min(1),
  Endpoints: z.object({
    docker: z.object({ Host: z.string().min(1), SkipTLSVerify: z.boolean().optional() }),
  }),
});
const configSchema = z.object({ currentContext: z.string().optional() });

/** The docker CLI's files are a few kB, with credentials for many registries some more. Bytes. */
const LARGEST = 4 * 1024 * 1024;
const readText = async (file: string): Promise<string> => (await readPlainFile(file, LARGEST)).toString();

const folderOf = ({ env, home }: Where): string => env.DOCKER_CONFIG ?? join(home, '.docker');
/** Each context's folder is the SHA-256 of its name. */
const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');
const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const invalid = (name: string, detail: Reason, cause?: unknown): ProblemError =>
  new ProblemError(problem('context_invalid', { name, detail }), { cause });

/** Why a file of the docker CLI's can't be used, without its content. */
function whyUnusable(error: unknown): Reason {
  if (error instanceof SyntaxError) return reason('context_no_json');
  if (error instanceof z.ZodError) return reason('context_no_engine');
  return reason('context_unread', { why: systemReason(error) });
}

/** Paths of those of `ca.pem`, `cert.pem`, `key.pem` in `folder` that can be read; undefined when there are none. */
export async function tlsFilesIn(folder: string): Promise<TlsSettings | undefined> {
  const files: TlsSettings = {};
  for (const name of ['ca', 'cert', 'key'] as const) {
    const path = join(folder, `${name}.pem`);
    const there = await canRead(path).then(
      () => true,
      () => false,
    );
    if (there) files[name] = path;
  }
  return Object.keys(files).length > 0 ? files : undefined;
}

/**
 * The context chosen with `docker context use` or by DOCKER_CONTEXT; undefined for the default one. Rejects with
 * `context_invalid` when the docker CLI's settings can't be read.
 */
export async function currentContextName(where: Where): Promise<string | undefined> {
  const asked = where.env.DOCKER_CONTEXT?.trim();
  if (asked) return asked === 'default' ? undefined : asked;
  try {
    const text = await readText(join(folderOf(where), 'config.json'));
    const name = configSchema.parse(JSON.parse(text)).currentContext;
    return name === 'default' || name === '' ? undefined : name;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw invalid('config.json', whyUnusable(error), error);
  }
}

/** Names of all contexts but `default`, sorted; folders whose file can't be read by their own name, with the reason. */
export async function contextNames(where: Where): Promise<{ name: string; problem?: ProblemError }[]> {
  const folder = join(folderOf(where), 'contexts', 'meta');
  const entries = await readdir(folder).catch(() => [] as string[]);
  const found = await Promise.all(
    entries.map(async (entry) => {
      try {
        const text = await readText(join(folder, entry, 'meta.json'));
        return { name: z.object({ Name: z.string().min(1) }).parse(JSON.parse(text)).Name };
      } catch (error) {
        return { name: entry, problem: invalid(entry, whyUnusable(error), error) };
      }
    }),
  );
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function readContext(where: Where, name: string): Promise<DockerContext> {
  const folder = join(folderOf(where), 'contexts');
  const hash = hashOf(name);
  try {
    const text = await readText(join(folder, 'meta', hash, 'meta.json'));
    const { Host: host, SkipTLSVerify: skip } = metaSchema.parse(JSON.parse(text)).Endpoints.docker;
    const files = await tlsFilesIn(join(folder, 'tls', hash, 'docker'));
    // SkipTLSVerify asks for TLS with whoever answers. TLS it gets; who answers is verified all the same.
    const tls = files ?? (skip ? {} : undefined);
    return { name, host, ...(tls && { tls }) };
  } catch (error) {
    if (isAbsent(error)) throw new ProblemError(problem('context_not_found', { name }));
    throw invalid(name, whyUnusable(error), error);
  }
}

/** As the docker CLI reads an address: TLS where certificates go with it, plain TCP otherwise, whatever the port. */
function direct(text: string, tls: TlsSettings | undefined, plainAccepted: boolean): DirectConnection | null {
  const read = connectionOf(text);
  if (!read.ok || read.value.kind === 'context') return null;
  return read.value.kind === 'tcp' ? { ...read.value, tls: tls ?? null, plainAccepted } : read.value;
}

/** What DOCKER_HOST says, with the certificates of DOCKER_CERT_PATH where TLS is asked for; null where it is unset. */
export async function environmentConnection(
  where: Where,
  plainAccepted = false,
): Promise<DirectConnection | null> {
  const { env } = where;
  const host = env.DOCKER_HOST?.trim();
  if (!host) return null;
  const wanted = Boolean(env.DOCKER_TLS_VERIFY || env.DOCKER_TLS);
  const tls = wanted ? ((await tlsFilesIn(env.DOCKER_CERT_PATH || folderOf(where))) ?? {}) : undefined;
  const found = direct(host, tls, plainAccepted);
  if (!found) throw invalid('default', reason('context_docker_host'));
  return found;
}

/** Where the docker CLI finds an engine when nobody says anything. */
export const defaultConnection = (platform: string): DirectConnection => ({
  kind: 'socket',
  path: platform === 'win32' ? '//./pipe/docker_engine' : '/var/run/docker.sock',
});

/**
 * What a Docker context says now. Certificates are named, not read.
 *
 * @param plainAccepted whether the admin accepts plain TCP, should the context say so.
 * Rejects with `context_not_found` or `context_invalid`.
 */
export async function connectionOfContext(
  where: Where,
  name: string,
  plainAccepted: boolean,
  platform: string = process.platform,
): Promise<DirectConnection> {
  if (name === 'default')
    return (await environmentConnection(where, plainAccepted)) ?? defaultConnection(platform);
  const { host, tls } = await readContext(where, name);
  const found = direct(host, tls, plainAccepted);
  if (!found) throw invalid(name, reason('context_address', { host }));
  return found;
}

/** The problem of a connection that is plain TCP without the admin's word for it; undefined for any other. */
export function plainProblem(connection: DirectConnection): ProblemError | undefined {
  if (!isPlainTcp(connection) || connection.plainAccepted) return undefined;
  return new ProblemError(problem('plain_tcp_unaccepted', { address: addressOf(connection) }));
}
