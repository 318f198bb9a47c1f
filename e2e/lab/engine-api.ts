import { request } from 'node:http';

export interface ApiAnswer {
  status: number;
  /** Parsed when it is JSON, text otherwise. */
  body: unknown;
}

/**
 * One request to an engine, as its API takes it. `body` goes as JSON, a Buffer as a tar.
 * Rejects only when the engine can't be reached or says nothing for `timeout` milliseconds.
 */
export function callEngine(
  socketPath: string,
  method: string,
  path: string,
  body?: unknown,
  timeout = 60_000,
): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const tar = Buffer.isBuffer(body);
    const payload = body === undefined || tar ? body : JSON.stringify(body);
    const headers =
      payload === undefined ? {} : { 'Content-Type': tar ? 'application/x-tar' : 'application/json' };
    let answered = false;
    const call = request({ socketPath, method, path, headers, timeout, agent: false }, (response) => {
      answered = true;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: parse(text) });
      });
    });
    call.on('timeout', () => call.destroy(new Error(`no answer from ${socketPath} for ${timeout} ms`)));
    // An engine that refuses an upload answers and closes while we still write: its answer counts, not our EPIPE.
    let failure = new Error(`${socketPath} closed the connection`);
    call.on('error', (error) => (failure = error));
    call.on('close', () => {
      if (!answered) reject(failure);
    });
    call.end(payload);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
