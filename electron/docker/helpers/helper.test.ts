import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { helperBody } from './helper';
import { failureIn } from './images';
import { engine, json, problem, silent, type Routes } from '../testing/test-engine';

const request = {
  task: 'facts',
  image: 'toolbox:1',
  command: ['true'],
  network: 'host',
  hostPids: false,
  capabilities: [] as string[],
  unconfined: false,
  timeoutMs: 200,
};

describe('the body of a helper', () => {
  it('takes everything away that is not asked for', () => {
    expect(helperBody(request)).toMatchObject({
      User: '65534:65534',
      Labels: { 'io.trunkline.helper': 'facts', 'io.trunkline.helper.limit': '600200' },
      HostConfig: {
        NetworkMode: 'host',
        CapDrop: ['ALL'],
        CapAdd: [],
        SecurityOpt: ['no-new-privileges'],
        ReadonlyRootfs: true,
      },
    });
    expect(helperBody(request)).not.toHaveProperty('HostConfig.PidMode');
  });

  it('bears the run that it belongs to', () => {
    expect(helperBody({ ...request, run: 'r1' })).toMatchObject({
      Labels: { 'io.trunkline.helper.run': 'r1' },
    });
    expect(helperBody(request)).not.toHaveProperty(['Labels', 'io.trunkline.helper.run']);
  });

  it('is root only with capabilities, and leaves user namespaces only for the host’s', () => {
    const body = helperBody({ ...request, network: 'container:c1', capabilities: ['NET_RAW'] });
    expect(body).toMatchObject({ User: '0:0', HostConfig: { CapAdd: ['NET_RAW'] } });
    expect(body).not.toHaveProperty('HostConfig.UsernsMode');
    const pids = helperBody({ ...request, network: 'none', hostPids: true, unconfined: true });
    expect(pids).toMatchObject({
      HostConfig: {
        PidMode: 'host',
        UsernsMode: 'host',
        SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
      },
    });
  });
});

/** An engine on which any helper starts, and ends as `wait` says. */
async function helpers(wait: Routes[string], more: Routes = {}) {
  const created: string[] = [];
  const deleted: string[] = [];
  const made = await engine({
    'POST /containers/create': (response, asked) => {
      created.push(new URL(asked.url ?? '', 'http://e').searchParams.get('name') ?? '');
      json(response, { Id: 'c1' }, 201);
    },
    ...more,
  });
  // The names are made up as they are used, so the routes are looked up by their end.
  made.server.route = (method, path) => {
    if (method === 'DELETE') return (response) => (deleted.push(path), response.writeHead(204).end());
    if (path.endsWith('/start')) return (response) => void response.writeHead(204).end();
    if (path.endsWith('/wait')) return wait;
    if (path.endsWith('/logs')) return (response) => void response.end('all is done');
    return undefined;
  };
  return { ...made, created, deleted };
}

describe('runHelper', () => {
  it('removes the container by the name that it gave it', async () => {
    const { client, created, deleted } = await helpers((response) => json(response, { StatusCode: 4 }));
    expect(await client.runHelper(request)).toEqual({ exitCode: 4, stdout: 'all is done', stderr: '' });
    expect(created[0]).toMatch(/^trunkline-facts-[0-9a-f]{12}$/);
    expect(deleted).toEqual([`/containers/${created[0]}`]);
  });

  it('removes it when it takes too long', async () => {
    const { client, created, deleted } = await helpers(silent);
    await expect(client.runHelper(request)).rejects.toThrow(
      problem('toolbox_unavailable', { params: { context: 'timeout', seconds: 0.2, task: 'facts' } }),
    );
    expect(deleted).toEqual([`/containers/${created[0]}`]);
  });

  it('removes it when it is ended early, and makes none when that was before', async () => {
    const ended = new AbortController();
    const { client, created, deleted } = await helpers(() => ended.abort());
    const early = { ...request, timeoutMs: 60_000, signal: ended.signal };
    const told = problem('toolbox_unavailable', { params: { context: 'ended', task: 'facts' } });
    await expect(client.runHelper(early)).rejects.toThrow(told);
    expect(deleted).toEqual([`/containers/${created[0]}`]);
    await expect(client.runHelper(early)).rejects.toThrow(told);
    expect(created).toHaveLength(1);
  });

  it('says why it was ended early, where that is told', async () => {
    const refused = new ProblemError({ code: 'toolbox_refused', message: 'no' });
    const ended = new AbortController();
    const { client } = await helpers(() => ended.abort(refused));
    const early = { ...request, timeoutMs: 60_000, signal: ended.signal };
    await expect(client.runHelper(early)).rejects.toBe(refused);
    await expect(client.runHelper(early)).rejects.toBe(refused);
  });

  it('tells of one that could not be removed, however well it went', async () => {
    const { client, server } = await helpers((response) => json(response, { StatusCode: 0 }));
    const { route } = server;
    server.route = (method, path) =>
      method === 'DELETE'
        ? (response) => json(response, { message: 'device or resource busy' }, 500)
        : route?.(method, path);
    let left = 0;
    const onLeft = () => (left += 1);
    expect(await client.runHelper({ ...request, onLeft })).toMatchObject({ exitCode: 0 });
    expect(left).toBe(1);
    server.route = route;
    await client.runHelper({ ...request, onLeft });
    expect(left).toBe(1);
  });

  it('removes it when the answer to the create is lost', async () => {
    const { client, deleted } = await helpers(silent, {
      'POST /containers/create': (response) => void response.destroy(),
    });
    await expect(client.runHelper(request)).rejects.toThrow(problem('engine_unreachable'));
    expect(deleted).toHaveLength(1);
  });
});

