import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Result } from '../../shared/model';
import { securityHeaders } from '../services/window-files';

/** Seconds: a browser that was here by TLS does not come without it for a year, whatever link it follows. */
const strictTransport = { 'strict-transport-security': 'max-age=31536000' };

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
    ...(response.socket instanceof TLSSocket ? strictTransport : {}),
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

/**
 * To the first page from an address that may have been clicked on another site, as in a terminal within a browser: the
 * browser leaves a strict cookie out of that site's navigation, its redirects included, and sends it with one that a
 * page of our own begins. The address that was used up does not stay in the history.
 */
export const leadHome = (response: ServerResponse, cookie?: string): void =>
  send(
    response,
    200,
    'text/html; charset=utf-8',
    '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Trunkline</title><a href="/">Trunkline</a>\n',
    cookie === undefined ? {} : { 'set-cookie': cookie },
  );
