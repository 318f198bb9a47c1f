import { request, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';

/** An answer whose head alone shows that no engine gave it: a switch of protocols, or hints without end. */
export class StrayStatus extends Error {
  constructor(readonly status: number) {
    super(`answered with status ${status}`);
    this.name = 'StrayStatus';
  }
}

/** Called once: with an error, or with the head of the answer, its body still to come. */
export type Sent = (error: unknown, response?: IncomingMessage) => void;

/** Of RFC 9110: an answer is still to come after these. */
const hints = new Set([100, 102, 103]);
/** No engine sends any. */
const MOST_HINTS = 8;

/**
 * Statuses from 100 to 199 are no answers to Node, which goes on waiting for one, however many come; with an `Upgrade` header it
 * cuts the connection. Both are told as what they are.
 */
function watchHead(sent: ClientRequest, done: Sent): void {
  let left = MOST_HINTS;
  sent.on('information', ({ statusCode }) => {
    left -= 1;
    if (left < 0 || !hints.has(statusCode)) sent.destroy(new StrayStatus(statusCode));
  });
  sent.on('upgrade', (response, socket) => {
    socket.destroy();
    // The request is over for Node by now, without an error.
    done(new StrayStatus(response.statusCode ?? 101));
  });
}

/**
 * Sends one request to where the agent's streams lead, and nowhere else: an answer that names another place is an answer like
 * any other. It stands in for the modem's own way of sending, which follows redirects to wherever they lead, without a
 * listener for their errors, and so lets any engine end the process.
 */
export function send(options: RequestOptions, data: string | Buffer | undefined, done: Sent): void {
  let settled = false;
  const once: Sent = (error, response) => {
    if (settled) return;
    settled = true;
    done(error, response);
  };
  let sent: ClientRequest;
  try {
    sent = request(options);
  } catch (error) {
    // A path or a header that HTTP can't carry.
    return once(error);
  }
  // For as long as it lives: what goes wrong after the answer's head is told by the answer.
  sent.on('error', (error) => once(error));
  sent.on('close', () => once(new Error('socket hang up')));
  watchHead(sent, once);
  sent.on('response', (response) => {
    // Whoever reads it listens too; what comes before or after must not end the process.
    response.on('error', () => undefined);
    once(null, response);
  });
  sent.end(data);
}
