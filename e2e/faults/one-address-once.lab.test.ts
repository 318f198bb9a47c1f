import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRecord, ChangeRequest, Problem, Result } from '../../shared/model';
import { pinOnEngine, startConsole, type TestConsole } from '../integration/console';
import type { LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { attentionOf } from '../../shared/rules';
import { placedConsole, type PlacedConsole } from './sites';

/** No engine sees the addresses of another one: whatever comes at once on two hosts of a LAN, one address is had once. */
const lab = freshLab();
const [first, second] = lab.hosts;
const both = [first, second];
const rounds = 6;
const X = '10.70.1.60';
let consoles: TestConsole[] = [];

beforeEach(async () => {
  await Promise.all(
    both.map(async (host) => {
      const args = ['-o', 'parent=eth1', '--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1'];
      await host.docker('network', 'create', '-d', 'macvlan', ...args, 'lan');
      await host.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
    }),
  );
});
afterEach(async () => {
  await Promise.all(consoles.splice(0).map((each) => each.end()));
});

async function requestOn(console: TestConsole, host: LabHost) {
  const who = await console.container(host, 'web');
  const { id: networkId } = await console.network(host, 'lan');
  return { engineId: who.engineId, containerId: who.id, networkId };
}
const of =
  (kind: 'attach' | 'readdress', ipv4?: string) =>
  async (console: TestConsole, host: LabHost): Promise<ChangeRequest> => ({
    kind,
    ...(await requestOn(console, host)),
    ...(ipv4 ? { ipv4 } : {}),
  });
async function done(console: TestConsole, request: ChangeRequest): Promise<ChangeRecord> {
  const result = await console.change(request);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const detach = async (console: TestConsole, host: LabHost) =>
  done(console, { kind: 'detach', ...(await requestOn(console, host)) });

/** Previews now; gives what applies it. */
async function ready(console: TestConsole, request: ChangeRequest) {
  const { id, problems } = await console.value('change.preview', { request });
  expect(problems).toEqual([]);
  return () => console.run('change.apply', { id });
}
async function addresses() {
  const pins = await Promise.all(both.map((host) => pinOnEngine(host, 'web', 'lan')));
  return pins.map((each) => each?.address);
}
const problems = (results: Result<ChangeRecord>[]): Problem[] =>
  results.flatMap((each) => (each.ok ? [] : [each.error]));

/** What is free to begin with: no container is on the LAN. */
async function reset() {
  for (const host of both)
    await host.docker('network', 'disconnect', '-f', 'lan', 'web').catch(() => undefined);
  for (const console of consoles)
    for (const host of both) await console.container(host, 'web', (one) => one.endpoints.length === 1);
}

/** One has it; the other one was refused, is as before, and says who has it. */
async function expectOnce(results: Result<ChangeRecord>[], loser: (string | undefined)[]) {
  // One, and why: it tells more than a count where both fail.
  expect(problems(results)).toMatchObject([{ code: 'address_in_use_elsewhere', params: { address: X } }]);
  const now = await addresses();
  expect(now.filter((each) => each === X)).toHaveLength(1);
  expect(loser).toContain(now.find((each) => each !== X));
}

describe('one console, two hosts', () => {
  beforeEach(async () => {
    consoles = [await startConsole(both)];
  });

  it('two attachments at once, or 10 ms apart: one is made', async () => {
    const [console] = consoles as [TestConsole];
    for (let round = 0; round < rounds; round += 1) {
      const [one, two] = await Promise.all(
        both.map(async (host) => ready(console, await of('attach', X)(console, host))),
      );
      const late = async () => {
        // The case itself: clicks that are this far apart.
        await new Promise((resolve) => setTimeout(resolve, (round % 2) * 10));
        return two!();
      };
      await expectOnce(await Promise.all([one!(), late()]), [undefined]);
      await reset();
    }
  });

  it('a change of address and an attachment at once', async () => {
    const [console] = consoles as [TestConsole];
    for (let round = 0; round < rounds; round += 1) {
      await done(console, await of('attach', '10.70.1.70')(console, first));
      const change = await ready(console, await of('readdress', X)(console, first));
      const attach = await ready(console, await of('attach', X)(console, second));
      await expectOnce(await Promise.all([change(), attach()]), [undefined, '10.70.1.70']);
      await reset();
    }
  });

  it('an undo and an attachment at once', async () => {
    const [console] = consoles as [TestConsole];
    for (let round = 0; round < rounds; round += 1) {
      await done(console, await of('attach', X)(console, first));
      const { id } = await detach(console, first);
      const attach = await ready(console, await of('attach', X)(console, second));
      const undo = () => console.run('change.undo', { id });
      const order = round % 2 === 0 ? [undo, attach] : [attach, undo];
      await expectOnce(await Promise.all(order.map((each) => each())), [undefined]);
      await reset();
    }
  });

  it('an undo is refused once another host has the address, also for a container that is stopped', async () => {
    const [console] = consoles as [TestConsole];
    await done(console, await of('attach', X)(console, first));
    const { id } = await detach(console, first);
    await second.docker('stop', '-t', '0', 'web');
    await console.container(second, 'web', (one) => one.state === 'exited');
    await done(console, await of('attach', X)(console, second));
    expect(await console.run('change.undo', { id })).toMatchObject({
      ok: false,
      error: { code: 'address_in_use_elsewhere', params: { container: 'web', host: second.name } },
    });
    expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();
    await detach(console, second);
    expect(await console.run('change.undo', { id })).toMatchObject({ ok: true, value: { state: 'undone' } });
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: X, address: X });
  });

  it('an address that the engine chose and another host has is not kept', async () => {
    const [console] = consoles as [TestConsole];
    const [{ ipv4 } = {}] = (await done(console, await of('attach')(console, first))).hosts;
    const failed = await console.change(await of('attach')(console, second));
    expect(failed).toMatchObject({
      ok: false,
      error: {
        code: 'address_in_use_elsewhere',
        params: { context: 'automatic', address: ipv4, host: first.name, rolledBack: 1 },
      },
    });
    expect(await addresses()).toEqual([ipv4, undefined]);
  });
});

