import { request } from 'node:http';
import { callEngine } from '../engine-api';
import { CommandError } from '../run';

/** As long as a command of the CLI may take. */
const timeout = 120_000;
/** The newest of which these bodies are known to be taken as they are; the CLI of Debian 12 speaks 41. */
const newest = 50;

/** An engine, asked what the CLI would ask it for `argv`. */
export class Engine {
  constructor(
    private readonly socket: string,
    /** The minor number of the API that CLI and engine agree on. */
    readonly minor: number,
    readonly argv: string[],
  ) {}

  private readonly path = (path: string) => `/v1.${String(this.minor)}${path}`;

  /** @throws CommandError as the CLI words it, where the engine refuses */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await callEngine(this.socket, method, this.path(path), body, timeout);
    if (answer.status >= 400) throw this.refused(answer.status, answer.body);
    return answer.body;
  }

  /** Undefined where there is no such thing. */
  async find(path: string): Promise<unknown> {
    return this.ask('GET', path).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  }

  failed(code: number, stderr: string, stdout = ''): CommandError {
    return new CommandError(this.argv, code, stdout, stderr);
  }

  private refused(status: number, body: unknown): Refused {
    const { message } = (typeof body === 'object' && body ? body : {}) as { message?: unknown };
    const words = typeof message === 'string' ? message : JSON.stringify(body);
    return new Refused(this.argv, status, `Error response from daemon: ${words}`);
  }

  /** What an exec writes until it ends. */
  output(path: string): Promise<Buffer> {
    const headers = { 'Content-Type': 'application/json' };
    const to = { socketPath: this.socket, path: this.path(path), agent: false as const };
    return new Promise((resolve, reject) => {
      const call = request({ ...to, method: 'POST', headers, timeout }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const all = Buffer.concat(parts);
          const status = response.statusCode ?? 0;
          if (status < 400) resolve(all);
          else reject(this.refused(status, parsed(all.toString())));
        });
      });
      call.on('timeout', () => call.destroy(new Error(`no answer from ${this.socket} for ${timeout} ms`)));
      call.on('error', reject);
      call.end(JSON.stringify({ Detach: false, Tty: false }));
    });
  }
}

/** What the engine says no to. */
class Refused extends CommandError {
  constructor(
    argv: string[],
    readonly status: number,
    stderr: string,
  ) {
    super(argv, 1, '', stderr);
  }
}

export const isMissing = (error: unknown): boolean => error instanceof Refused && error.status === 404;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The minor number of the API that is spoken with an engine. */
export async function minorOf(socket: string): Promise<number> {
  const { body } = await callEngine(socket, 'GET', '/version', undefined, timeout);
  const version = (body as { ApiVersion?: string } | null)?.ApiVersion ?? '';
  const minor = /^1\.(\d+)$/.exec(version)?.[1];
  if (!minor) throw new Error(`${socket} tells no version of its API: ${JSON.stringify(body)}`);
  return Math.min(Number(minor), newest);
}
