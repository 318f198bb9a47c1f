import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * A stand-in for the engine's socket, between a console and its engine: it hands every call on as it is, except where a
 * test asks for a fault. What it can do, per call (`proxy.fault`):
 *
 * - `hold-before`: the call does not reach the engine; `hold-after`: the engine carried it out, and its answer does not
 *   come back. Either until `release()`, or for good. `held(n)` resolves when the nth call stands still.
 * - `cut-before`, `cut-after`, `cut-midway`: the connection ends before the engine heard of it, after it did it, or in
 *   the middle of the answer's body.
 * - `delay`: the answer comes `ms` later. `answer`: another answer, and the engine hears nothing. `rewrite`: another body
 *   than the engine's. `lines`: each line of a stream becomes another, several, or none, and `say` puts further ones in.
 *
 * For all calls together: `cutAll()` ends every connection, streams too; `refuse(true)` makes new ones fail, as if nothing
 * listened. Streams (events, stats, exec) pass through, held to the same rules at their start.
 */
export interface EngineProxy {
  /** `unix://…`, for `--host` or a client. */
  readonly endpoint: string;
  /** Every call so far, in order. */
  readonly calls: readonly ProxiedCall[];
  /** Asked before each call is handed on; undefined lets it pass. Set it at any time. */
  fault: (call: ProxiedCall) => Fault | undefined;
  /** Resolves with the call that is held as the nth since the proxy began, from 1. */
  held(nth?: number): Promise<ProxiedCall>;
  /** Lets everything go on that is held now. */
  release(): void;
  cutAll(): void;
  /** Puts a line into every open stream of that path that has the fault `lines`; gives into how many. */
  say(path: RegExp, line: string): number;
  refuse(refused: boolean): void;
  close(): Promise<void>;
}

export interface ProxiedCall {
  method: string;
  /** With its query, without the version: `/networks/create`. */
  path: string;
  /** It changes networks or attachments: what a console's changes consist of. Helpers and execs are none of these. */
  changes: boolean;
  /** Which of the calls that change something it is, from 1; 0 for others. */
  nth: number;
}

export type Fault =
  | { kind: 'hold-before' | 'hold-after' | 'cut-before' | 'cut-after' | 'cut-midway' }
  | { kind: 'delay'; ms: number }
  | { kind: 'answer'; status: number; body: string }
  | { kind: 'rewrite'; body: (text: string) => string }
  | { kind: 'lines'; line: (line: string) => readonly string[] };

const changing = /^\/networks\/(create$|[^/]+\/(connect|disconnect)$)/;
const versionPrefix = /^\/v\d+\.\d+(?=\/)/;

