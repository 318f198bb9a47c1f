import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsMaterial } from './connection';
import { asOptionalText, asRecord, asText } from './json';

/** Paths of an endpoint's certificates, where there are any. Read them when connecting; they are secrets. */
export interface TlsFiles {
  ca?: string;
  cert?: string;
  key?: string;
}

/** What a Docker context says of its engine. */
export interface DockerContext {
  name: string;
  /** As written: `unix://`, `tcp://`, `ssh://`, `npipe://`. */
  host: string;
  tls?: TlsFiles;
}

/** Paths of those of `ca.pem`, `cert.pem`, `key.pem` in `folder` that can be read; undefined when there are none. */
export async function tlsFilesIn(folder: string): Promise<TlsFiles | undefined> {
  const files: TlsFiles = {};
  for (const name of ['ca', 'cert', 'key'] as const) {
    const path = join(folder, `${name}.pem`);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      files[name] = path;
  }
  return Object.keys(files).length > 0 ? files : undefined;
}

/** Reads what {@link tlsFilesIn} found, for the client's options. Rejects with the file system's error. */
export async function readTls(files: TlsFiles = {}): Promise<TlsMaterial> {
  const tls: TlsMaterial = {};
  for (const name of ['ca', 'cert', 'key'] as const) {
    const path = files[name];
    if (path) tls[name] = await readFile(path);
  }
  return tls;
}

/** Rejects with the file's error, or a SyntaxError for broken JSON. */
const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(path, 'utf8')) as unknown;

/** The context chosen with `docker context use`; undefined for the default one or where there is no config. */
export async function currentContextName(configFolder: string): Promise<string | undefined> {
  const config = await readJson(join(configFolder, 'config.json')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return {};
    throw error;
  });
  const name = asOptionalText(asRecord(config).currentContext);
  return name === 'default' ? undefined : name;
}

/**
 * Reads a context from the docker CLI's store, which is never written: its folder is the SHA-256 of the name.
 * Rejects when the context does not exist or can't be read.
 */
export async function readContext(configFolder: string, name: string): Promise<DockerContext> {
  const hash = createHash('sha256').update(name).digest('hex');
  const meta = asRecord(await readJson(join(configFolder, 'contexts', 'meta', hash, 'meta.json')));
  const host = asText(asRecord(asRecord(meta.Endpoints).docker).Host);
  if (host === '') throw new Error('it names no Docker engine');
  const tls = await tlsFilesIn(join(configFolder, 'contexts', 'tls', hash, 'docker'));
  return { name, host, ...(tls && { tls }) };
}
