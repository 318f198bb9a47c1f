import { request, type ClientRequest } from 'node:http';

export interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** One request over a unix socket, nothing between the suite and the engine. Rejects after 60 s of silence. */
export function call(socketPath: string, method: string, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = payload === undefined ? {} : { 'Content-Type': 'application/json' };
    const call = request({ socketPath, method, path, headers, agent: false, timeout: 60_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: text.trim() });
      });
    });
    call.on('timeout', () => call.destroy(new Error(`no answer to ${method} ${path}`)));
    call.on('error', reject);
    call.end(payload);
  });
}

export interface LineStream {
  /** Whole lines so far, parsed. */
  readonly lines: unknown[];
  /** True once the engine has ended it. */
  readonly ended: boolean;
  /** Resolves as soon as the lines so far satisfy the question. Rejects after `ms`, or at its end, with what there was. */
  until(question: (lines: unknown[]) => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** Follows a stream of JSON lines; resolves when the engine has accepted the request. */
export function follow(socketPath: string, path: string): Promise<LineStream> {
  return new Promise((resolve, reject) => {
    const lines: unknown[] = [];
    const waiting = new Set<() => void>();
    const state = { ended: false };
    const outgoing: ClientRequest = request({ socketPath, path, agent: false }, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        const pieces = (rest + part).split('\n');
        rest = pieces.pop() ?? '';
        for (const piece of pieces) if (piece.trim()) lines.push(JSON.parse(piece));
        for (const wake of waiting) wake();
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        state.ended = true;
        for (const wake of waiting) wake();
      });
      resolve(stream);
    });
    outgoing.on('error', reject);
    const stream: LineStream = {
      lines,
      get ended() {
        return state.ended;
      },
      until: (question, ms = 60_000) =>
        waitFor(() => question(lines), waiting, ms, { lines, hasEnded: () => state.ended }),
      close: () => outgoing.destroy(),
    };
    outgoing.end();
  });
}

interface Seen {
  lines: unknown[];
  hasEnded: () => boolean;
}

function waitFor(done: () => boolean, waiting: Set<() => void>, ms: number, seen: Seen): Promise<void> {
  return new Promise((resolve, reject) => {
    const failure = (when: string) =>
      new Error(`not seen ${when}; there was ${JSON.stringify(seen.lines).slice(0, 4000)}`);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      waiting.delete(look);
      settle();
    };
    const look = (): void => {
      if (done()) finish(resolve);
      else if (seen.hasEnded()) finish(() => reject(failure('before the stream ended')));
    };
    const timer = setTimeout(() => {
      finish(() => reject(failure(`within ${ms} ms`)));
    }, ms);
    waiting.add(look);
    look();
  });
}
