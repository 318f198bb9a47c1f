import Fastify from 'fastify';
import { chmod, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { PushName } from '../../shared/contract';
import type { Result } from '../../shared/model';
import { newDoorIn, noteDoor } from './place';
import { lineOf } from './wire';

export interface DoorOptions {
  /** The user-data folder, which this console alone works in. */
  folder: string;
  /** The product’s: another one may have other commands. */
  version: string;
  /** Runs one command; never rejects. */
  run(name: string, input: unknown): Promise<Result<unknown>>;
  subscribe(listener: (name: PushName, data: unknown) => void): () => void;
  /** An address that opens its window once; null where it serves no browser. */
  address(): string | null;
  report(error: unknown): void;
}

/** Bytes of a command: what a pasted text takes, and room. */
const mostBody = 4 << 20;
/** Unsent bytes beyond which whoever listens is let go. */
const mostUnsent = 64 << 20;

/**
 * Lets others of the same user in that start on the same folder: a console that runs without a window is looked at, and is
 * given a plan, through this. Where the socket can't be made that is reported, and there is no door.
 *
 * @returns closes it
 */
export async function openDoor(options: DoorOptions): Promise<() => Promise<void>> {
  const path = newDoorIn(options.folder);
  if (path === null) {
    options.report(
      new Error(`${options.folder} has too long a path for a socket: no other start can join this console.`),
    );
    return async () => undefined;
  }
  const app = Fastify({ bodyLimit: mostBody, forceCloseConnections: true });
  const listeners = new Set<ServerResponse>();
  app.post<{ Params: { name: string } }>('/api/:name', (request) =>
    options.run(request.params.name, request.body ?? {}),
  );
  app.get('/hello', () => ({ pid: process.pid, version: options.version }));
  // A new one makes the one before void.
  app.post('/address', () => ({ address: options.address() }));
  app.get('/events', (_request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
    raw.flushHeaders();
    listeners.add(raw);
    raw.on('close', () => listeners.delete(raw));
  });
  const unsubscribe = options.subscribe((name, data) => {
    if (listeners.size === 0) return;
    const line = lineOf({ name, data });
    for (const each of listeners) {
      if (each.writableLength > mostUnsent) each.destroy();
      else each.write(line);
    }
  });
  try {
    // One of a console that was killed: the folder is this one's now.
    if (process.platform !== 'win32') await rm(path, { force: true });
    await app.listen({ path });
    if (process.platform !== 'win32') await chmod(path, 0o600);
    await noteDoor(options.folder, path);
  } catch (error) {
    options.report(
      new Error(`${path} can’t be made: no other start can join this console.`, { cause: error }),
    );
  }
  return async () => {
    unsubscribe();
    for (const each of listeners) each.destroy();
    await app.close();
  };
}
