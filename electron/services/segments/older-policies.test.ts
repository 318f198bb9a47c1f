import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShimPolicy } from '../../../shared/model';
import { Storage } from '../storage/storage';
import { PlanFile } from './plan-file';

let dir: string;
let reported: unknown[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-plan-'));
  reported = [];
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const shim: ShimPolicy = {
  ...{ engineId: 'e1', networkId: 'aaaaaaaaaaaa1', networkName: 'lan' },
  ...{ address: '10.70.1.2', since: 1 },
};
const other: ShimPolicy = { ...shim, networkName: 'dmz', address: '10.80.1.2' };
const older = JSON.stringify({ version: 1, shims: [shim] });
const open = (alone?: boolean) =>
  PlanFile.open(join(dir, 'plan.yaml'), new Storage((error) => reported.push(error)), alone);
const write = (name: string, text: string) => writeFile(join(dir, name), text);
const read = (name: string) => readFile(join(dir, name), 'utf8');
const names = async () => (await readdir(dir)).sort();

describe('policies in the plan', () => {
  it('are written beside the segments, the same until they are set, and read again', async () => {
    const plan = await open();
    expect([plan.policies('shim').list(), await names()]).toEqual([[], []]);
    await plan.policies('shim').set([shim, other]);
    expect(plan.policies('shim').list()[0]).toBe(plan.policies('shim').list()[0]);
    expect((await open()).policies('shim').list()).toEqual([shim, other]);
    expect(await read('plan.yaml')).toContain('kind: shim');
  });

  it('of a kind that this console does not know stay as they are', async () => {
    await write('plan.yaml', 'version: 1\npolicies:\n  - kind: rate\n    limit: 5\n');
    const plan = await open();
    await plan.policies('shim').set([shim]);
    await plan.policies('shim').set([]);
    expect(await read('plan.yaml')).toMatch(/policies:\n {2}- kind: rate\n {4}limit: 5/);
  });

  it('that are broken set the whole file aside, with the line in which they are', async () => {
    await write('plan.yaml', 'version: 1\npolicies:\n  - kind: shim\n    engineId: 5\n');
    expect((await open()).policies('shim').list()).toEqual([]);
    expect(String(reported)).toMatch(/line 4/);
    expect(await names()).toEqual([expect.stringMatching(/^plan\.yaml\.broken-/)]);
  });
});

describe('policies of earlier versions, in a file of their own', () => {
  it('are taken over once, and that file stays beside the plan as it was', async () => {
    await write('plan.yaml', 'version: 1\nsegments: []\n');
    await write('policies.json', older);
    expect((await open()).policies('shim').list()).toEqual([shim]);
    expect([await names(), await read('policies.json.old')]).toEqual([
      ['plan.yaml', 'policies.json.old'],
      older,
    ]);
    const again = await open();
    expect(again.policies('shim').list()).toEqual([shim]);
    await again.policies('shim').set([]);
    expect((await open()).policies('shim').list()).toEqual([]);
    expect(reported).toEqual([]);
  });

  it('are neither lost nor taken twice by a console that is killed between the two files', async () => {
    await write('policies.json', older);
    const plan = await open();
    await rename(join(dir, 'policies.json.old'), join(dir, 'policies.json'));
    await plan.policies('shim').set([other]);
    expect((await open()).policies('shim').list()).toEqual([other]);
    expect(await names()).toEqual(['plan.yaml', 'policies.json.old']);
  });

  it('do not stand in for what has been put aside before', async () => {
    await write('policies.json', older);
    await write('policies.json.old', 'older still');
    await open();
    expect(await read('policies.json.old')).toBe('older still');
    expect(await names()).toEqual(['plan.yaml', 'policies.json.old', expect.stringMatching(/old-\d+$/)]);
  });

  it('stay where they are until the plan is on disk', async () => {
    await write('policies.json', older);
    await mkdir(join(dir, 'plan.yaml'));
    const plan = await open();
    expect([plan.policies('shim').list(), await names()]).toEqual([[shim], ['plan.yaml', 'policies.json']]);
    expect(reported).not.toEqual([]);
  });

  it('stay where they are while the plan can’t be written, and count all the same', async () => {
    const long = [{ ...shim, networkName: 'x'.repeat(3 << 20) }];
    await write('policies.json', JSON.stringify({ version: 1, shims: long }));
    const plan = await open();
    expect([plan.policies('shim').list(), await names()]).toEqual([long, ['policies.json']]);
    await plan.flush();
    expect((await open()).policies('shim').list()).toEqual(long);
  });

  it('are only read while another console works on the folder', async () => {
    await write('policies.json', older);
    expect((await open(false)).policies('shim').list()).toEqual([shim]);
    expect([await names(), await read('policies.json')]).toEqual([['policies.json'], older]);
    await write('plan.yaml', 'version: 1\npolicies: []\n');
    expect((await open(false)).policies('shim').list()).toEqual([]);
    expect(await names()).toEqual(['plan.yaml', 'policies.json']);
  });

  it.each(['{', '{"version":2}', '{"version":1,"shims":[{"engineId":5}]}'])(
    'that can’t be read (%s) are set aside and told, and the plan is left alone',
    async (text) => {
      await write('plan.yaml', 'version: 1\n');
      await write('policies.json', text);
      expect((await open()).policies('shim').list()).toEqual([]);
      expect(reported).toHaveLength(1);
      const [plan, aside = ''] = await names();
      expect([plan, aside]).toEqual(['plan.yaml', expect.stringMatching(/^policies\.json\.broken-/)]);
      expect([await read('plan.yaml'), await read(aside)]).toEqual(['version: 1\n', text]);
    },
  );
});
