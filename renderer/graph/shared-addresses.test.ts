import { expect, it } from 'vitest';
import { container, endpoint, engine, network } from '../../shared/rules/testing';
import { buildGraph } from './build';
import { noFilters } from './filter';

it('says on a card who else has its address, also while a filter hides them', () => {
  const engines = [engine({ id: 'e1', name: 'atlas' }), engine({ id: 'e2', name: 'borealis' })];
  const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
  const containers = [here, there].map((where, at) =>
    container({
      ...{ id: `twin-${at}`, name: `twin-${at}`, engineId: where.engineId },
      endpoints: [endpoint(where, { ipv4: '10.70.1.20' })],
    }),
  );
  const snapshot = { revision: 1, engines, networks: [here, there], containers };
  const graph = buildGraph(snapshot, { filters: { ...noFilters, engines: ['e1'] } });
  const cards = graph.nodes.filter((node) => node.kind === 'container');
  expect(cards.map(({ ports }) => ports[0]?.alsoUsedBy)).toEqual([['twin-1 (borealis)']]);
  const heard = {
    ...{ engineId: 'e1', containerId: 'twin-0', networkId: here.id, address: '10.70.1.20' },
    ...{ macs: ['3c:00:00:00:00:01'], since: 1 },
  };
  const withDevice = buildGraph({ ...snapshot, containers: containers.slice(0, 1) }, { conflicts: [heard] });
  expect(withDevice.nodes.flatMap((node) => (node.kind === 'container' ? node.ports : []))).toMatchObject([
    { alsoUsedBy: heard.macs },
  ]);
  const apart = buildGraph({ ...snapshot, containers: containers.slice(0, 1) });
  expect(apart.nodes.flatMap((node) => (node.kind === 'container' ? node.ports : []))[0]?.alsoUsedBy).toEqual(
    [],
  );
});
