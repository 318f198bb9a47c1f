import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answers } from '../../demo/helper/answers';
import type { EngineClient, HelperRequest } from '../../docker';
import { ownToolboxImage, toolboxVersion, toolboxVersionLabel } from '../../../shared/rules';
import { Toolbox } from '../toolbox';
import { tasksBeyond, toolboxRights } from './consent';
import { describeTask, toolboxTasks, type Task } from './index';
import { taskTable } from './table';

const root = join(import.meta.dirname, '../../..');
const ids = toolboxTasks.map(({ id }) => id).sort();
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

describe('the list of tasks', () => {
  it('has one for each folder, by its name', () => {
    expect(ids).toEqual(folders.sort());
  });

  it('has an answer of the simulated engine for each', () => {
    expect(Object.keys(answers).sort()).toEqual(ids);
  });

  it('tells of each task what it is for, in both languages', () => {
    for (const { title, why, translations } of toolboxTasks.map(describeTask)) {
      expect(title).toMatch(/^[A-Z]/);
      expect(why).toMatch(/^[A-Z].*\.$/s);
      expect(translations['zh-CN'].title).toMatch(/\p{Script=Han}/u);
      expect(translations['zh-CN'].why).toMatch(/\p{Script=Han}.*。$/su);
    }
  });

  it('says of each that puts frames of its own on the wire that it sends', () => {
    const sending = toolboxTasks.filter(({ rights }) => rights.capabilities.includes('NET_RAW'));
    expect(toolboxTasks.filter(({ rights }) => rights.sends)).toEqual(sending);
    const told = taskTable(toolboxTasks).split('\n');
    expect(told.find((line) => line.includes('`announce`'))).toContain('| sends to the LAN |');
    expect(told.find((line) => line.includes('`shim`'))).toContain('| changes the host; sends to the LAN |');
  });

  it('is the only one: nothing else of the product names the tasks one by one', () => {
    const own = /^electron\/(toolbox\/tasks|demo\/helper)\//;
    const files = ['shared', 'electron', 'renderer'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name).replaceAll('\\', '/'),
      ),
    );
    const product = files.filter((name) => /(?<!\.test)\.tsx?$/.test(name) && !own.test(name));
    const listing = product.filter((name) => {
      const text = readFileSync(join(root, name), 'utf8');
      return ids.every((id) => new RegExp(`['"]${id}['"]|^\\s*${id}:`, 'm').test(text));
    });
    expect(product.length).toBeGreaterThan(500);
    expect(listing).toEqual([]);
  });
});

/** As one more folder and one more line in the list would make it. */
const echo: Task<string, string[]> = {
  id: 'echo',
  words: {
    title: 'Say it again',
    why: 'Says what it is told.',
    'zh-CN': { title: '重复', why: '重复所给的内容。' },
  },
  rights: {
    network: 'none',
    hostPids: false,
    capabilities: ['SYS_TIME'],
    unconfined: false,
    changes: false,
    sends: false,
  },
  limitMs: 7_000,
  script: () => 'echo "$1"',
  args: (word) => [word],
  parse: (output) => output.trim().split(' '),
};

describe('a new task', () => {
  const tasks = [...toolboxTasks, echo];

  it('is described as it is defined', () => {
    expect(describeTask(echo)).toEqual({
      ...{ id: 'echo', network: 'none', hostPids: false, capabilities: ['SYS_TIME'] },
      ...{
        unconfined: false,
        changes: false,
        sends: false,
        title: 'Say it again',
        why: 'Says what it is told.',
      },
      translations: { 'zh-CN': { title: '重复', why: '重复所给的内容。' } },
    });
  });

  it('has to be consented to', () => {
    expect(tasksBeyond(toolboxRights(toolboxTasks), tasks)).toEqual(['echo']);
    expect(tasksBeyond(toolboxRights(tasks), tasks)).toEqual([]);
    expect(toolboxRights(tasks)['echo']).toEqual(['SYS_TIME']);
  });

  it.each(['changes', 'sends'] as const)('that comes to do more has to be consented to anew: %s', (right) => {
    const more = { ...echo, rights: { ...echo.rights, [right]: true } };
    expect(tasksBeyond(toolboxRights([echo]), [more])).toEqual(['echo']);
    expect(tasksBeyond(toolboxRights([more]), [echo])).toEqual([]);
  });

  it('stands in the docs', () => {
    expect(taskTable(tasks).split('\n').at(-1)).toBe(
      '| `echo` | Says what it is told. | none | `SYS_TIME` | only reads | 7 s |',
    );
  });

  it('is run with its rights, and nothing else', async () => {
    const sent: HelperRequest[] = [];
    const client = {
      engineId: 'e1',
      images: { find: async () => ({ id: 'i', size: 1, labels: { [toolboxVersionLabel]: toolboxVersion } }) },
      runHelper: async (request: HelperRequest) => {
        sent.push(request);
        return { exitCode: 0, stdout: 'a b\n', stderr: '' };
      },
    } as unknown as EngineClient;
    const toolbox = new Toolbox({
      target: { client, host: 'atlas', architecture: 'x86_64' },
      settings: { method: 'load', image: ownToolboxImage },
      source: { own: 'x86_64', get: async () => Buffer.alloc(0) },
    });
    expect(await toolbox.run(echo, 'a b')).toEqual(['a', 'b']);
    expect(sent).toEqual([
      {
        ...{ task: 'echo', image: ownToolboxImage, command: ['sh', '-c', 'echo "$1"', 'echo', 'a b'] },
        ...{ network: 'none', hostPids: false, capabilities: ['SYS_TIME'], unconfined: false },
        timeoutMs: 7_000,
      },
    ]);
  });
});
