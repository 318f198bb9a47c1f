import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Segment } from '../../../shared/model';
import { Storage } from '../storage/storage';
import { PlanFile } from './plan-file';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-plan-'));
  file = join(dir, 'plan.yaml');
});
afterEach(() => rm(dir, { recursive: true }));

const segment = (id: string, over: Partial<Segment> = {}): Segment => ({
  id,
  name: id,
  vlan: null,
  subnets: [{ subnet: '10.70.1.0/24' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [],
  members: [{ engineId: 'e1', parentNic: 'eth0', networkName: 'lan' }],
  ...over,
});

describe('the plan file', () => {
  it('keeps segments in their places, for its owner only, and what others keep beside them', async () => {
    await writeFile(file, 'version: 1\npolicies:\n  - limit: 5\n');
    const report = vi.fn();
    const first = await PlanFile.open(file, new Storage(report));
    expect(first.segments()).toEqual([]);
    await first.set('a', segment('a'));
    await first.set('b', segment('b', { vlan: 10 }));
    await first.set('a', segment('a', { tenant: 'staff: "x"' }));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const second = await PlanFile.open(file, new Storage(report));
    expect(second.segments()).toEqual([segment('a', { tenant: 'staff: "x"' }), segment('b', { vlan: 10 })]);
    await second.set('a', null);
    expect(second.get('a')).toBeUndefined();
    const text = await readFile(file, 'utf8');
    expect(text).toContain('limit: 5');
    expect(text).not.toContain('staff');
    expect(report).not.toHaveBeenCalled();
  });

  it.each([
    ['broken', 'version: 1\nsegments: ['],
    ['of a later version', 'version: 2\nsegments: []'],
    ['with a VLAN that cannot be', `version: 1\nsegments: [{id: x, name: x, vlan: 4095}]`],
    ['with aliases', 'version: 1\nx: &a [1]\ny: [*a, *a]'],
  ])('sets a file %s aside, whole, and says so', async (_what, text) => {
    await writeFile(file, text);
    const report = vi.fn();
    const plan = await PlanFile.open(file, new Storage(report));
    expect(plan.segments()).toEqual([]);
    expect(report).toHaveBeenCalledOnce();
    await plan.set('a', segment('a'));
    const [aside] = (await readdir(dir)).filter((name) => name.includes('.broken-'));
    expect(await readFile(join(dir, aside!), 'utf8')).toBe(text);
  });
});
