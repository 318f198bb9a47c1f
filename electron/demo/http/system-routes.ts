import { infoJson, versionJson } from '../engine/host-json';
import { sendJson } from './answers';
import type { Call, Router } from './router';

function ping({ request, response }: Call): void {
  const head = request.method === 'HEAD';
  response.writeHead(200, {
    'Cache-Control': 'no-cache, no-store, must-revalidate',
    Pragma: 'no-cache',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': head ? 0 : 2,
  });
  response.end(head ? undefined : 'OK');
}

function images({ engine, response }: Call): void {
  const list = engine.images.map(({ id, tag, created, size }) => ({
    Containers: -1,
    Created: Math.floor(created / 1000),
    Id: id,
    Labels: null,
    ParentId: '',
    RepoDigests: null,
    RepoTags: [tag],
    SharedSize: -1,
    Size: size,
  }));
  sendJson(response, list);
}

export function addSystemRoutes(router: Router): void {
  router
    .on('GET', '/_ping', ping)
    .on('HEAD', '/_ping', ping)
    .on('GET', '/version', ({ engine, response }) => sendJson(response, versionJson(engine)))
    .on('GET', '/info', ({ engine, response }) => sendJson(response, infoJson(engine)))
    .on('GET', '/images/json', images);
}