describe('clearHelpers', () => {
  /** An engine that knows no filter, with two helpers of a run, of which it removes those that it can. */
  async function withTwo(canRemove: (id: string) => boolean) {
    const there = new Map([
      ['c1', { Names: ['/trunkline-probe-1'], Labels: { 'io.trunkline.helper.run': 'r1' } }],
      ['c2', { Names: ['/trunkline-probe-2'], Labels: { 'io.trunkline.helper.run': 'r1' } }],
      ['c3', { Names: ['/trunkline-probe-3'], Labels: { 'io.trunkline.helper.run': 'r2' } }],
      ['c4', { Names: ['/db'], Labels: {} }],
    ]);
    const made = await engine({});
    made.server.route = (method, path) => {
      const id = path.split('/').at(-1) ?? '';
      if (method === 'DELETE')
        return (response) => {
          if (canRemove(id)) there.delete(id);
          if (canRemove(id)) response.writeHead(204).end();
          else json(response, { message: 'device or resource busy' }, 500);
        };
      return (response) =>
        json(
          response,
          [...there].map(([Id, each]) => ({ Id, ...each })),
        );
    };
    return { ...made, there };
  }

  it('removes the helpers of the run alone, and reads back that they are gone', async () => {
    const { client, server, there } = await withTwo(() => true);
    expect(await client.clearHelpers('r1')).toEqual([]);
    expect([...there.keys()]).toEqual(['c3', 'c4']);
    const lists = server.asked.filter((url) => url.includes('/containers/json'));
    expect(lists).toHaveLength(2);
    for (const url of lists) expect(decodeURIComponent(url)).toContain('io.trunkline.helper.run=r1');
  });

  it('names those that are there still', async () => {
    const { client } = await withTwo((id) => id === 'c1');
    expect(await client.clearHelpers('r1')).toEqual(['trunkline-probe-2']);
  });
});

describe('images', () => {
  it('fail by the last line of a stream that began well', async () => {
    const { client, server } = await engine({
      'POST /images/create': (response) =>
        void response.end(
          '{"status":"Pulling"}\r\n{"errorDetail":{"message":"denied"},"error":"denied"}\r\n',
        ),
    });
    await expect(client.images.pull('r.example/x')).rejects.toThrow(
      problem('engine_error', { engineText: 'denied' }),
    );
    // Without a tag the engine would pull them all.
    expect(server.asked[0]).toContain(encodeURIComponent('r.example/x:latest'));
  });

  it('are asked for by a name with slashes in it', async () => {
    const { client } = await engine({
      'GET /images/r.example%2Fx%3A1/json': (response) =>
        json(response, { Id: 'sha256:1', Size: 5, Architecture: 'arm64', Config: { Labels: null } }),
    });
    expect(await client.images.find('r.example/x:1')).toEqual({
      id: 'sha256:1',
      size: 5,
      architecture: 'arm64',
      labels: {},
    });
    expect(await client.images.find('other:1')).toBeNull();
    await client.images.remove('other:1');
  });

  it('failureIn sees no failure in what says nothing of one', () => {
    expect(failureIn('')).toBeUndefined();
    expect(failureIn('{"stream":"Loaded"}\n<html>')).toBeUndefined();
  });
});
