import { reason } from '../../../shared/texts';
import { Agent, type AgentOptions, type IncomingMessage, type RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import type { Dialer } from './dialer';
import {
  LONGEST_ERROR,
  problemOfAnswer,
  problemOfDeadline,
  problemOfFailure,
  problemOfGarbage,
  problemOfLength,
  problemOfNumber,
  type CallContext,
} from '../errors/errors';
import { ListReader, most, parseBounded, TooManyError } from '../json/json-scan';
import { send, StrayStatus, type Sent } from './sending';

/** One call of the Engine API, unversioned: the engine then speaks its newest version. */
export interface Call {
  path: string;
  method?: 'GET' | 'POST' | 'DELETE';
  query?: Record<string, string | number | boolean | object>;
  body?: object;
  /** A tar, sent instead of a JSON body. */
  upload?: Buffer;
  /** Milliseconds for this call; the connection's own deadline otherwise. */
  timeoutMs?: number;
}

/** dockerode's types leave out the agent, which its modem takes. */
interface ModemOptions extends Docker.DockerOptions {
  agent: Agent;
}

const overrides = /^DOCKER_/;

/**
 * dockerode's constructor reads DOCKER_HOST and its like from the environment: it would override the socket that we
 * ask for, and throws when they are malformed. They are out of its sight while it runs; nothing else runs meanwhile.
 */
function withoutDockerEnvironment<T>(make: () => T): T {
  const kept = Object.entries(process.env).filter(([name]) => overrides.test(name));
  for (const [name] of kept) Reflect.deleteProperty(process.env, name);
  try {
    return make();
  } finally {
    for (const [name, value] of kept) process.env[name] = value;
  }
}

/**
 * Many sockets, so that streams that live for hours (events, one stats stream a container) never keep a call
 * waiting; few idle ones. Idle sockets don't hold the process.
 */
const agentOptions: AgentOptions = {
  keepAlive: true,
  keepAliveMsecs: 10_000,
  maxSockets: Infinity,
  maxFreeSockets: 8,
};

/**
 * Gets its streams from a dialer, whatever they are: to Node they are all plain HTTP.
 *
 * The modem inspects each request's options to the last depth for its debug log, logged or not: an agent with a few
 * hundred sockets costs tens of milliseconds a call, and blocks all else. So ours shows nothing of itself.
 */
export class DialAgent extends Agent {
  private destroyed = false;

  constructor(private readonly dialer: Dialer) {
    super(agentOptions);
  }

  override createConnection(_options: object, done?: (error: Error | null, stream: Duplex) => void) {
    const give = done as (error: unknown, stream?: Duplex) => void;
    this.dialer.dial().then((stream) => {
      if (!this.destroyed) return give(null, stream);
      stream.destroy();
      give(new Error('this connection was closed'));
    }, give);
    return undefined;
  }

  override destroy(): void {
    this.destroyed = true;
    super.destroy();
    this.dialer.close();
  }

  [inspect.custom](): string {
    return 'Agent';
  }
}

const isBlank = (body: Buffer): boolean => body.every((byte) => byte <= 0x20);

/** The beginning of what was answered, for a person to look at. */
const sampleOf = (body: Buffer): string => body.subarray(0, 2_000).toString();

/** The list of 5,000 containers has 10 MB; whatever says much more than that is no engine. Bytes. */
const LONGEST_ANSWER = 64 * 1024 * 1024;

/** Hands the answer over as it comes. @throws ProblemError when it has no end in sight. */
async function readEach(
  response: IncomingMessage,
  longest: number,
  context: CallContext,
  onChunk: (chunk: Buffer) => void,
): Promise<void> {
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the response, and with it the connection.
    if (size > longest) throw problemOfLength(longest, context);
    onChunk(chunk);
  }
}

/** The answer whole. */
async function readAll(response: IncomingMessage, longest: number, context: CallContext): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await readEach(response, longest, context, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
}

/** What an error answer says, as far as it counts: the status is told whatever else there is. */
async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= LONGEST_ERROR) break;
    }
  } catch {
    // Cut off in its words: it is an error answer all the same.
  }
  return Buffer.concat(chunks).subarray(0, LONGEST_ERROR).toString();
}

/** The modem, with its own way of sending exchanged. Dockerode's types don't know it. */
interface Modem {
  buildRequest: (
    options: RequestOptions,
    context: unknown,
    data: string | Buffer | undefined,
    done: Sent,
  ) => void;
}

/** HTTP to one engine through dockerode's modem: deadlines, whole answers, streams, errors as problems. */
export class Connection {
  private readonly docker: Docker;
  private readonly agent: DialAgent;
  private closed = false;

  /** @param at the Host header of the requests. */
  constructor(
    private readonly engineId: string,
    private readonly endpoint: string,
    private readonly timeoutMs: number,
    private readonly dialer: Dialer,
    at: { host: string; port?: number },
  ) {
    this.agent = new DialAgent(dialer);
    const options: ModemOptions = { ...at, protocol: 'http', agent: this.agent };
    this.docker = withoutDockerEnvironment(() => new Docker(options));
    const modem = this.docker.modem as unknown as Modem;
    modem.buildRequest = (sending, _context, data, done) => send(sending, data, done);
  }

