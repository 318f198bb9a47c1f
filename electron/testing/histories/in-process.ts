import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { engineServer } from '../../demo/http/server';
import type { DemoEngine } from '../../demo/engine/engine';
import { Ticker } from '../../demo/stats/ticker';
import { createEngineClient, type EngineClient } from '../../docker';

/** What goes wrong with one call: refused by the engine, cut off on its way there or back, never answered, answered late. */
export type CallFault =
  'refused' | 'cut-before' | 'cut-after' | 'hangs-before' | 'hangs-after' | 'late' | 'very-late';

export interface PlayedCall {
  method: string;
  path: string;
}

type Done = (error: unknown, response?: Readable) => void;
interface Sending {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
}

/** Milliseconds: one way of a call, and how long a late answer takes; a call is given up after 15 s. */
const wayMs = 1;
const lateMs = { late: 400, 'very-late': 16_000 };

const cut = (code: string): Error => Object.assign(new Error(`socket ${code}`), { code });

/** The engine's side of one answer, and the stream that the console reads. */
class Answer extends EventEmitter {
  readonly stream = new PassThrough();
  readonly writableNeedDrain = false;
  headersSent = false;

  constructor(private readonly onHead: (stream: Readable) => void) {
    super();
    this.stream.on('error', () => undefined);
    this.stream.once('close', () => this.emit('close'));
  }

  setHeader(): void {
    // Nobody asks for them.
  }
  writeHead(statusCode: number, headers: object = {}): void {
    this.headersSent = true;
    Object.assign(this.stream, { statusCode, headers });
  }
  flushHeaders(): void {
    this.onHead(this.stream);
  }
  write(text: string): void {
    this.flushHeaders();
    this.stream.write(text);
  }
  end(text?: string): void {
    if (text !== undefined) this.stream.write(text);
    this.stream.end();
    this.flushHeaders();
  }
  destroy(): void {
    this.stream.destroy();
  }
}

/** A simulated engine that clients of this very process speak to, without a socket and by the clock of timers alone. */
export class PlayedEngine {
  offline = false;
  /** What is to go wrong with a call. */
  faultOf: (call: PlayedCall) => CallFault | undefined = () => undefined;
  /** The engine has done what was asked. */
  onDone: (call: PlayedCall, status: number) => void = () => undefined;
  private readonly server: Server;
  private readonly streams = new Set<Readable>();
  /** What is on its way to the engine. */
  private readonly coming = new Set<() => void>();
  /** Of the console that lives now; nobody hears the answers to one before it. */
  private epoch = 0;

  constructor(readonly demo: DemoEngine) {
    this.server = engineServer(demo, new Ticker());
  }

  client(engineId: string): EngineClient {
    const client = createEngineClient({ engineId, endpoint: `unix:///nonexistent/${engineId}.sock` });
    const { modem } = (client as unknown as { connection: { docker: { modem: object } } }).connection.docker;
    const buildRequest = (sending: Sending, _context: unknown, data: string | undefined, done: Done) =>
      this.send(sending, data, done);
    Object.assign(modem, { buildRequest });
    return client;
  }

  /** Ends every connection, and takes none until told. */
  cutOff(): void {
    this.offline = true;
    for (const each of [...this.streams]) each.destroy();
  }

  /**
   * Whoever asked is gone: nothing is answered any more.
   *
   * @param reached whether what was on its way has reached the engine
   */
  forgetClients(reached: boolean): void {
    this.epoch += 1;
    for (const arrive of [...this.coming]) if (reached) arrive();
    this.coming.clear();
    for (const each of [...this.streams]) each.destroy();
  }

  private send({ method = 'GET', path = '/', headers = {} }: Sending, data: string | undefined, done: Done) {
    const { epoch } = this;
    const call = { method, path: path.replace(/^\/v\d+\.\d+(?=\/)/, '') };
    const told: Done = (error, response) => {
      if (epoch === this.epoch) done(error, response);
      else response?.destroy();
    };
    const fault = this.faultOf(call);
    const arrive = () => {
      this.coming.delete(arrive);
      if (this.offline) return told(cut('ECONNREFUSED'));
      if (fault === 'cut-before') return told(cut('ECONNRESET'));
      if (fault === 'hangs-before') return;
      if (fault === 'refused') return this.refuse(told);
      this.handle({ method, path, headers }, data, (response) => this.back(call, fault, response, told));
    };
    this.coming.add(arrive);
    setTimeout(() => this.coming.has(arrive) && arrive(), wayMs);
  }

  private refuse(told: Done): void {
    const stream = Readable.from([Buffer.from('{"message":"the engine is out of sorts"}')]);
    told(null, Object.assign(stream, { statusCode: 500, headers: {} }));
  }

  private back(call: PlayedCall, fault: CallFault | undefined, response: Readable, told: Done): void {
    this.onDone(call, (response as Readable & { statusCode: number }).statusCode);
    if (fault === 'hangs-after') return;
    this.streams.add(response);
    response.once('close', () => this.streams.delete(response));
    const ms = fault === 'late' || fault === 'very-late' ? lateMs[fault] : wayMs;
    setTimeout(() => {
      if (fault === 'cut-after' || this.offline) {
        response.destroy();
        told(cut('ECONNRESET'));
      } else told(null, response);
    }, ms);
  }

  private handle(sending: Required<Sending>, data: string | undefined, onHead: (stream: Readable) => void) {
    let head = false;
    const answer = new Answer((stream) => {
      if (head) return;
      head = true;
      onHead(stream);
    });
    const body = Readable.from(data ? [Buffer.from(data)] : []);
    const headers = Object.fromEntries(
      Object.entries(sending.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const request = Object.assign(body, { method: sending.method, url: sending.path, headers });
    this.server.emit('request', request as unknown as IncomingMessage, answer as unknown as ServerResponse);
  }
}