describe('one subnet at two sites', () => {
  let placed: PlacedConsole;
  beforeEach(async () => {
    placed = await placedConsole(both);
    consoles = [placed.console];
    await Promise.all([placed.place(first, { site: 'Office' }), placed.place(second, { site: 'Cellar' })]);
  });
  const twice = async () =>
    attentionOf(await placed.console.snapshot()).filter((each) => each.kind === 'twice');

  it('has one address once at each, be it at once, undone and done again; clearing a site tells the duplicate', async () => {
    const { console, place } = placed;
    const asked = await Promise.all(
      both.map(async (host) => ready(console, await of('attach', X)(console, host))),
    );
    expect(problems(await Promise.all(asked.map((each) => each())))).toEqual([]);
    expect(await addresses()).toEqual([X, X]);
    await console.container(second, 'web', (one) => one.endpoints.some((each) => each.ipv4 === X));
    expect(await twice()).toEqual([]);
    const { id } = await detach(console, first);
    expect(await console.run('change.undo', { id })).toMatchObject({ ok: true, value: { state: 'undone' } });
    expect(await addresses()).toEqual([X, X]);

    await place(second, {});
    expect(await twice()).toMatchObject([{ address: X, claims: [{}, {}] }]);
    const again = await detach(console, first);
    expect(await console.run('change.undo', { id: again.id })).toMatchObject({
      ok: false,
      error: { code: 'address_in_use_elsewhere', params: { host: second.name } },
    });
    // By its NIC alone it is elsewhere just as well.
    await place(second, { site: 'Office', lans: { eth1: 'Cellar' } });
    expect(await console.run('change.undo', { id: again.id })).toMatchObject({ ok: true });
    expect(await twice()).toEqual([]);
  });

  it('that are said to be one while changes are under way have it once all the same', async () => {
    const { console, place } = placed;
    for (let round = 0; round < 3; round += 1) {
      await place(second, { site: 'Cellar' });
      const asked = () =>
        Promise.all(both.map(async (host) => ready(console, await of('attach', X)(console, host))));
      const [one, two] = await asked();
      const underWay = Promise.all([one!(), two!()]);
      await place(second, { site: 'Office' });
      let results: Result<ChangeRecord>[] = await underWay;
      if (results.every(({ ok }) => !ok)) {
        // The other host's engine hands it out by itself, which was not warned of before: asked for once more.
        const stale = { code: 'change_stale', params: { context: 'warning' } };
        expect(problems(results)).toMatchObject([stale, stale]);
        expect((await addresses()).filter((each) => each === X)).toEqual([]);
        results = await Promise.all((await asked()).map((each) => each()));
      }
      await expectOnce(results, [undefined]);
      await reset();
    }
  });
});

describe('two consoles, two hosts', () => {
  beforeEach(async () => {
    consoles = await Promise.all([startConsole(both), startConsole(both)]);
  });

  it('two attachments at once: one is made, the other one gives way by itself', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const asked = await Promise.all(
        both.map(async (host, i) => ready(consoles[i]!, await of('attach', X)(consoles[i]!, host))),
      );
      await expectOnce(await Promise.all(asked.map((each) => each())), [undefined]);
      await reset();
    }
  });

  it('two attachments at once whose addresses the engines choose', async () => {
    for (let round = 0; round < 2; round += 1) {
      const asked = await Promise.all(
        both.map(async (host, i) => ready(consoles[i]!, await of('attach')(consoles[i]!, host))),
      );
      const results = await Promise.all(asked.map((each) => each()));
      expect(problems(results)).toMatchObject([{ code: 'address_in_use_elsewhere' }]);
      expect((await addresses()).filter(Boolean)).toHaveLength(1);
      await reset();
    }
  });

  it('an undo some time after the other console gave the address away is refused', async () => {
    const [one, two] = consoles as [TestConsole, TestConsole];
    for (let round = 0; round < 3; round += 1) {
      await done(one, await of('attach', X)(one, first));
      const { id } = await detach(one, first);
      await two.container(first, 'web', (each) => each.endpoints.length === 1);
      await done(two, await of('attach', X)(two, second));
      await expectOnce(
        [{ ok: true, value: {} as ChangeRecord }, await one.run('change.undo', { id })],
        [undefined],
      );
      await reset();
    }
  });

  it('an undo and an attachment of the other console at once', async () => {
    const [one, two] = consoles as [TestConsole, TestConsole];
    for (let round = 0; round < rounds; round += 1) {
      await done(one, await of('attach', X)(one, first));
      const { id } = await detach(one, first);
      await two.container(first, 'web', (each) => each.endpoints.length === 1);
      const attach = await ready(two, await of('attach', X)(two, second));
      await expectOnce(await Promise.all([one.run('change.undo', { id }), attach()]), [undefined]);
      await reset();
    }
  });
});
