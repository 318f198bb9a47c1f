import { expect, it } from 'vitest';
import { engine, json, type Routes } from '../testing/test-engine';

const now = Date.parse('2026-05-01T12:00:00Z');
/** By the engine's clock, which is a day ahead. */
const at = (secondsAgo: number) => new Date(now + 86_400_000 - secondsAgo * 1000).toISOString();

const helper = (Id: string, State: string, limit = '600000') => ({
  Id,
  State,
  Names: [`/trunkline-${Id}`],
  Labels: { 'io.trunkline.helper': 'shim', 'io.trunkline.helper.limit': limit },
});

/** An engine with containers, and when those that have ended did so. */
async function withContainers(list: object[], ends: Record<string, object>, more: Routes = {}) {
  const deleted: string[] = [];
  const made = await engine({
    'GET /containers/json': (response) => json(response, list),
    'GET /info': (response) => json(response, { SystemTime: at(0) }),
    ...more,
  });
  made.server.route = (method, path) => {
    const id = /^\/containers\/(\w+)/.exec(path)?.[1] ?? '';
    if (method === 'GET' && ends[id]) return (response) => json(response, ends[id] ?? {});
    if (method !== 'DELETE') return undefined;
    return (response) => {
      if (id === 'stuck') return json(response, { message: 'removal is already in progress' }, 409);
      deleted.push(id);
      response.writeHead(204).end();
    };
  };
  return { ...made, deleted };
}
const never = '0001-01-01T00:00:00Z';

it('a sweep removes what has ended a while ago, by the engine’s clock, and nothing that another may still read', async () => {
  const { client, deleted } = await withContainers(
    [
      helper('stuck', 'exited'),
      helper('old', 'exited'),
      helper('young', 'exited'),
      helper('neverbegun', 'created'),
      helper('justmade', 'created'),
      helper('running', 'running'),
      helper('overdue', 'running'),
      helper('unlimited', 'running', ''),
      { Id: 'foreign', State: 'exited', Names: ['/trunkline-shim-x'], Labels: {} },
    ],
    {
      stuck: { State: { FinishedAt: at(300) } },
      old: { State: { FinishedAt: at(300) } },
      young: { State: { FinishedAt: at(5) } },
      neverbegun: { Created: at(300), State: { FinishedAt: never } },
      justmade: { Created: at(1), State: { FinishedAt: never } },
      // By this console's clock neither has begun.
      running: { State: { StartedAt: at(590), FinishedAt: never } },
      overdue: { State: { StartedAt: at(610), FinishedAt: never } },
      unlimited: { State: { StartedAt: at(9_000), FinishedAt: never } },
    },
  );
  expect(await client.sweepHelpers()).toEqual({ removed: 3, waiting: 5, left: [] });
  expect(deleted.sort()).toEqual(['neverbegun', 'old', 'overdue']);
});

it('a sweep leaves everything where the engine does not tell its time', async () => {
  const ended = { old: { State: { FinishedAt: at(300) } }, overdue: { State: { StartedAt: at(90_000) } } };
  const clockless: Routes = { 'GET /info': (response) => json(response, {}) };
  const { client, deleted } = await withContainers(
    [helper('old', 'exited'), helper('overdue', 'running')],
    ended,
    clockless,
  );
  expect(await client.sweepHelpers()).toEqual({ removed: 0, waiting: 2, left: [] });
  expect(deleted).toEqual([]);
});

it('a sweep asks about several at a time, and about no more than the engine bears', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `h${String(index)}`);
  const { client, server } = await withContainers(
    ids.map((id) => helper(id, 'exited')),
    {},
  );
  const held: (() => void)[] = [];
  let most = 0;
  const { route } = server;
  server.route = (method, path) => {
    if (method !== 'GET' || !/^\/containers\/h/.test(path)) return route?.(method, path);
    return (response) => {
      held.push(() => json(response, { State: { FinishedAt: at(300) } }));
      most = Math.max(most, held.length);
      // The last few are fewer than the engine bears.
      if (held.length === 8 || asked() >= 17) for (const answer of held.splice(0)) answer();
    };
  };
  let count = 0;
  const asked = () => (count += 1);
  expect(await client.sweepHelpers()).toEqual({ removed: 20, waiting: 0, left: [] });
  expect(most).toBe(8);
});

it('a sweep removes at once what this console could not remove itself, and tells what it can’t even now', async () => {
  const list: object[] = [];
  let stuck = true;
  const made = (response: Parameters<typeof json>[0]) => json(response, { Id: 'mine' }, 201);
  const create = { 'POST /containers/create': made };
  const { client, deleted, server } = await withContainers(list, {}, create);
  const { route } = server;
  server.route = (method, path) => {
    if (method === 'DELETE' && stuck) return (response) => json(response, { message: 'busy' }, 409);
    return route?.(method, path);
  };
  const request = { task: 'facts', image: 'toolbox', command: ['true'], network: 'none', capabilities: [] };
  await client.runHelper({ ...request, timeoutMs: 1_000 } as never).catch(() => undefined);
  const name = /create\?name=([\w-]+)/.exec(server.asked.join())?.[1] ?? '';
  list.push({ ...helper('mine', 'exited'), Names: [`/${name}`] });
  expect(await client.sweepHelpers()).toEqual({ removed: 0, waiting: 1, left: [name] });
  stuck = false;
  expect(await client.sweepHelpers()).toEqual({ removed: 1, waiting: 0, left: [] });
  expect(deleted).toEqual(['mine']);
});
