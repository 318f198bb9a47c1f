import type { FastifyReply } from 'fastify';

export const sendText = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);

/** To the console's own first page, with a cookie. */
export const redirectHome = (reply: FastifyReply, cookie: string): FastifyReply =>
  reply.header('set-cookie', cookie).redirect('/', 303);

const home =
  '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Trunkline</title><a href="/">Trunkline</a>\n';

/**
 * To the first page from an address that may have been clicked on another site, as in a terminal within a browser: the
 * browser leaves a strict cookie out of that site's navigation, its redirects included, and sends it with one that a
 * page of our own begins. The address that was used up does not stay in the history.
 */
export function leadHome(reply: FastifyReply, cookie?: string): FastifyReply {
  if (cookie !== undefined) reply.header('set-cookie', cookie);
  return reply.type('text/html; charset=utf-8').send(home);
}
