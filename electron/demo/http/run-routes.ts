import { isLive } from '../engine/model';
import { writtenBy } from '../helper/run';
import { sendJson } from './answers';
import { multiplexed } from './exec-routes';
import { isTrue, type Call, type Router } from './router';

/** Answers when the container has ended; at once when it does not run. */
function wait({ engine, params, request, response }: Call): void {
  const container = engine.container(params[0] ?? '');
  const answer = (): void => sendJson(response, { StatusCode: container.exitCode });
  if (!isLive(container)) {
    answer();
    return;
  }
  const leave = engine.events.subscribe((event) => {
    if (event.actorId !== container.id || event.action !== 'die') return;
    leave();
    answer();
  });
  request.once('close', leave);
}

/** What it wrote so far; the demo's containers write nothing but what helpers do. */
function logs({ engine, params, query, response }: Call): void {
  const { stdout, stderr } = writtenBy(engine.container(params[0] ?? ''));
  response.writeHead(200, { 'Content-Type': 'application/vnd.docker.raw-stream' });
  if (isTrue(query.get('stdout')) && stdout) response.write(multiplexed({ stream: 'stdout', text: stdout }));
  if (isTrue(query.get('stderr')) && stderr) response.write(multiplexed({ stream: 'stderr', text: stderr }));
  response.end();
}

export function addRunRoutes(router: Router): void {
  router.on('POST', '/containers/{}/wait', wait).on('GET', '/containers/{}/logs', logs);
}
