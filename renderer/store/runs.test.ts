import { expect, it, vi } from 'vitest';
import { ok, type Run } from '../../shared/model';
import { createFakeApi } from '../testing/fake-api';
import { twoHosts } from '../testing/fixtures';
import { createStores } from './index';
import { withRun } from './runs';
import { syncStores } from './sync';

const run = (id: string, part: Partial<Run> = {}): Run => ({
  ...{ id, request: { kind: 'isolation', networks: [] }, state: 'running', startedAt: 1, endedAt: null },
  ...{ progress: { done: 0, of: 2 }, left: [] },
  ...part,
});

it('puts a new run first, and takes nothing that says less than is known', () => {
  const done = run('a', { state: 'done', endedAt: 2, progress: { done: 2, of: 2 } });
  const ids = (state: ReturnType<typeof withRun>) => state.runs.map(({ id }) => id);
  expect(ids(withRun({ runs: [run('a')] }, run('b')))).toEqual(['b', 'a']);
  const further = run('a', { progress: { done: 1, of: 2 } });
  expect(withRun({ runs: [run('a')] }, further).runs).toEqual([further]);
  expect(withRun({ runs: [further] }, run('a')).runs).toEqual([further]);
  expect(withRun({ runs: [further] }, done).runs).toEqual([done]);
  expect(withRun({ runs: [done] }, run('a', { state: 'cancelling' })).runs).toEqual([done]);
});

it('takes what is told while the list is on its way, when a connection comes back', async () => {
  let answer = (_runs: Run[]) => {};
  const list = () =>
    new Promise<ReturnType<typeof ok<Run[]>>>((resolve) => (answer = (runs) => resolve(ok(runs))));
  const api = createFakeApi(twoHosts(), { 'run.list': list });
  const stores = createStores();
  const end = syncStores(api, stores, () => {});
  const done = run('a', { state: 'done', endedAt: 2 });
  api.push('run.changed', done);
  api.push('run.changed', run('b'));
  answer([run('a'), run('c')]);
  await vi.waitFor(() => expect(stores.runs.getState().runs).toEqual([run('b'), done, run('c')]));
  api.push('run.changed', run('b', { state: 'cancelling' }));
  expect(stores.runs.getState().runs[0]?.state).toBe('cancelling');
  end();
});
