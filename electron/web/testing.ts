import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok } from '../../shared/model';
import { startWeb, type WebOptions, type WebServer } from './server';

/** For tests: a console’s web server over a window of two files, with something beside it that nobody may see. */
export interface TestWeb extends WebServer {
  reported: unknown[];
  dispose(): Promise<void>;
}

export async function startTestWeb(options: Partial<WebOptions> = {}): Promise<TestWeb> {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-web-'));
  await mkdir(join(dir, 'window', 'assets'), { recursive: true });
  await writeFile(join(dir, 'window', 'index.html'), '<!doctype html><title>Trunkline</title>');
  await writeFile(join(dir, 'secret.json'), '{"secret":"of others"}');
  const reported: unknown[] = [];
  const web = await startWeb({
    rendererDir: join(dir, 'window'),
    address: '127.0.0.1',
    port: 0,
    run: async (name, input) =>
      name === 'echo'
        ? ok(input)
        : fail({ code: 'unknown_command', message: `There is no command “${name}”.` }),
    subscribe: () => () => undefined,
    report: (error) => reported.push(error),
    ...options,
  });
  return {
    ...web,
    reported,
    async dispose() {
      await web.close();
      await rm(dir, { recursive: true });
    },
  };
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Raw, because fetch sets Host and Origin by itself, and tidies paths. */
export const ask = (
  web: WebServer,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ port: web.port, host: '127.0.0.1', path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });

/** A bare connection: what it got so far, and a promise of all, once the server has let go. */
export function wire(web: WebServer, text: string, from?: string) {
  const socket: Socket = connect({
    port: web.port,
    host: '127.0.0.1',
    ...(from ? { localAddress: from } : {}),
  });
  let got = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (got += chunk));
  // A reset is a way to let go, too.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(got)));
  socket.on('connect', () => socket.write(text));
  return { socket, ended, got: () => got };
}

export const bearer = (web: WebServer): Record<string, string> => ({
  authorization: `Bearer ${web.bearer}`,
  'content-type': 'application/json',
});

/** The cookie of a new session. */
export async function signedIn(web: WebServer): Promise<string> {
  const { pathname, search } = new URL(web.oneTimeUrl());
  const { headers } = await ask(web, pathname + search);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}
