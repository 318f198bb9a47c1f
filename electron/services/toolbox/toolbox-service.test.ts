import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { ownToolboxImage, toolboxVersion } from '../../../shared/rules';
import { Storage } from '../storage/storage';
import { FakeEngine, problem } from '../testing/fake-engine';
import { answersOfTasks, factsOutput, toolboxImage, toolboxOn } from '../testing/toolbox-bench';
import { shimTask, toolboxTasks } from '../../toolbox';
import { ToolboxFile } from './toolbox-file';
import type { ToolboxService } from './toolbox-service';

const e1 = { engineId: 'e1', address: 'e1' };
let dir: string;
let engine: FakeEngine;
let service: ToolboxService;
/** The service as the next start has it. */
let open: () => Promise<ToolboxService>;
let time: number;
const report = vi.fn();

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-toolbox-'));
  time = 1_000_000;
  report.mockReset();
  engine = new FakeEngine();
  engine.loads = [ownToolboxImage, toolboxImage];
  engine.helper = answersOfTasks;
  open = () => toolboxOn({ dir, engine, now: () => time, report });
  service = await open();
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

describe('consent', () => {
  it('comes before any call to the engine', async () => {
    expect(await code(service.facts('e1'))).toBe('toolbox_unasked');
    await service.consent('e1', false);
    engine.calls.length = 0;
    expect(await code(service.facts('e1'))).toBe('toolbox_refused');
    expect(await code(service.probe('e1', { kind: 'host' }, ['10.0.0.1']))).toBe('toolbox_refused');
    expect(await code(service.run('e1', shimTask, { do: 'list' }))).toBe('toolbox_refused');
    expect(engine.calls).toEqual([]);
    expect(await code(service.consent('nobody', true))).toBe('engine_unknown');
  });

  it('comes before leftovers are looked for on an engine that is there', async () => {
    service.onOnline('e1');
    await service.consent('e1', false);
    engine.calls.length = 0;
    service.onOnline('e1');
    expect(engine.calls).toEqual([]);
    await service.consent('e1', true);
    service.onOnline('e1');
    service.onOnline('e1');
    await vi.waitFor(() => expect(count('sweep')).toBe(2));
  });

  it('withdrawn takes away the image, also from what is under way', async () => {
    await service.consent('e1', true);
    const aborted = vi.fn();
    engine.helper = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          aborted();
          reject(signal.reason as Error);
        });
      });
    const running = code(service.facts('e1'));
    await vi.waitFor(() => expect(count('helper facts')).toBe(1));
    await service.consent('e1', false);
    expect(await running).toBe('toolbox_refused');
    expect(aborted).toHaveBeenCalledOnce();
    expect(engine.imageMap.size).toBe(0);
  });

  it('outlasts another way to the engine; what is under way ends before its client is closed', async () => {
    await service.consent('e1', true);
    let settled = false;
    engine.helper = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          settled = true;
          reject(problem('toolbox_unavailable'));
        });
      });
    const running = code(service.facts('e1'));
    await vi.waitFor(() => expect(count('helper facts')).toBe(1));
    await service.release('e1', false);
    expect(settled).toBe(true);
    expect(await running).toBe('toolbox_unavailable');
    expect((await service.describe()).engines[0]).toMatchObject({ consent: 'granted' });
  });

  it('is asked for anew where another host is behind the engine’s id', async () => {
    await service.consent('e1', true);
    await service.facts('e1');
    await service.forget('e1');
    expect(service.lastFacts()).toEqual([]);
    expect(await code(service.facts('e1'))).toBe('toolbox_unasked');
    const kept = JSON.parse(await readFile(join(dir, 'toolbox.json'), 'utf8')) as { engines: object };
    expect(kept.engines).toEqual({});
  });

  it('leaves an image alone that is not the toolbox', async () => {
    engine.imageMap.set(ownToolboxImage, { ...toolboxImage, labels: {} });
    await service.consent('e1', false);
    expect(engine.imageMap.size).toBe(1);
  });

  it('is refused also when the engine can’t be reached to clean up', async () => {
    await service.consent('e1', true);
    await service.facts('e1');
    engine.before = (call) => {
      if (call.startsWith('remove-image')) throw problem('engine_unreachable');
    };
    const { engines } = await service.consent('e1', false);
    expect(engines[0]).toMatchObject({ consent: 'refused' });
    expect(report).toHaveBeenCalledOnce();
  });

  it('withdrawn counts at once where it can’t be written down, says so, and is kept once there is room', async () => {
    await service.consent('e1', true);
    // The folder is gone: nothing can be written there, whoever runs this.
    await rename(dir, `${dir}.away`);
    await expect(service.consent('e1', false)).rejects.toMatchObject({
      problem: { code: 'storage_failed', params: { context: 'waiting', file: 'toolbox.json' } },
    });
    expect(await code(service.facts('e1'))).toBe('toolbox_refused');
    await rename(`${dir}.away`, dir);
    await service.dispose();
    expect((await (await open()).describe()).engines[0]).toMatchObject({ consent: 'refused' });
  });
});

