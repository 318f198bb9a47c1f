import { connect, disconnect } from '../engine/connect';
import type { DemoEngine } from '../engine/engine';
import { networkJson } from '../engine/endpoint-json';
import { isPredefined, type DemoNetwork, type EndpointConfig } from '../engine/model';
import { createNetwork, removeNetwork, type NetworkCreateBody } from '../engine/network-create';
import { goTime } from '../engine/times';
import { readJson, sendJson, sendNothing } from './answers';
import { accepts, labelsFit, nameFits, readFilters, type Filters } from './filters';
import { isTrue, type Call, type Router } from './router';

const known = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

function fits(filters: Filters, network: DemoNetwork): boolean {
  const type = isPredefined(network.name) ? 'builtin' : 'custom';
  const dangling = type === 'custom' && network.members.size === 0;
  return (
    accepts(filters, 'id', (wanted) => network.id.includes(wanted)) &&
    accepts(filters, 'name', (wanted) => nameFits(wanted, network.name)) &&
    accepts(filters, 'driver', (wanted) => network.driver === wanted) &&
    accepts(filters, 'scope', (wanted) => network.scope === wanted) &&
    accepts(filters, 'type', (wanted) => type === wanted) &&
    accepts(filters, 'dangling', (wanted) => dangling === isTrue(wanted)) &&
    labelsFit(filters, network.labels)
  );
}

const asJson = (engine: DemoEngine, network: DemoNetwork, inspect: boolean): object =>
  networkJson(engine, network, goTime(network.created), inspect);

function list({ engine, query, response }: Call): void {
  const filters = readFilters(query.get('filters'), known);
  const chosen = [...engine.networks.values()].filter((network) => fits(filters, network));
  sendJson(
    response,
    chosen.map((network) => asJson(engine, network, false)),
  );
}

async function create({ engine, request, response }: Call): Promise<void> {
  const network = createNetwork(engine, await readJson<NetworkCreateBody>(request));
  sendJson(response, { Id: network.id, Warning: '' }, 201);
}

interface ConnectBody {
  Container?: string;
  Force?: boolean;
  EndpointConfig?: EndpointConfig | null;
}

async function connectRoute({ engine, params, request, response }: Call): Promise<void> {
  const { Container = '', EndpointConfig } = await readJson<ConnectBody>(request);
  connect(engine, params[0] ?? '', Container, EndpointConfig ?? {});
  sendNothing(response, 200);
}

async function disconnectRoute({ engine, params, request, response }: Call): Promise<void> {
  const { Container = '', Force = false } = await readJson<ConnectBody>(request);
  disconnect(engine, params[0] ?? '', Container, Force);
  sendNothing(response, 200);
}

export function addNetworkRoutes(router: Router): void {
  router
    .on('GET', '/networks', list)
    .on('POST', '/networks/create', create)
    .on('GET', '/networks/{}', ({ engine, params, response }) => {
      sendJson(response, asJson(engine, engine.network(params[0] ?? ''), true));
    })
    .on('DELETE', '/networks/{}', ({ engine, params, response }) => {
      removeNetwork(engine, params[0] ?? '');
      sendNothing(response, 204);
    })
    .on('POST', '/networks/{}/connect', connectRoute)
    .on('POST', '/networks/{}/disconnect', disconnectRoute);
}
