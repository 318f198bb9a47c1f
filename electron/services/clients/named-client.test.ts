import { describe, expect, it } from 'vitest';
import { ProblemError, type Problem } from '../../../shared/model';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { namedClient } from './named-client';

const params = { parent: 'nope0' };
const told: Problem = hostless('parent_missing', params);
const other = new Error('no problem of ours');

/** Every call of the port, and of its images, fails in the same way. */
function failing(error: Error): EngineClient {
  const ends: unknown = new Proxy(
    {
      engineId: 'e1',
      endpoint: 'unix:///x',
      images: new Proxy({}, { get: () => () => Promise.reject(error) }),
    },
    {
      get: (target, name) => {
        if (name in target) return Reflect.get(target, name) as unknown;
        if (name === 'counters')
          return (_id: string, _sample: unknown, onEnd: (reason: Error) => void) => {
            onEnd(error);
            return { dispose: () => undefined };
          };
        return () => Promise.reject(error);
      },
    },
  );
  return ends as EngineClient;
}

const calls = (client: EngineClient): Record<string, () => Promise<unknown>> => ({
  facts: () => client.facts(),
  ping: () => client.ping(1),
  networks: () => client.networks(),
  network: () => client.network('n'),
  containers: () => client.containers(),
  container: () => client.container('c'),
  raw: () => client.raw('engine', ''),
  connect: () => client.connect('n', 'c', {}),
  disconnect: () => client.disconnect('n', 'c', false),
  createNetwork: () => client.createNetwork({} as never),
  removeNetwork: () => client.removeNetwork('n'),
  interfaceMacs: () => client.interfaceMacs('c'),
  runHelper: () => client.runHelper({} as never),
  sweepHelpers: () => client.sweepHelpers(),
  clearHelpers: () => client.clearHelpers('r'),
  events: () =>
    client.events(
      () => undefined,
      () => undefined,
    ),
  counters: () =>
    new Promise((_, reject) => {
      client.counters('c', () => undefined, reject);
    }),
  find: () => client.images.find('r'),
  load: () => client.images.load(Buffer.from('')),
  build: () => client.images.build(Buffer.from(''), 'r'),
  pull: () => client.images.pull('r'),
  remove: () => client.images.remove('r'),
});

describe('an engine as services see it', () => {
  const client = namedClient(failing(new ProblemError(told)), () => 'atlas');

  it.each(Object.entries(calls(client)))('%s: says on which host it fails', async (_name, call) => {
    await expect(call()).rejects.toMatchObject({
      problem: {
        code: 'parent_missing',
        message: 'atlas has no network interface nope0.',
        params: { parent: 'nope0', host: 'atlas' },
      },
    });
  });

  it('tells the end of the events in the same way', async () => {
    const ended = new Promise<unknown>((resolve) => {
      const inner = failing(other);
      inner.events = async (_event, onEnd) => {
        onEnd(new ProblemError(told));
        return { dispose: () => undefined };
      };
      void namedClient(inner, () => 'atlas').events(() => undefined, resolve);
    });
    await expect(ended).resolves.toMatchObject({ problem: { params: { host: 'atlas' } } });
  });

  it('goes by what the host is called now, and leaves alone what has a host, and what is no problem', async () => {
    let name = 'atlas';
    const renamed = namedClient(failing(new ProblemError(told)), () => name);
    name = 'boreas';
    await expect(renamed.facts()).rejects.toMatchObject({ problem: { params: { host: 'boreas' } } });
    const placed = new ProblemError({ ...told, params: { ...params, host: 'jump' } });
    await expect(namedClient(failing(placed), () => 'atlas').facts()).rejects.toBe(placed);
    await expect(namedClient(failing(other), () => 'atlas').facts()).rejects.toBe(other);
  });

  it('keeps words that are more than the code’s own', async () => {
    const richer = new ProblemError({ ...told, message: 'The engine refused: flux' });
    await expect(namedClient(failing(richer), () => 'atlas').facts()).rejects.toMatchObject({
      problem: { message: 'The engine refused: flux', params: { host: 'atlas' } },
    });
  });
});
