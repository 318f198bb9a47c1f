import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../../shared/model';
import { engine, facts, json, pausedOnPodman, problem } from '../testing/test-engine';

const spec: NetworkSpec = {
  name: 'lan',
  driver: 'macvlan',
  parent: 'eth0',
  mode: 'bridge',
  subnet: '10.0.0.0/24',
  exclusions: [],
  internal: false,
};
const changing = (asked: readonly string[]) => asked.filter((line) => !line.startsWith('GET'));

describe('what Podman can’t do, and would take all the same', () => {
  it('is not sent: exclusions, ipvlan', async () => {
    const { client, server } = await engine(pausedOnPodman);
    await expect(client.createNetwork({ ...spec, exclusions: ['10.0.0.5'] })).rejects.toThrow(
      problem('engine_unsupported', { field: 'spec.exclusions' }),
    );
    await expect(client.createNetwork({ ...spec, driver: 'ipvlan', mode: 'l2' })).rejects.toThrow(
      problem('engine_unsupported', { field: 'spec.driver' }),
    );
    expect(changing(server.asked)).toEqual([]);
  });

  it('is not left: a network without an option that was asked for', async () => {
    const { client, server } = await engine({
      ...pausedOnPodman,
      'POST /networks/create': (response) =>
        json(response, { Id: 'n1', Warning: '"isolate: true" is not a recognized option' }, 201),
      'GET /v4.0.0/libpod/networks/json': (response) => json(response, []),
      'GET /networks/n1': (response) => json(response, { Id: 'n1', Name: 'lan' }),
      'DELETE /networks/lan': (response) => void response.writeHead(204).end(),
    });
    await expect(client.createNetwork({ ...spec, options: { isolate: 'true' } })).rejects.toThrow(
      problem('engine_unsupported', { params: { context: 'option', option: 'isolate' } }),
    );
    expect(changing(server.asked)).toEqual(['POST /networks/create', 'DELETE /networks/lan']);
  });

  it('is not sent: a change of a container that is paused', async () => {
    const { client, server } = await engine(pausedOnPodman);
    await client.facts();
    await expect(client.connect('lan', 'c1', {})).rejects.toThrow(
      problem('engine_unsupported', { params: { context: 'paused', container: 'web' } }),
    );
    await expect(client.disconnect('lan', 'c1', false)).rejects.toThrow(problem('engine_unsupported'));
    expect(changing(server.asked)).toEqual([]);
  });

  it('is not sent: a helper that joins a container which does not run, and would be started by that', async () => {
    const { client, server } = await engine({
      ...pausedOnPodman,
      'GET /containers/c1/json': (response) =>
        json(response, { Id: 'c1', Name: '/web', State: { Status: 'exited', Running: false } }),
    });
    await client.facts();
    const helper = { task: 'probe', image: 'x', command: ['true'], network: 'container:c1' };
    const rights = { hostPids: false, capabilities: [], unconfined: false, timeoutMs: 1000 };
    await expect(client.runHelper({ ...helper, ...rights })).rejects.toThrow(
      problem('engine_unsupported', { params: { context: 'stopped', container: 'web' } }),
    );
    expect(changing(server.asked)).toEqual([]);
  });

  it('does not keep anyone from clearing a container that can’t be read any more', async () => {
    const { client, server } = await engine({
      ...pausedOnPodman,
      'GET /containers/c1/json': (response) => json(response, { message: 'inspection mismatch' }, 500),
      'POST /networks/lan/disconnect': (response) => void response.end(),
    });
    await client.facts();
    await client.disconnect('lan', 'c1', true);
    expect(changing(server.asked)).toEqual(['POST /networks/lan/disconnect']);
  });

  it('does not bother Docker', async () => {
    const { client, server } = await engine({
      ...facts,
      'POST /networks/lan/disconnect': (response) => void response.end(),
    });
    await client.facts();
    await client.disconnect('lan', 'c1', false);
    expect(server.asked).not.toContain('GET /containers/c1/json');
  });
});
