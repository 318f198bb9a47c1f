import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { ownToolboxImage } from '../../../shared/rules';
import { FakeEngine, problem } from '../testing/fake-engine';
import { toolboxImage, toolboxOn } from '../testing/toolbox-bench';
import { shimTask } from '../../toolbox';
import type { ToolboxService } from './toolbox-service';

let dir: string;
let engine: FakeEngine;
let service: ToolboxService;
/** The address behind `e1`. */
let address: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-toolbox-'));
  address = 'e1';
  engine = new FakeEngine();
  engine.loads = [ownToolboxImage, toolboxImage];
  service = await toolboxOn({
    ...{ dir, engine, now: () => 0, report: () => undefined },
    addressKey: () => address,
  });
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
    await service.consent('e1', true);
    const moved = service.toItsEnd(['e1'], async () => {
      address = 'another';
      return ask();
    });
    expect(await moved).toBe('toolbox_unasked');
  });
});

describe('what is left when consent is withdrawn', () => {
  const left = async () => (await service.describe()).engines[0]?.left;
  const used = async () => {
    await service.consent('e1', true);
    await service.facts('e1').catch(() => undefined);
    engine.calls.length = 0;
  };

  it('is looked for once all has ended, helpers before the image that they use', async () => {
    await used();
    const { engines } = await service.consent('e1', false);
    expect(engine.calls.filter((call) => /^(sweep|remove-image)/.test(call)).slice(0, 2)).toEqual([
      'sweep',
      expect.stringMatching(/^remove-image/),
    ]);
    expect(engines[0]).not.toHaveProperty('left');
  });

  it('is told with the refusal, and no more once it is gone', async () => {
    await used();
    engine.left = ['trunkline-facts-1'];
    const { engines } = await service.consent('e1', false);
    expect(engines[0]).toMatchObject({
      consent: 'refused',
      left: { code: 'toolbox_left', params: { names: 'trunkline-facts-1' } },
    });
    engine.left = [];
    service.onOnline('e1');
    await vi.waitFor(async () => expect(await left()).toBeUndefined());
  });

  it('may be the image alone, or not be known', async () => {
    await used();
    let fails = /^remove-image/;
    engine.before = (call) => {
      if (fails.test(call)) throw problem('engine_unreachable');
    };
    const context = async () => {
      await service.consent('e1', true);
      await service.facts('e1').catch(() => undefined);
      return (await service.consent('e1', false)).engines[0]?.left?.params?.['context'];
    };
    expect(await context()).toBe('image');
    fails = /^sweep/;
    expect(await context()).toBe('unread');
    fails = /never/;
    expect(await context()).toBeUndefined();
  });

  it('is not looked for on another host', async () => {
    await used();
    engine.left = ['trunkline-facts-1'];
    await service.consent('e1', false);
    engine.calls.length = 0;
    address = 'another';
    service.onOnline('e1');
    expect(engine.calls).toEqual([]);
    expect(await left()).toBeUndefined();
  });

  it('is told also where what was allowed once was less than what the tasks may do now', async () => {
    await used();
    await service.dispose();
    const file = join(dir, 'toolbox.json');
    const kept = JSON.parse(await readFile(file, 'utf8')) as { engines: { e1: { rights?: object } } };
    kept.engines.e1.rights = {};
    await writeFile(file, JSON.stringify(kept));
    service = await toolboxOn({ dir, engine, now: () => 0, report: () => undefined });
    expect((await service.describe()).engines[0]).toMatchObject({ consent: 'unasked' });
    engine.left = ['trunkline-facts-1'];
    const { engines } = await service.consent('e1', false);
    expect(engines[0]).toMatchObject({ consent: 'refused', left: { code: 'toolbox_left' } });
  });

  it('is nothing where the toolbox was never allowed, or is again', async () => {
    engine.left = ['trunkline-facts-1'];
    expect((await service.consent('e1', false)).engines[0]).not.toHaveProperty('left');
    await used();
    await service.consent('e1', false);
    expect((await service.consent('e1', true)).engines[0]).not.toHaveProperty('left');
  });
});
