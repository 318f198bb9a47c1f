import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../shared/model';
import { pinOnEngine, startConsole, type TestConsole } from '../integration/console';
import { linksOf } from '../integration/toolbox.helpers';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';

/** Which address another console's shim has no engine tells: the LAN alone does, where a host may ask it. */
const lab = freshLab();
const [first, second] = lab.hosts;
const both = [first, second];
const X = '10.70.1.60';
let consoles: TestConsole[] = [];

beforeEach(async () => {
  await Promise.all(
    both.map(async (host) => {
      const args = ['-o', 'parent=eth1', '--subnet', '10.70.1.0/24', '--ip-range', '10.70.1.128/25'];
      await host.docker('network', 'create', '-d', 'macvlan', ...args, 'lan');
      await host.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
    }),
  );
  consoles = await Promise.all(both.map((host) => startConsole([host])));
  await Promise.all(both.map((host, i) => allow(consoles[i]!, host)));
});
afterEach(async () => {
  await Promise.all(
    consoles.splice(0).map(async (console) => {
      try {
        await removeShims(console);
        for (const { id } of (await console.snapshot()).engines)
          await console.value('toolbox.consent', { engineId: id, granted: false });
      } finally {
        await console.end();
      }
    }),
  );
});

const allow = (console: TestConsole, host: LabHost, granted = true) =>
  console.value('toolbox.consent', { engineId: console.engineId(host), granted });
