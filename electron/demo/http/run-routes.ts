import { isLive } from '../engine/model';
import { leaseWords } from '../helper/dhcp';
import { goesOn, writtenBy } from '../helper/run';
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

/** The words of a helper that goes on, as they come, until it ends. */
function follow({ engine, params, request, response }: Call): void {
  const container = engine.container(params[0] ?? '');
  response.writeHead(200, { 'Content-Type': 'application/vnd.docker.raw-stream' });
  const timers = leaseWords(engine, container).map(({ at, line }) =>
    setTimeout(
      () => response.write(multiplexed({ stream: 'stdout', text: `${line}\n` })),
      Math.max(0, at - engine.clock()),
    ),
  );
  const leave = engine.events.subscribe((event) => {
    if (event.actorId === container.id && event.action === 'die') response.end();
  });
  const over = () => {
    leave();
    timers.forEach(clearTimeout);
  };
  request.once('close', over);
  response.once('close', over);
}

/** What it wrote so far; the demo's containers write nothing but what helpers do. */
function logs(call: Call): void {
  const { engine, params, query, response } = call;
  if (isTrue(query.get('follow')) && goesOn(engine.container(params[0] ?? ''))) return follow(call);
  const { stdout, stderr } = writtenBy(engine.container(params[0] ?? ''));
  response.writeHead(200, { 'Content-Type': 'application/vnd.docker.raw-stream' });
  if (isTrue(query.get('stdout')) && stdout) response.write(multiplexed({ stream: 'stdout', text: stdout }));
  if (isTrue(query.get('stderr')) && stderr) response.write(multiplexed({ stream: 'stderr', text: stderr }));
  response.end();
}

export function addRunRoutes(router: Router): void {
  router.on('POST', '/containers/{}/wait', wait).on('GET', '/containers/{}/logs', logs);
}
