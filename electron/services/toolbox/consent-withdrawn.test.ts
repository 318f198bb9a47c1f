import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { ownToolboxImage } from '../../../shared/rules';
import { FakeEngine } from '../testing/fake-engine';
import { toolboxImage, toolboxOn } from '../testing/toolbox-bench';
import { shimTask } from '../../toolbox';
import type { ToolboxService } from './toolbox-service';

let dir: string;
let engine: FakeEngine;
let service: ToolboxService;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-toolbox-'));
  engine = new FakeEngine();
  engine.loads = [ownToolboxImage, toolboxImage];
  service = await toolboxOn({ dir, engine, now: () => 0, report: () => undefined });
});
afterEach(async () => {
  await service.dispose();
  await rm(dir, { recursive: true });
});

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );
const count = (name: string) => engine.calls.filter((call) => call === name).length;

describe('consent that is withdrawn in the midst', () => {
  type Order = Parameters<typeof shimTask.args>[0];
  const list: Order = { do: 'list' };
  const shim = { name: 'tl-1', parent: 'eth1', address: '10.70.1.2', routes: [] };
  const put: Order = { do: 'put', shim };
  /** Helpers that wait, one after the other, to be let go or ended. */
  let go: () => void;
  const held = () => {
    engine.helper = ({ signal }) =>
      new Promise((resolve, reject) => {
        go = () => resolve({ exitCode: 1, stdout: '', stderr: 'came to its end' });
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
  };
  const began = (helpers: number) => vi.waitFor(() => expect(count('helper shim')).toBe(helpers));
  const ending = (call: Promise<unknown>) =>
    call.catch((error: unknown) => (error instanceof ProblemError ? error.problem.engineText : error));

  it('lets a task that changes the host come to its end, and takes the image away then', async () => {
    await service.consent('e1', true);
    held();
    const cut = code(service.run('e1', shimTask, list));
    await began(1);
    const running = ending(service.run('e1', shimTask, put));
    await began(2);
    const withdrawn = service.consent('e1', false);
    // By now it has ended what it ends.
    expect(await cut).toBe('toolbox_refused');
    expect(await code(service.run('e1', shimTask, put))).toBe('toolbox_refused');
    expect(engine.imageMap.size).toBe(1);
    go();
    expect(await running).toBe('came to its end');
    await withdrawn;
    expect(engine.imageMap.size).toBe(0);
  });

  it('lets work that was begun before look at the host and put things back, and nobody else', async () => {
    await service.consent('e1', true);
    held();
    const after: unknown[] = [];
    let late: Promise<unknown> | undefined;
    const change = service.toItsEnd(['e1'], async () => {
      for (const order of [put, list, put]) after.push(await ending(service.run('e1', shimTask, order)));
      late = new Promise((resolve) => setImmediate(() => resolve(code(service.run('e1', shimTask, list)))));
    });
    await began(1);
    let over = false;
    const withdrawn = service.consent('e1', false).then(() => (over = true));
    for (const helpers of [1, 2, 3]) {
      await began(helpers);
      expect(await code(service.run('e1', shimTask, list))).toBe('toolbox_refused');
      expect([over, engine.imageMap.size]).toEqual([false, 1]);
      go();
    }
    await change;
    await withdrawn;
    expect(after).toEqual(Array.from({ length: 3 }, () => 'came to its end'));
    expect(await late).toBe('toolbox_refused');
    expect(engine.imageMap.size).toBe(0);
  });

  it('leaves the image where the toolbox was allowed again meanwhile', async () => {
    await service.consent('e1', true);
    held();
    const cut = code(service.run('e1', shimTask, list));
    await began(1);
    const running = ending(service.run('e1', shimTask, put));
    await began(2);
    const withdrawn = service.consent('e1', false);
    expect(await cut).toBe('toolbox_refused');
    await service.consent('e1', true);
    go();
    await running;
    await withdrawn;
    expect(engine.imageMap.size).toBe(1);
  });

  it('gives nothing to work that begins where it is not allowed, nor to another host', async () => {
    await service.consent('e1', false);
    const ask = () => code(service.run('e1', shimTask, list));
    expect(await service.toItsEnd(['e1'], ask)).toBe('toolbox_refused');
    await service.consent('e1', true);
    const forgotten = service.toItsEnd(['e1'], async () => {
      await service.forget('e1');
      return ask();
    });
    expect(await forgotten).toBe('toolbox_unasked');
  });
});