  /** The answer's JSON. An empty answer is undefined. */
  async json(call: Call): Promise<unknown> {
    const context = this.contextOf(call);
    const body = await this.whole(call, (response) => readAll(response, most.bytes, context));
    if (isBlank(body)) return undefined;
    try {
      return parseBounded(body);
    } catch (error) {
      if (error instanceof TooManyError) throw problemOfNumber(error, context);
      throw problemOfGarbage(reason('answer_json'), sampleOf(body), context);
    }
  }

  /**
   * The answer's JSON where it is a list, entry by entry.
   *
   * @param take makes of an entry what is kept of it; undefined is left out. May throw a {@link TooManyError}.
   */
  list<T>(call: Call, take: (json: unknown) => T | undefined): Promise<T[]> {
    const context = this.contextOf(call);
    return this.whole(call, async (response) => {
      const reader = new ListReader(take);
      let first: Buffer | undefined;
      try {
        await readEach(response, LONGEST_ANSWER, context, (chunk) => {
          first ??= chunk;
          reader.push(chunk);
        });
        return reader.end();
      } catch (error) {
        if (error instanceof TooManyError) throw problemOfNumber(error, context);
        if (!(error instanceof SyntaxError)) throw error;
        throw problemOfGarbage(reason('answer_list'), sampleOf(first ?? Buffer.alloc(0)), context);
      }
    });
  }

  /** The whole answer. */
  bytes(call: Call): Promise<Buffer> {
    return this.whole(call, (response) => readAll(response, LONGEST_ANSWER, this.contextOf(call)));
  }

  /** A GET whose kept-alive connection turns out to be dead is asked once more on a new one. */
  private async whole<T>(call: Call, read: (response: IncomingMessage) => Promise<T>): Promise<T> {
    const once = () =>
      this.within(call, async (signal) => {
        const response = await this.dial(call, signal);
        signal.addEventListener('abort', () => response.destroy(), { once: true });
        return read(response);
      });
    return once().catch((error: unknown) => {
      const cause = (error as { cause?: { code?: unknown } }).cause;
      const stale = cause?.code === 'ECONNRESET' || cause?.code === 'EPIPE';
      if (!stale || this.contextOf(call).method !== 'GET' || this.closed) throw error;
      return once();
    });
  }

  /** The answer as it comes, once its head is there. The caller destroys it; the deadline covers the head alone. */
  stream(call: Call): Promise<IncomingMessage> {
    return this.within(call, (signal) => this.dial(call, signal));
  }

  /** Cuts every connection, streams included; later calls are refused. */
  close(): void {
    this.closed = true;
    this.agent.destroy();
  }

  /**
   * What was idle while another connection went silent may be half open, its link gone: the next call starts on a new
   * one instead of waiting for the dead.
   */
  private dropIdle(): void {
    for (const sockets of Object.values(this.agent.freeSockets))
      for (const socket of [...(sockets ?? [])]) socket.destroy();
  }

  contextOf(call: Call): CallContext {
    return { engineId: this.engineId, endpoint: this.endpoint, method: call.method ?? 'GET' };
  }

  /** Runs a call against its deadline, and turns whatever goes wrong into a ProblemError. */
  private async within<T>(call: Call, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const context = this.contextOf(call);
    if (this.closed) throw problemOfFailure(new Error('this connection was closed'), context);
    const milliseconds = call.timeoutMs ?? this.timeoutMs;
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(problemOfDeadline(milliseconds, context));
        controller.abort();
        this.dropIdle();
      }, milliseconds);
    });
    try {
      // Raced, not only aborted: the modem does not promise to call back for each way in which a request can end.
      return await Promise.race([run(controller.signal), deadline]);
    } catch (error) {
      if (error instanceof StrayStatus) throw problemOfAnswer(error.status, '', context);
      throw problemOfFailure(this.explained(error), context);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The way to the engine may know better than the system's error codes, and than an answer of another protocol. */
  private explained(error: unknown): unknown {
    return this.dialer.explain?.(error) ?? error;
  }

  private async dial(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      this.docker.modem.dial(
        {
          // The modem appends the query only where it sees the question mark.
          path: call.query ? `${call.path}?` : call.path,
          method: call.method ?? 'GET',
          options: { _query: call.query, _body: call.body ?? {} },
          ...(call.upload && { file: call.upload, headers: { 'Content-Type': 'application/x-tar' } }),
          abortSignal: signal,
          isStream: true,
          statusCodes: {},
        },
        (error, result) => (error ? reject(error) : resolve(result as IncomingMessage)),
      );
    });
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const body = await readStart(response);
    throw problemOfAnswer(status, body, this.contextOf(call), response.headers.location);
  }
}
