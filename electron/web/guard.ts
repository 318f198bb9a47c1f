import type { IncomingMessage } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fail, type Problem, type Reason } from '../../shared/model';
import { problem, reason } from '../../shared/rules';
import { namesTwoHosts, type Caller, type WebAuth } from './auth';
import type { CutOffs } from './cut-offs';
import { sendText } from './respond';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for a stranger. */
    caller: Caller | null;
  }
}

export const eventsPath = '/api/events';

const isApi = (request: FastifyRequest): boolean => request.url.startsWith('/api/');

/** Runs before anything is routed: whoever is not meant for us gets nothing, not even a body read. */
export async function guard(
  auth: WebAuth,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  reply.header('cache-control', 'no-store');
  const twice = namesTwoHosts(request.raw);
  const addressed = !twice && auth.addressed(request.raw);
  request.caller = addressed ? auth.caller(request) : null;
  if (twice) return sendText(reply, 400, 'A request names one host.');
  // A WebSocket's answer is a status alone: a stranger learns nothing of why.
  if (request.ws && request.caller === null) return reply.code(401).send();
  if (request.ws && request.url !== eventsPath) return reply.code(404).send();
  if (!addressed) return sendText(reply, 403, 'Trunkline answers only to its own address.');
  if (!isApi(request)) return undefined;
  if (request.caller === null) return reply.code(401).send(fail(problem('unauthorized', {})));
  if (request.method !== 'POST' && !request.ws && request.url !== '/api/openapi.json')
    return sendText(reply, 405, 'Commands are POST /api/<command>.');
  return undefined;
}

/**
 * An address that can be decoded: `/api/%` is taken for `/api/%25`, which nothing is called. Fastify would answer it
 * before any hook runs, and so without our headers and checks.
 */
export function readableUrl({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const end = url.search(/[?#;]/);
  const path = end < 0 ? url : url.slice(0, end);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}

const invalid = (detail: Reason): Problem => problem('invalid_input', { context: 'http', detail });

/** What can be wrong with a body, by Fastify's own codes. */
const bodyProblems: Record<string, () => Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => invalid(reason('http_large')),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => invalid(reason('http_type')),
  FST_ERR_CTP_INVALID_JSON_BODY: () => invalid(reason('http_no_json')),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => invalid(reason('http_no_json')),
};

/** A body that is no good is told; anything else is our own failure, of which nothing goes out. */
export function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  report: (error: unknown) => void,
  cutOffs: CutOffs,
): void {
  const wrong = bodyProblems[error.code];
  const status = error.statusCode ?? 500;
  if (wrong && isApi(request)) return void reply.code(status).send(fail(wrong()));
  if (status === 413) return void sendText(reply, 413, 'The request is too large.');
  if (status === 415) return void sendText(reply, 415, 'Send the form of the sign-in page.');
  // Whoever hung up while their body was read is no fault of ours, and beyond an answer.
  if (request.raw.complete) report(error);
  else cutOffs.add();
  reply.hijack();
  reply.raw.destroy();
}

/** An empty body is `{}`; anything but JSON could come from another site's form, without the browser asking us first. */
export function useJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {});
    else
      void parse(request, body as string, (error, value) =>
        error ? done(Object.assign(error, { code: 'FST_ERR_CTP_INVALID_JSON_BODY' })) : done(null, value),
      );
  });
}
