import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Writable, Readable } from 'node:stream';
import type { Protocol } from './protocol-types';

export type Events = Protocol.Events;
export type EventName = keyof Events;
type Method = keyof Protocol.CommandParameters & keyof Protocol.CommandReturnValues;
type Waiting = { resolve(value: unknown): void; reject(reason: Error): void; method: string };
type Incoming = {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
};

/** Chromium's process and our own connection to it: a pipe, while Playwright attaches by the port. */
export class Cdp {
  readonly #process: ChildProcess;
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #events = new EventEmitter();
  #ids = 0;
  #buffer = '';

  constructor(executable: string, args: string[], onExit: (code: number | null) => void) {
    // A process group of its own: Ctrl-C reaches the main process first, which then closes its windows.
    this.#process = spawn(executable, args, {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, , , input, output] = this.#process.stdio;
    this.#input = input as Writable;
    this.#input.on('error', () => undefined);
    this.#process.stderr?.on('data', (data) => this.#forwardStderr(String(data)));
    (output as Readable).setEncoding('utf8').on('data', (data: string) => this.#read(data));
    this.#process.on('error', (error) => console.error('[electron-standin]', error.message));
    this.#process.on('exit', onExit);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  send<M extends Method>(
    method: M,
    params: Protocol.CommandParameters[M],
    sessionId?: string,
  ): Promise<Protocol.CommandReturnValues[M]> {
    return new Promise((resolve, reject) => {
      const id = ++this.#ids;
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, method });
      this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Events of one session, or of the browser itself where none is given. */
  on<N extends EventName>(name: N, listener: (params: Events[N]) => void, sessionId = ''): void {
    this.#events.on(`${sessionId} ${name}`, listener);
  }

  /** Asks Chromium to go; kills its process group when it has not gone in time. */
  async close(graceMs: number): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.send('Browser.close', {}).catch(() => undefined);
    const timer = setTimeout(() => this.#kill(), graceMs);
    await gone;
    clearTimeout(timer);
  }

  #kill(): void {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // Gone in between.
    }
  }

  /** Playwright waits for the line with the port; the rest of Chromium's talk is noise here. */
  #forwardStderr(text: string): void {
    for (const line of text.split('\n')) {
      const wanted = /^DevTools listening|Unable to open X display/.test(line);
      if (wanted || (process.env.STANDIN_DEBUG && line)) process.stderr.write(`${line}\n`);
    }
  }

  #read(data: string): void {
    this.#buffer += data;
    for (let end = this.#buffer.indexOf('\0'); end >= 0; end = this.#buffer.indexOf('\0')) {
      const message = JSON.parse(this.#buffer.slice(0, end)) as Incoming;
      this.#buffer = this.#buffer.slice(end + 1);
      this.#dispatch(message);
    }
  }

  #dispatch({ id, method, params, result, error, sessionId }: Incoming): void {
    if (id === undefined) {
      this.#events.emit(`${sessionId ?? ''} ${method ?? ''}`, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
    else waiting?.resolve(result);
  }
}
