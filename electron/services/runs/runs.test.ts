import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError, type IsolationReport, type Run, type RunRequest } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import type { RunHandle } from './kind';
import { keptRuns, Runs } from './runs';

const request: RunRequest = { kind: 'isolation', networks: [{ engineId: 'e1', networkId: 'n1' }] };
const report: IsolationReport = { at: 0, doneAt: 1, cancelled: false, places: [], targets: [], cells: [] };
const found = { kind: 'isolation', report } as const;

let changes: Run[];
let cleared: string[];
let reported: unknown[];
let clear: (engineId: string) => Promise<void>;
let runs: Runs;
/** What a run does; ends when it is aborted unless told otherwise. */
let carryOut: (handle: RunHandle) => Promise<typeof found>;
const untilAborted = ({ signal }: RunHandle): Promise<typeof found> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(found)));

beforeEach(() => {
  changes = [];
  cleared = [];
  reported = [];
  clear = async () => undefined;
  carryOut = untilAborted;
  let time = 0;
  runs = new Runs({
    kinds: { isolation: (_, handle) => carryOut(handle) },
    clear: async (engineId, runId) => {
      cleared.push(`${engineId} ${runId}`);
      await clear(engineId);
    },
    onChange: (run) => changes.push(run),
    now: () => (time += 1),
    report: (error) => reported.push(error),
  });
});
const over = (id: string) => runs.cancel(id);

describe('a run', () => {
  it('answers at once, tells how far it is, and keeps what it found', async () => {
    let finish = () => {};
    carryOut = (handle) => {
      handle.progress(0, 2);
      handle.progress(1, 2);
      return new Promise((resolve) => (finish = () => resolve(found)));
    };
    const { id, ...begun } = runs.start(request);
    expect(begun).toMatchObject({ request, state: 'running', startedAt: 1, endedAt: null, left: [] });
    expect(runs.list()).toMatchObject([{ id, progress: { done: 1, of: 2 } }]);
    expect(runs.get(id).result).toBeNull();
    finish();
    await expect.poll(() => runs.get(id).state).toBe('done');
    expect(runs.get(id)).toMatchObject({ endedAt: 2, result: found });
    expect(changes.map(({ state, progress }) => `${state} ${String(progress.done)}`)).toEqual([
      ...['running 0', 'running 0', 'running 1', 'done 1'],
    ]);
  });

  it('cancelled, is over only when its engines were read back, and keeps what it found until then', async () => {
    let look = () => {};
    clear = () => new Promise((resolve) => (look = resolve));
    carryOut = (handle) => (handle.uses('e1'), handle.uses('e1'), untilAborted(handle));
    const { id } = runs.start(request);
    const ended = runs.cancel(id);
    expect(runs.get(id).state).toBe('cancelling');
    await expect.poll(() => cleared).toEqual([`e1 ${id}`]);
    expect(runs.get(id)).toMatchObject({ state: 'cancelling', endedAt: null });
    look();
    expect(await ended).toMatchObject({ state: 'cancelled', endedAt: 2, left: [] });
    expect(runs.get(id).result).toEqual(found);
    // One that is over stays as it is.
    const before = changes.length;
    expect(await runs.cancel(id)).toMatchObject({ state: 'cancelled', endedAt: 2 });
    expect(changes).toHaveLength(before);
  });

  it('says on which hosts something of it is left, or nobody can tell, however it ended', async () => {
    const left = problem('helpers_left', { host: 'atlas', names: 'trunkline-probe-1' });
    clear = (engineId) => (engineId === 'e2' ? Promise.reject(new ProblemError(left)) : Promise.resolve());
    carryOut = async (handle) => (handle.uses('e1'), handle.uses('e2'), found);
    const { id } = runs.start(request);
    await expect.poll(() => runs.get(id).state).toBe('done');
    expect(runs.get(id).left).toEqual([{ engineId: 'e2', problem: left }]);
  });

  it('is not called cancelled when it had come to its end before', async () => {
    let look = () => {};
    clear = () => new Promise((resolve) => (look = resolve));
    carryOut = async (handle) => (handle.uses('e1'), found);
    const { id } = runs.start(request);
    await expect.poll(() => cleared).toHaveLength(1);
    const ended = runs.cancel(id);
    look();
    expect((await ended).state).toBe('done');
    expect(changes.map(({ state }) => state)).not.toContain('cancelling');
  });

  it('that fails says why, and a defect is told to the log alone', async () => {
    const refused = problem('read_only', {});
    carryOut = () => Promise.reject(new ProblemError(refused));
    const first = runs.start(request);
    expect(await over(first.id)).toMatchObject({ state: 'failed', problem: refused });
    carryOut = () => Promise.reject(new TypeError('a bug'));
    const second = runs.start(request);
    await expect.poll(() => runs.get(second.id).problem?.code).toBe('internal');
    expect(reported).toMatchObject([{ message: 'a bug' }]);
    expect(runs.get(second.id).result).toBeNull();
  });
});

describe('the runs', () => {
  it('are listed newest first, and the last that are over are kept beside all that are not', async () => {
    const running = runs.start(request);
    carryOut = async () => found;
    const ids = Array.from({ length: keptRuns + 2 }, () => runs.start(request).id);
    await expect.poll(() => runs.list()).toHaveLength(keptRuns + 1);
    expect(runs.list().map(({ id }) => id)).toEqual([...ids.slice(2).reverse(), running.id]);
    expect(() => runs.get(ids[0]!)).toThrow(ProblemError);
    await expect(runs.cancel(ids[0]!)).rejects.toMatchObject({ problem: { code: 'run_not_found' } });
  });

  it('end before one of their hosts goes, while it can be read back, and others go on', async () => {
    let look = () => {};
    clear = () => new Promise((resolve) => (look = resolve));
    carryOut = (handle) => (handle.uses('e1'), untilAborted(handle));
    const { id } = runs.start(request);
    carryOut = untilAborted;
    const other = runs.start({ kind: 'isolation', networks: [{ engineId: 'e2', networkId: 'n2' }] });
    let gone = false;
    const release = runs.release('e1').then(() => (gone = true));
    await expect.poll(() => cleared).toEqual([`e1 ${id}`]);
    expect(gone).toBe(false);
    look();
    await release;
    expect(runs.get(id)).toMatchObject({ state: 'cancelled', left: [] });
    expect(runs.get(other.id).state).toBe('running');
  });

  it('are all cancelled and over when the console ends', async () => {
    const [a, b] = [runs.start(request), runs.start(request)];
    await runs.dispose();
    expect(runs.list().map(({ id, state }) => [id, state])).toEqual([
      [b.id, 'cancelled'],
      [a.id, 'cancelled'],
    ]);
  });
});
