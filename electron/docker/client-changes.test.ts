import { describe, expect, it } from 'vitest';
import { version } from './fixtures/engine';
import { networks } from './fixtures/networks';
import { engine, facts, json, problem, type Routes } from './testing/test-engine';

const m1 = networks.find((network) => network.Name === 'm1') as { Id: string };

describe('changes', () => {
  const connectRoutes: Routes = {
    ...facts,
    'GET /networks/m1': (response) => json(response, m1),
    [`POST /networks/${m1.Id}/connect`]: (response) => void response.end(),
  };

  it('connect with the pin where the engine looks for it', async () => {
    const { client, server } = await engine(connectRoutes);
    await client.connect('m1', 'c1', { ipv4: '10.70.1.20', gatewayPriority: 5, mac: '02:42:00:00:00:01' });
    expect(JSON.parse(server.bodies.at(-1)!)).toEqual({
      Container: 'c1',
      EndpointConfig: { IPAMConfig: { IPv4Address: '10.70.1.20' } },
    });
  });

  it('send what a newer engine can do', async () => {
    const newer = { ...version, ApiVersion: '1.55' };
    const { client, server } = await engine({
      ...connectRoutes,
      'GET /version': (response) => json(response, newer),
    });
    await client.connect('m1', 'c1', { gatewayPriority: 5 });
    expect(JSON.parse(server.bodies.at(-1)!)).toMatchObject({ EndpointConfig: { GwPriority: 5 } });
  });

  it('are not sent for a network that does not exist: 20.10 would say 200 for a stopped container', async () => {
    const { client, server } = await engine({
      ...facts,
      'GET /networks/nonet': (response) => json(response, { message: 'network nonet not found' }, 404),
    });
    await expect(client.connect('nonet', 'c1', {})).rejects.toThrow(problem('network_not_found'));
    expect(server.asked.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  it('tell the network "none" from a container without networks', async () => {
    const words =
      'container cannot be connected to multiple networks with one of the networks in private (none) mode';
    const routes = (name: string): Routes => ({
      ...facts,
      'GET /networks/n': (response) => json(response, { Id: 'n', Name: name }),
      'POST /networks/n/connect': (response) => json(response, { message: words }, 400),
    });
    const toNone = (await engine(routes('none'))).client.connect('n', 'c', {});
    await expect(toNone).rejects.toThrow(problem('none_network', { engineText: words }));
    const ofNone = (await engine(routes('lan'))).client.connect('n', 'c', {});
    await expect(ofNone).rejects.toThrow(problem('none_mode', { engineText: words }));
  });

  it('remove a network, disconnect with force', async () => {
    const { client, server } = await engine({
      'DELETE /networks/m1': (response) => void response.writeHead(204).end(),
      'POST /networks/m1/disconnect': (response) => void response.end(),
    });
    await client.removeNetwork('m1');
    await client.disconnect('m1', 'c1', true);
    expect(JSON.parse(server.bodies.at(-1)!)).toEqual({ Container: 'c1', Force: true });
  });

  it('create needs an id in the answer', async () => {
    const { client } = await engine({
      'POST /networks/create': (response) => json(response, { Warning: '' }, 201),
    });
    const spec = {
      name: 'n',
      driver: 'macvlan',
      parent: 'eth0',
      mode: 'bridge',
      subnet: '10.0.0.0/24',
      exclusions: [],
      internal: false,
    } as const;
    await expect(client.createNetwork({ ...spec, exclusions: [] })).rejects.toThrow(problem('engine_error'));
  });
});