async function removeShims(console: TestConsole) {
  for (const { engineId, networkId } of await console.value('policies.list', {}))
    await console.change({ kind: 'remove-shim', engineId, networkId });
}
async function put(console: TestConsole, host: LabHost, address = X): Promise<ChangeRequest> {
  const { engineId, id: networkId } = await console.network(host, 'lan');
  return { kind: 'put-shim', engineId, networkId, address };
}
async function attach(console: TestConsole, host: LabHost): Promise<ChangeRequest> {
  const { engineId, id: containerId } = await console.container(host, 'web');
  const { id: networkId } = await console.network(host, 'lan');
  return { kind: 'attach', engineId, containerId, networkId, ipv4: X };
}
/** Previews now; gives what applies it. */
async function ready(console: TestConsole, request: ChangeRequest) {
  const { id, problems } = await console.value('change.preview', { request });
  expect(problems).toEqual([]);
  return () => console.run('change.apply', { id });
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Per host: the addresses of its shims. */
const onHosts = () =>
  Promise.all(
    both.map(async (host) =>
      (await linksOf(host))
        .filter(({ ifname }) => String(ifname).startsWith('tl-'))
        .map(({ addr_info }) => (addr_info as { local: string }[])[0]?.local),
    ),
  );
const taken = {
  ok: false,
  error: { code: 'address_in_use_elsewhere', params: { context: 'lan', address: X, rolledBack: 1 } },
};

describe('two consoles, two hosts', () => {
  it('one address for two shims at once: one has it, the other gives way by itself', async () => {
    const round = async () => {
      const asked = await Promise.all(
        both.map(async (host, i) => ready(consoles[i]!, await put(consoles[i]!, host))),
      );
      const results = await Promise.all(asked.map((each) => each()));
      expect(results.filter((each) => !each.ok)).toMatchObject([taken]);
      const kept = await Promise.all(consoles.map((each) => each.value('policies.list', {})));
      for (const [i, { ok }] of results.entries()) {
        expect(kept[i]).toHaveLength(ok ? 1 : 0);
        expect((await onHosts())[i]).toEqual(ok ? [X] : []);
      }
      await Promise.all(consoles.map(removeShims));
    };
    for (let rounds = 0; rounds < 3; rounds += 1) await round();
  });

  it('one that moves to it at once has its old one all the same where it gives way', async () => {
    const [one, two] = consoles as [TestConsole, TestConsole];
    expect(await one.change(await put(one, first, '10.70.1.70'))).toMatchObject({ ok: true });
    expect(await two.change(await put(two, second, '10.70.1.71'))).toMatchObject({ ok: true });
    const asked = await Promise.all([ready(one, await put(one, first)), ready(two, await put(two, second))]);
    const results = await Promise.all(asked.map((each) => each()));
    expect(results.filter((each) => !each.ok)).toMatchObject([taken]);
    expect(await onHosts()).toEqual(results.map(({ ok }, i) => [ok ? X : ['10.70.1.70', '10.70.1.71'][i]]));
  });
});

describe('two consoles that know one host each', () => {
  const has = async (host: LabHost) => (await pinOnEngine(host, 'web', 'lan'))?.address;
  const roundsAtMost = 5;

  /** One has it at most, and each console says what its engine has. Gives how many have it. */
  async function attachAtOnce(): Promise<number> {
    const asked = await Promise.all(
      both.map(async (host, i) => ready(consoles[i]!, await attach(consoles[i]!, host))),
    );
    const results = await Promise.all(asked.map((each) => each()));
    expect(await Promise.all(both.map(has))).toEqual(results.map(({ ok }) => (ok ? X : undefined)));
    const holders = results.filter(({ ok }) => ok).length;
    expect(holders).toBeLessThanOrEqual(1);
    for (const result of results) if (!result.ok) expect(result).toMatchObject(taken);
    for (const host of both)
      await host.docker('network', 'disconnect', '-f', 'lan', 'web').catch(() => undefined);
    await Promise.all(
      both.map((host, i) => consoles[i]!.container(host, 'web', (one) => one.endpoints.length === 1)),
    );
    return holders;
  }

  it('one fixed address for two containers at once: not both have it, and before long one has', async () => {
    const ended = [await attachAtOnce(), await attachAtOnce()];
    // With one MAC for both they draw lots, and now and then both give way.
    while (!ended.includes(1) && ended.length < roundsAtMost) ended.push(await attachAtOnce());
    expect(ended).toContain(1);
  });

  it('a shim and a container at once: not both have it', async () => {
    const [one, two] = consoles as [TestConsole, TestConsole];
    const asked = [await ready(one, await attach(one, first)), await ready(two, await put(two, second))];
    const results = await Promise.all(asked.map((each) => each()));
    expect(results.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    for (const result of results) if (!result.ok) expect(result).toMatchObject(taken);
    const [attached, shim] = results.map(({ ok }) => ok);
    expect(await has(first)).toBe(attached ? X : undefined);
    expect((await onHosts())[1]).toEqual(shim ? [X] : []);
  });
});

describe('two consoles, one host', () => {
  it('shims of two addresses for one network: whoever says it is made has it, and the other one leaves it alone', async () => {
    const other = await startConsole([first]);
    consoles.push(other);
    const pair = [consoles[0]!, other];
    await allow(other, first);
    const addresses = ['10.70.1.66', '10.70.1.67'];
    for (const apart of [0, 300, 150]) {
      const asked = await Promise.all(
        pair.map(async (each, i) => ready(each, await put(each, first, addresses[i]))),
      );
      const results = await Promise.all(asked.map((each, i) => pause(i * apart).then(each)));
      const made = addresses.filter((_, i) => results[i]?.ok);
      expect((await onHosts())[0]).toEqual(made);
      expect(made.length).toBeLessThanOrEqual(1);
      const kept = await Promise.all(pair.map((each) => each.value('policies.list', {})));
      expect(kept.map((each) => each.length)).toEqual(results.map(({ ok }) => (ok ? 1 : 0)));
      await Promise.all(pair.map(removeShims));
      expect((await onHosts())[0]).toEqual([]);
    }
  });
});

describe('two consoles that keep a link for one network of one host', () => {
  it('do not take it from each other: the second waits until the first has removed it', async () => {
    const [one] = consoles as [TestConsole];
    const { engineId, id: networkId } = await one.network(first, 'lan');
    const kept = { kind: 'shim', engineId, networkId, networkName: 'lan', address: '10.70.1.67', since: 1 };
    const plan = JSON.stringify({ version: 1, segments: [], policies: [kept] });
    const put66 = await put(one, first, '10.70.1.66');
    expect(await one.change(put66)).toMatchObject({ ok: true });
    const other = await startConsole([first], undefined, (folder) =>
      writeFile(join(folder, 'plan.yaml'), plan),
    );
    consoles.push(other);
    await allow(other, first);
    const stands = async () => (await other.value('policies.list', {}))[0]?.state;
    await until('the second to wait', async () => (await stands()) === 'kept-elsewhere');
    expect((await onHosts())[0]).toEqual(['10.70.1.66']);
    const asked = { ...put66, address: '10.70.1.68' } as ChangeRequest;
    expect(await other.problems(asked)).toMatchObject([
      { code: 'change_stale', params: { context: 'kept_elsewhere' } },
    ]);
    await removeShims(one);
    await until('the second to put its own', async () => (await stands()) === 'applied');
    expect((await onHosts())[0]).toEqual(['10.70.1.67']);
  });
});

describe('an address of another console’s shim', () => {
  it('is not given to a container where the LAN may be asked, and nothing is claimed where it may not', async () => {
    const [one, two] = consoles as [TestConsole, TestConsole];
    const apply = await ready(one, await attach(one, first));
    expect(await two.change(await put(two, second))).toMatchObject({ ok: true });
    expect(await apply()).toMatchObject({
      ok: false,
      error: { code: 'address_in_use_elsewhere', params: { context: 'lan', address: X, host: first.name } },
    });
    expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();

    await allow(one, first, false);
    expect(await one.change(await attach(one, first))).toMatchObject({ ok: true });
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: X, address: X });
  });
});
