import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { commandNames, isDesktopOnly, type ServedHandlers } from '../../shared/contract';
import { ProblemError, type Result } from '../../shared/model';
import { problem, reason } from '../../shared/texts';
import { doorOf } from './place';
import { pushOf } from './wire';

/** A console of the same user that works in the folder already. */
export interface RunningConsole {
  pid: number;
  /** A fresh address that opens its window once, in place of the one before; null where it serves no browser. */
  address(): Promise<string | null>;
  /** Runs one command there. Rejects where it has ended meanwhile. */
  run(name: string, input: unknown): Promise<Result<unknown>>;
  /** The same by name, as a transport wants it; throws ProblemError. */
  handlers: ServedHandlers;
  /** Calls back with all that it says, until it ends or is ended here. */
  subscribe(listener: (name: never, data: never) => void, onEnd?: () => void): () => void;
}

/** Milliseconds for one that is there to say so. */
const patienceMs = 3_000;

interface Call {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

function call(socketPath: string, { method, path, body }: Call, timeout?: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request({ socketPath, method, path, headers, ...(timeout ? { timeout } : {}) }, resolve);
    sent.on('timeout', () => sent.destroy(new Error('It does not answer.')));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function jsonOf<T>(answer: IncomingMessage): Promise<T> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as T;
}

/**
 * The console that works in a folder; null where none does, or none that can be joined.
 *
 * @param version of whoever asks: one of another version has other commands
 */
export async function knock(folder: string, version: string): Promise<RunningConsole | null> {
  const path = await doorOf(folder);
  if (path === null) return null;
  const hello = await call(path, { method: 'GET', path: '/hello' }, patienceMs)
    .then((answer) => jsonOf<{ pid: number; version: string }>(answer))
    .catch(() => null);
  if (hello?.version !== version) return null;
  const run = async (name: string, input: unknown): Promise<Result<unknown>> =>
    jsonOf(await call(path, { method: 'POST', path: `/api/${name}`, body: JSON.stringify(input ?? {}) }));
  const address = async () => {
    const answer = await call(path, { method: 'POST', path: '/address', body: '{}' });
    return (await jsonOf<{ address: string | null }>(answer)).address;
  };
  const subscribe: RunningConsole['subscribe'] = (listener, onEnd) => follow(path, listener, onEnd);
  return { pid: hello.pid, address, run, handlers: handlersOf(run), subscribe };
}

function handlersOf(run: RunningConsole['run']): ServedHandlers {
  const handlerOf = (name: string) => async (input: unknown) => {
    const result = await run(name, input).catch((error: unknown) => {
      const detail = reason('said', { words: String(error) });
      throw new ProblemError(problem('engine_unreachable', { context: 'console', detail }), { cause: error });
    });
    if (!result.ok) throw new ProblemError(result.error);
    return result.value;
  };
  const own = commandNames.filter((name) => !isDesktopOnly(name));
  return Object.fromEntries(own.map((name) => [name, handlerOf(name)])) as unknown as ServedHandlers;
}

function follow(
  path: string,
  listener: (name: never, data: never) => void,
  onEnd: () => void = () => undefined,
): () => void {
  let stream: IncomingMessage | null = null;
  let ended = false;
  const over = () => {
    if (!ended) onEnd();
    ended = true;
  };
  call(path, { method: 'GET', path: '/events' }).then((answer) => {
    stream = answer;
    if (ended) return answer.destroy();
    answer.on('close', over);
    answer.on('error', over);
    const lines = createInterface({ input: answer });
    // It passes on what goes wrong with the stream.
    lines.on('error', over);
    lines.on('line', (line) => {
      if (ended) return;
      const { name, data } = pushOf(line);
      listener(name as never, data as never);
    });
  }, over);
  return () => {
    ended = true;
    stream?.destroy();
  };
}
