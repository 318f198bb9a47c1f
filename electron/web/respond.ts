import type { ServerResponse } from 'node:http';
import type { Result } from '../../shared/model';
import { securityHeaders } from '../services/window-files';

/** Every answer has the security headers and is kept by no cache unless told otherwise. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': type,
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

export const sendText = (response: ServerResponse, status: number, text: string): void =>
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);

export const sendResult = (response: ServerResponse, status: number, result: Result<unknown>): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(result));

/** To the console's own first page, with a cookie. */
export const redirectHome = (response: ServerResponse, cookie: string): void =>
  send(response, 303, 'text/plain; charset=utf-8', '', { location: '/', 'set-cookie': cookie });
