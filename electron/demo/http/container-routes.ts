import type { DemoEngine } from '../engine/engine';
import { createContainer, type ContainerCreateBody } from '../engine/container-create';
import { inspectJson, listJson } from '../engine/container-json';
import { compareApi } from '../engine/versions';
import { badRequest } from '../engine/errors';
import { kill, pause, remove, restart, start, stop, unpause } from '../engine/lifecycle';
import { runIfHelper } from '../helper/run';
import { isLive, type DemoContainer } from '../engine/model';
import { readJson, sendJson, sendNothing, sendText } from './answers';
import { accepts, labelsFit, nameFits, readFilters, type Filters } from './filters';
import { isTrue, type Call, type Router } from './router';

const states = ['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead'];
const known = [
  'id',
  'name',
  'status',
  'network',
  'label',
  'ancestor',
  'exited',
  'health',
  'volume',
  'before',
];

function fits(engine: DemoEngine, filters: Filters, container: DemoContainer): boolean {
  const onNetwork = (wanted: string): boolean => {
    const network = engine.findNetwork(wanted);
    return container.endpoints.has(network?.name ?? wanted);
  };
  return (
    accepts(filters, 'id', (wanted) => container.id.startsWith(wanted)) &&
    accepts(filters, 'name', (wanted) => nameFits(wanted, `/${container.name}`)) &&
    accepts(filters, 'status', (wanted) => container.state === wanted) &&
    accepts(filters, 'ancestor', (wanted) => [container.image, container.imageId].includes(wanted)) &&
    accepts(filters, 'network', onNetwork) &&
    labelsFit(filters, container.labels)
  );
}

function list({ engine, query, response }: Call): void {
  const filters = readFilters(query.get('filters'), known);
  const wrong = filters.get('status')?.find((status) => !states.includes(status));
  if (wrong !== undefined) throw badRequest(`Invalid filter 'status=${wrong}'`);
  const limit = Number(query.get('limit') ?? 0);
  // A status filter or a limit reaches the stopped ones too.
  const all = isTrue(query.get('all')) || limit > 0 || filters.has('status');
  const chosen: string[] = [];
  for (const container of [...engine.containers.values()].reverse()) {
    if (!all && !isLive(container) && container.state !== 'restarting') continue;
    if (filters.size > 0 && !fits(engine, filters, container)) continue;
    chosen.push(listJson(engine, container));
    if (limit > 0 && chosen.length === limit) break;
  }
  sendText(response, 200, `[${chosen.join(',')}]\n`, 'application/json');
}

async function create({ engine, query, request, response }: Call): Promise<void> {
  const body = await readJson<ContainerCreateBody>(request);
  const container = createContainer(engine, query.get('name') ?? '', body);
  sendJson(response, { Id: container.id, Warnings: [] }, 201);
}

/** A handler that changes one container and answers 204, or 304 when it found nothing to do. */
const acting =
  (act: (call: Call, container: DemoContainer) => unknown) =>
  (call: Call): void => {
    const container = call.engine.container(call.params[0] ?? '');
    sendNothing(call.response, act(call, container) === false ? 304 : 204);
  };

function inspect({ engine, params, request, response }: Call): void {
  const [, version] = /^\/v(\d+\.\d+)\//.exec(request.url ?? '') ?? [];
  const older = version !== undefined && compareApi(version, '1.52') < 0;
  sendJson(response, inspectJson(engine, engine.container(params[0] ?? ''), older));
}

export function addContainerRoutes(router: Router): void {
  const on = (verb: string, act: Parameters<typeof acting>[0]): unknown =>
    router.on('POST', `/containers/{}/${verb}`, acting(act));
  router.on('GET', '/containers/json', list);
  router.on('POST', '/containers/create', create);
  router.on('GET', '/containers/{}/json', inspect);
  on('start', ({ engine }, container) => {
    const started = start(engine, container);
    if (started) runIfHelper(engine, container);
    return started;
  });
  on('stop', ({ engine }, container) => stop(engine, container));
  on('restart', ({ engine }, container) => restart(engine, container));
  on('kill', ({ engine, query }, container) => kill(engine, container, query.get('signal') || 'KILL'));
  on('pause', ({ engine }, container) => pause(engine, container));
  on('unpause', ({ engine }, container) => unpause(engine, container));
  const removing = acting(({ engine, query }, container) =>
    remove(engine, container, isTrue(query.get('force'))),
  );
  router.on('DELETE', '/containers/{}', removing);
}
