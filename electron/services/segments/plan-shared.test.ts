import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Segment, ShimPolicy } from '../../../shared/model';
import { newOwner, type Owner } from '../storage/owner';
import { Storage } from '../storage/storage';
import { PlanFile } from './plan-file';

let dir: string;
let file: string;
const owners: Owner[] = [];
const plans: PlanFile[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-shared-plan-'));
  file = join(dir, 'plan.yaml');
});
afterEach(async () => {
  for (const plan of plans.splice(0)) {
    plan.dispose();
    await plan.flush();
  }
  for (const owner of owners.splice(0)) owner.release();
  await rm(dir, { recursive: true });
});

const member = (engineId: string) => ({ engineId, parentNic: 'eth1', networkName: 'lan' });
const segment = (id: string, over: Partial<Segment> = {}): Segment => ({
  ...{ id, name: id, vlan: null, subnets: [{ subnet: '10.70.1.0/24' }], driver: 'macvlan', mode: 'bridge' },
  ...{ reserved: [], members: [member('e1')], ...over },
});
const shim = (engineId: string): ShimPolicy => ({
  ...{ engineId, networkId: 'aaaaaaaaaaaa1', networkName: 'lan', address: '10.70.1.2', since: 1 },
});

/** Another console of the folder, and what it was told. */
async function console_() {
  const owner = newOwner();
  owners.push(owner);
  const storage = new Storage(() => undefined);
  const plan = await PlanFile.open(file, storage, { owner: owner.name });
  plans.push(plan);
  return { plan, storage };
}
const two = () => Promise.all([console_(), console_()]);
const read = async () => (await console_()).plan;
const names = (plan: PlanFile) => plan.segments().map((each) => each.name);
const told = (...of: { storage: Storage }[]) => of.flatMap(({ storage }) => storage.problems());

it('two consoles that write in turn keep what both want, and tell nobody', async () => {
  const [one, other] = await two();
  await one.plan.set('a', segment('a'));
  await other.plan.set('b', segment('b'));
  await one.plan.policies('shim').set([shim('e1')]);
  await other.plan.policies('shim').set([...other.plan.policies('shim').list(), shim('e2')]);
  await one.plan.set('a', segment('a', { name: 'A' }));
  await other.plan.set('b', null);
  const now = await read();
  expect([names(now), now.policies('shim').list()]).toEqual([['A'], [shim('e1'), shim('e2')]]);
  await one.plan.look();
  for (const { plan } of [one, other])
    expect([names(plan), plan.policies('shim').list()]).toEqual([['A'], [shim('e1'), shim('e2')]]);
  expect([await readdir(dir), told(one, other)]).toEqual([['plan.yaml'], []]);
});

it('what they write at the same moment is all there', async () => {
  const consoles = await Promise.all(Array.from({ length: 5 }, console_));
  await Promise.all(
    consoles.map(async ({ plan }, at) => {
      for (const round of [1, 2, 3]) await plan.set(`s${at}-${round}`, segment(`s${at}-${round}`));
    }),
  );
  expect((await read()).segments()).toHaveLength(15);
  expect([await readdir(dir), told(...consoles)]).toEqual([['plan.yaml'], []]);
});

it('one segment that both have changed has its members and fields from both; what is changed is not taken away', async () => {
  const { plan } = await console_();
  await plan.set('a', segment('a'));
  await plan.set('b', segment('b'));
  const [one, other] = await two();
  await one.plan.set('a', segment('a', { members: [member('e1'), member('e2')] }));
  // It knows nothing of that yet.
  await other.plan.set('a', segment('a', { name: 'Office', members: [member('e1'), member('e3')] }));
  await one.plan.look();
  await one.plan.set('b', null);
  await other.plan.set('b', segment('b', { name: 'B' }));
  const [a, b] = (await read()).segments();
  expect(a).toMatchObject({ name: 'Office', members: [member('e1'), member('e2'), member('e3')] });
  expect(b?.name).toBe('B');
});

it('is told when another console has written, and by nothing that it writes itself', async () => {
  const [one, other] = await two();
  const followed = vi.fn();
  one.plan.watch(followed);
  await one.plan.set('a', segment('a'));
  await one.plan.look();
  expect(followed).not.toHaveBeenCalled();
  await other.plan.set('b', segment('b'));
  await vi.waitFor(() => expect(followed).toHaveBeenCalledOnce());
  expect(names(one.plan)).toEqual(['a', 'b']);
});

it.each([
  ['edited', (text: string) => text.replace('name: b', 'name: mine')],
  ['put back from an earlier time', (_text: string, earlier: string) => earlier],
])('what a person has %s is set aside, also while another console lives', async (_how, edit) => {
  const [one, other] = await two();
  await one.plan.set('a', segment('a'));
  const earlier = await readFile(file, 'utf8');
  await other.plan.set('b', segment('b'));
  await one.plan.look();
  const edited = edit(await readFile(file, 'utf8'), earlier);
  await writeFile(file, edited);
  await one.plan.set('c', segment('c'));
  const [plan = '', aside = ''] = (await readdir(dir)).sort();
  expect([plan, await readFile(join(dir, aside), 'utf8')]).toEqual(['plan.yaml', edited]);
  expect(told(one)).toMatchObject([{ code: 'file_broken', params: { context: 'edited' } }]);
  await other.plan.set('d', segment('d'));
  expect(names(await read())).toEqual(['a', 'b', 'c', 'd']);
  expect(told(other)).toEqual([]);
});

it('waits for no console that was killed while it wrote', async () => {
  const { plan } = await console_();
  const killed = newOwner();
  killed.release();
  await writeFile(`${file}.lock`, killed.name);
  await plan.set('a', segment('a'));
  expect([names(await read()), await readdir(dir)]).toEqual([['a'], ['plan.yaml']]);
});