describe('facts', () => {
  beforeEach(() => service.consent('e1', true));

  it('are read once for callers at once, and again when old or on demand', async () => {
    await Promise.all([service.facts('e1'), service.facts('e1', true)]);
    expect(count('helper facts')).toBe(1);
    time += 9_000;
    await service.facts('e1');
    expect(count('helper facts')).toBe(1);
    await service.facts('e1', true);
    expect(count('helper facts')).toBe(2);
    time += 11_000;
    await service.facts('e1');
    expect(count('helper facts')).toBe(3);
    // The image is put there once, and leftovers are swept once.
    expect(count('load')).toBe(1);
    expect(count('sweep')).toBe(1);
  });

  it('of the last look are there for whoever won’t wait, until a change or a refusal', async () => {
    expect(service.lastFacts()).toEqual([]);
    const first = await service.facts('e1');
    time += 60_000;
    expect(service.lastFacts()).toEqual([first]);
    engine.helper = () => ({ exitCode: 1, stdout: '', stderr: 'ip: broken' });
    await code(service.facts('e1'));
    expect(service.lastFacts()).toEqual([first]);
    await service.consent('e1', false);
    expect(service.lastFacts()).toEqual([]);
  });

  it('are worth having without the namespaces, and say why those lack', async () => {
    engine.helper = ({ task }) => {
      if (task === 'namespaces') throw problem('engine_error', 'no pid mode');
      return { exitCode: 0, stdout: factsOutput, stderr: '' };
    };
    expect(await service.facts('e1')).toMatchObject({
      nics: [],
      foreign: null,
      foreignProblem: { code: 'engine_error' },
    });
  });

  it('that fail are not kept', async () => {
    engine.helper = () => ({ exitCode: 1, stdout: '', stderr: 'ip: broken' });
    await expect(service.facts('e1')).rejects.toMatchObject({
      problem: { code: 'toolbox_unavailable', params: { context: 'failed' }, engineText: 'ip: broken' },
    });
    engine.helper = () => ({ exitCode: 0, stdout: 'nonsense', stderr: '' });
    await expect(service.facts('e1')).rejects.toMatchObject({ problem: { params: { context: 'output' } } });
  });
});

describe('describe', () => {
  it('tells tasks, size and where it stands', async () => {
    expect(await service.describe()).toMatchObject({
      version: toolboxVersion,
      settings: { method: 'load', image: ownToolboxImage },
      size: 512,
      engines: [{ engineId: 'e1', consent: 'unasked', at: 0, image: null }],
    });
    await service.consent('e1', true);
    await service.facts('e1');
    expect((await service.describe()).engines[0]).toEqual({
      engineId: 'e1',
      consent: 'granted',
      at: 1_000_000,
      image: { reference: ownToolboxImage, size: 9, version: toolboxVersion },
    });
  });

  it('asks the engine for the image that is configured', async () => {
    const pulled = 'registry.example/toolbox:1';
    engine.loads = [pulled, toolboxImage];
    await service.consent('e1', true);
    await service.configure({ method: 'pull', image: pulled });
    await service.facts('e1');
    expect(engine.calls).toContain(`pull ${pulled}`);
    expect((await service.describe()).engines[0]!.image).toMatchObject({ reference: pulled });
  });
});

