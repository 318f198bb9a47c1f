import { frame } from '../stats/frame';
import { oneShotRefusal } from '../stats/unread';
import { sendError } from './answers';
import { isTrue, type Call, type Router } from './router';

/** A frame at once, then one a second for as long as the container exists and the caller listens. */
function follow({ engine, ticker, params, response }: Call): void {
  const container = engine.container(params[0] ?? '');
  let before = 0;
  const write = (): void => {
    const now = engine.clock();
    response.write(frame(engine, container, now, before));
    before = now;
  };
  response.writeHead(200);
  write();
  const stop = ticker.add(() => {
    if (!engine.containers.has(container.id)) {
      stop();
      response.end();
      return;
    }
    // A reader that does not keep up misses frames; they would only pile up here.
    if (!response.writableNeedDrain) write();
  });
  response.once('close', stop);
}

/** `stream=false`: two readings a second apart, as the engine takes them; `one-shot` spares the first. */
function once({ engine, ticker, query, params, response }: Call): void {
  const container = engine.container(params[0] ?? '');
  const first = engine.clock();
  const answer = (before: number, isNamed = true): void => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(frame(engine, container, engine.clock(), before, isNamed));
  };
  if (isTrue(query.get('one-shot'))) {
    const refusal = oneShotRefusal(engine, container);
    if (refusal) sendError(response, refusal);
    else answer(0, engine.quirks.oneShotNames);
    return;
  }
  const stop = ticker.add(() => {
    stop();
    answer(first);
  });
  response.once('close', stop);
}

export function addStatsRoutes(router: Router): void {
  router.on('GET', '/containers/{}/stats', (call) => {
    const stream = call.query.get('stream');
    if (stream === null || isTrue(stream)) follow(call);
    else once(call);
  });
}