/** @param socket path of the engine's socket, or `unix://…` */
export async function startProxy(socket: string): Promise<EngineProxy> {
  const directory = await mkdtemp(join(tmpdir(), 'trunkline-proxy-'));
  const proxy = new SocketProxy(socket.replace(/^unix:\/\//, ''), directory);
  await proxy.listen();
  return proxy;
}

class SocketProxy implements EngineProxy {
  readonly calls: ProxiedCall[] = [];
  fault: EngineProxy['fault'] = () => undefined;
  private readonly path: string;
  private readonly sockets = new Set<Socket>();
  private readonly lined = new Map<ServerResponse, string>();
  private readonly stopped: ProxiedCall[] = [];
  private readonly waiting: { nth: number; tell: (call: ProxiedCall) => void }[] = [];
  private goOn: (() => void)[] = [];
  private changes = 0;
  private refused = false;
  private readonly server = createServer((from, to) => void this.handle(from, to));

  constructor(
    private readonly target: string,
    private readonly directory: string,
  ) {
    this.path = join(directory, 'engine.sock');
    this.server.on('connection', (socket: Socket) => {
      if (this.refused) return void socket.destroy();
      this.track(socket);
    });
    this.server.on('upgrade', (from: IncomingMessage, socket: Socket, head: Buffer) =>
      this.upgrade(from, socket, head),
    );
  }

  get endpoint(): string {
    return `unix://${this.path}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ path: this.path, backlog: 1024 }, resolve);
    });
  }

  held(nth = 1): Promise<ProxiedCall> {
    const call = this.stopped[nth - 1];
    return call ? Promise.resolve(call) : new Promise((tell) => this.waiting.push({ nth, tell }));
  }

  release(): void {
    const going = this.goOn;
    this.goOn = [];
    for (const each of going) each();
  }

  cutAll(): void {
    for (const each of this.sockets) each.destroy();
  }

  say(path: RegExp, line: string): number {
    const open = [...this.lined].filter(([, of]) => path.test(of));
    for (const [to] of open) to.write(`${line}\n`);
    return open.length;
  }

  refuse(refused: boolean): void {
    this.refused = refused;
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.directory, { recursive: true, force: true });
  }

  private track(socket: Socket): void {
    this.sockets.add(socket);
    // A peer that is killed resets its connections; that is what this is for.
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }

  private note({ method = 'GET', url = '/' }: IncomingMessage): ProxiedCall {
    const path = url.replace(versionPrefix, '');
    const [plain = ''] = path.split('?');
    const changes =
      (method === 'POST' && changing.test(plain)) || (method === 'DELETE' && plain.startsWith('/networks/'));
    if (changes) this.changes += 1;
    const call = { method, path, changes, nth: changes ? this.changes : 0 };
    this.calls.push(call);
    return call;
  }

  private hold(call: ProxiedCall): Promise<void> {
    this.stopped.push(call);
    const nth = this.stopped.length;
    for (const each of this.waiting) if (each.nth === nth) each.tell(call);
    return new Promise((resolve) => this.goOn.push(resolve));
  }

  private async handle(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const call = this.note(from);
    const fault = this.fault(call);
    const body = await readAll(from).catch(() => null);
    if (body === null) return;
    if (fault?.kind === 'hold-before') await this.hold(call);
    if (fault?.kind === 'cut-before') return void from.socket.destroy();
    if (fault?.kind === 'answer') {
      to.writeHead(fault.status, { 'content-type': 'application/json' });
      return void to.end(fault.body);
    }
    this.forward(from, body, (answer) => void this.answer(answer, to, call, fault));
  }

  private forward(from: IncomingMessage, body: Buffer, onAnswer: (answer: IncomingMessage) => void): void {
    const { 'transfer-encoding': _chunked, ...headers } = from.headers;
    const onward = request(
      {
        socketPath: this.target,
        method: from.method,
        path: from.url,
        headers: { ...headers, 'content-length': body.length },
        agent: false,
      },
      onAnswer,
    );
    onward.on('socket', (socket) => this.track(socket));
    onward.on('error', () => from.socket.destroy());
    // A console that goes away takes its streams along.
    const leave = () => onward.destroy();
    from.socket.once('close', leave);
    onward.once('close', () => from.socket.off('close', leave));
    onward.end(body);
  }

  private async answer(
    answer: IncomingMessage,
    to: ServerResponse,
    call: ProxiedCall,
    fault: Fault | undefined,
  ): Promise<void> {
    const status = answer.statusCode ?? 502;
    if (!fault || fault.kind === 'hold-before') {
      to.writeHead(status, plainHeaders(answer));
      // A stream's head must not wait for its first line.
      to.flushHeaders();
      answer.on('error', () => to.destroy());
      return void answer.pipe(to);
    }
    if (fault.kind === 'lines') return this.answerLines(answer, to, call, fault.line);
    const body = await readAll(answer).catch(() => null);
    if (body === null) return void to.destroy();
    if (fault.kind === 'hold-after') await this.hold(call);
    if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault.kind === 'cut-after') return void to.destroy();
    const text = fault.kind === 'rewrite' ? Buffer.from(fault.body(body.toString())) : body;
    to.writeHead(status, { ...plainHeaders(answer), 'content-length': text.length });
    if (fault.kind !== 'cut-midway') return void to.end(text);
    to.write(text.subarray(0, Math.ceil(text.length / 2)), () => to.destroy());
  }

  private answerLines(
    answer: IncomingMessage,
    to: ServerResponse,
    call: ProxiedCall,
    change: (line: string) => readonly string[],
  ): void {
    to.writeHead(answer.statusCode ?? 502, plainHeaders(answer));
    to.flushHeaders();
    this.lined.set(to, call.path);
    to.once('close', () => this.lined.delete(to));
    answer.on('error', () => to.destroy());
    answer.on('close', () => to.destroy());
    const lines = createInterface({ input: answer });
    // The stream's own error, once more.
    lines.on('error', () => to.destroy());
    lines.on('line', (line) => {
      for (const each of change(line)) to.write(`${each}\n`);
    });
  }

  /** An exec's stream: bytes both ways once the engine has agreed. */
  private upgrade(from: IncomingMessage, socket: Socket, head: Buffer): void {
    this.note(from);
    const onward = connect(this.target);
    this.track(onward);
    const lines = [`${from.method} ${from.url} HTTP/1.1`];
    for (let i = 0; i < from.rawHeaders.length; i += 2)
      lines.push(`${from.rawHeaders[i]}: ${from.rawHeaders[i + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const)
      one.once('close', () => other.destroy());
  }
}

/** Those that Node writes itself are left to it. */
function plainHeaders({ headers }: IncomingMessage): Record<string, string | string[]> {
  const {
    'transfer-encoding': _encoding,
    'content-length': _length,
    connection: _connection,
    ...rest
  } = headers;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | string[]
  >;
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