it('an image that can’t have that name is refused, and the settings stay', async () => {
  expect(await code(service.configure({ method: 'pull', image: 'bad name!!' }))).toBe('toolbox_unavailable');
  const { settings } = await service.describe();
  expect(settings).toEqual({ method: 'load', image: ownToolboxImage });
});

describe('the file', () => {
  const file = () => join(dir, 'toolbox.json');

  it('keeps what was said, for its owner only', async () => {
    await service.consent('e1', true);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    const again = await ToolboxFile.open(file(), new Storage(report));
    expect(again.consent(e1)).toEqual({ consent: 'granted', at: 1_000_000 });
    expect(again.consent({ ...e1, engineId: 'e2' })).toEqual({ consent: 'unasked', at: 0 });
  });

  describe('with a consent to other rights than the tasks have now', () => {
    const kept = async (
      change: (rights: Record<string, string[]>) => Record<string, string[]> | undefined,
    ) => {
      await service.consent('e1', true);
      await service.dispose();
      const contents = JSON.parse(await readFile(file(), 'utf8')) as {
        engines: { e1: { rights?: Record<string, string[]> | undefined } };
      };
      contents.engines.e1.rights = change(contents.engines.e1.rights ?? {});
      await writeFile(file(), JSON.stringify(contents));
      service = await open();
      engine.calls.length = 0;
    };
    const entry = async () => (await service.describe()).engines[0];

    it('asks for it anew, names the task, and runs nothing', async () => {
      await kept((rights) => ({ ...rights, shim: ['network:host', 'NET_ADMIN', 'changes'] }));
      expect(await entry()).toMatchObject({ consent: 'unasked', at: 1_000_000, grown: ['shim'] });
      engine.calls.length = 0;
      expect(service.allows('e1')).toBe(false);
      const refused = await service.facts('e1').catch((error: ProblemError) => error.problem);
      expect(refused).toMatchObject({ code: 'toolbox_unasked', params: { context: 'grown', tasks: 'shim' } });
      expect(engine.calls).toEqual([]);
      await service.consent('e1', true);
      expect(await entry()).toMatchObject({ consent: 'granted' });
      expect(await entry()).not.toHaveProperty('grown');
      await expect(service.facts('e1')).resolves.toBeTruthy();
    });

    it('counts all tasks where the rights were not written down', async () => {
      await kept(() => undefined);
      expect(await entry()).toMatchObject({
        consent: 'unasked',
        grown: toolboxTasks.map(({ id }) => id),
      });
    });

    it('does not ask for less again', async () => {
      await kept((rights) => ({ ...rights, facts: [...rights.facts!, 'SYS_ADMIN'], gone: ['NET_RAW'] }));
      expect(await entry()).toMatchObject({ consent: 'granted' });
    });

    it('keeps a refusal', async () => {
      await kept(() => undefined);
      await service.consent('e1', false);
      expect(await entry()).toMatchObject({ consent: 'refused' });
    });
  });

  it('that is broken is set aside whole, and then nothing is allowed', async () => {
    await writeFile(file(), '{"version":1,"engines":{"e1":{"granted":true}}}');
    const opened = await ToolboxFile.open(file(), new Storage(report));
    expect(opened.consent(e1).consent).toBe('unasked');
    expect(report).toHaveBeenCalledOnce();
    const [aside] = (await readdir(dir)).filter((name) => name.includes('.broken-'));
    expect(await readFile(join(dir, aside!), 'utf8')).toContain('"granted":true');
  });
});
