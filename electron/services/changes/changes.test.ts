import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError, type EngineRequest, type HostFacts, type Nic } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { detail } from '../../../shared/rules/plan/testing';
import { container, engine, network } from '../../../shared/rules/testing';
import { FakeEngine } from '../testing/fake-engine';
import { engineKinds, knownWorld, noAccess } from '../testing/plain-kinds';
import { Storage } from '../storage/storage';
import { openChangeLog, type ChangeLog } from './change-log';
import { Changes } from './changes';
import { LanAddresses } from './lan-addresses';
import { Locks } from './locks';

let folder = '';
let log: ChangeLog;
let fake: FakeEngine;
let known: Inventory;
let changes: Changes;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-changes-'));
  const report = (error: unknown) => {
    throw error;
  };
  log = await openChangeLog(join(folder, 'changes.jsonl'), new Storage(report));
  const lan = network();
  fake = new FakeEngine().add(lan, container());
  known = { engines: [engine()], networks: [lan], containers: [container()] };
  const world = knownWorld(() => known);
  changes = new Changes({
    ...engineKinds({ client: () => fake, world, records: () => log.list() }),
    snapshot: () => ({ ...known, revision: 1 }),
    world,
    access: noAccess,
    lans: new LanAddresses({
      locks: new Locks(),
      inventory: () => known,
      refresh: () => Promise.resolve(),
    }),
    client: () => fake,
    reread: () => Promise.resolve(),
    log,
    owner: 'me',
    now: () => 7,
    who: 'me',
    onProgress: () => undefined,
    onRecord: () => undefined,
  });
});
afterEach(async () => {
  await log.flush();
  await rm(folder, { recursive: true });
});

const look = (over: Partial<Nic> = {}): HostFacts[] => [hostFacts('e1', nic({ name: 'eth2', ...over }))];
const create: EngineRequest = {
  kind: 'create-network',
  engineId: 'e1',
  spec: {
    name: 'lan20',
    driver: 'macvlan',
    parent: 'eth2',
    mode: 'bridge',
    subnet: '10.70.2.0/24',
    exclusions: [],
    internal: false,
  },
};
const attach: EngineRequest = {
  kind: 'attach',
  engineId: 'e1',
  containerId: 'e1-web',
  networkId: 'e1-lan',
  ipv4: '10.70.1.20',
};
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof ProblemError ? error.problem : error),
  );

describe('the preview of a network', () => {
  it('judges the parent by what the host has, and says so where nobody has looked', async () => {
    const codes = async () => {
      const { problems, hosts } = await changes.preview(create);
      const notices = hosts.flatMap((host) => host.notices);
      return [...problems, ...notices].map(({ code }) => code).filter((code) => !code.startsWith('gateway'));
    };
    expect(await codes()).toEqual(['parent_unchecked']);
    known = { ...known, facts: look() };
    expect(await codes()).toEqual([]);
    known = { ...known, facts: look({ master: 'br0', masterKind: 'bridge' }) };
    expect(await codes()).toEqual(['parent_busy', 'parent_unfit']);
  });

  const since: [string, HostFacts[]][] = [
    ['counters that went on', look({ counters: { ...nic().counters, rxBytes: 9e9 }, promiscuity: 2 })],
    ['another interface', [hostFacts('e1', nic({ name: 'eth2' }), nic({ name: 'veth1', kind: 'veth' }))]],
    ['no look that came in time', []],
  ];
  it.each(since)('is applied in spite of %s', async (_what, facts) => {
    known = { ...known, facts: look() };
    const { id } = await changes.preview(create);
    known = { ...known, facts };
    expect(await changes.apply(id)).toMatchObject({
      ...{ state: 'applied', hosts: [{ networkId: 'made-1' }] },
    });
  });

  it('is not applied when the parent is gone, was taken, or lost its cable since', async () => {
    for (const [facts, code] of [
      [look({ name: 'eth7' }), 'parent_missing'],
      [look({ master: 'br0', masterKind: 'bridge' }), 'parent_busy'],
      [look({ carrier: false }), 'change_stale'],
    ] as const) {
      known = { ...known, facts: look() };
      const { id } = await changes.preview(create);
      known = { ...known, facts };
      expect(await refusal(changes.apply(id))).toMatchObject({ code, engineId: 'e1' });
    }
    expect(fake.calls.filter((call) => call.startsWith('create'))).toEqual([]);
  });
});

it('an address that a shim was given since the preview is not taken any more', async () => {
  const { id, problems } = await changes.preview(attach);
  expect(problems).toEqual([]);
  const shim = { engineId: 'e1', networkId: 'e1-lan', networkName: 'lan', address: '10.70.1.20', since: 0 };
  known = { ...known, shims: [shim] };
  expect(await refusal(changes.apply(id))).toMatchObject({
    code: 'address_reserved',
    params: { context: 'shim' },
  });
  expect(fake.calls.filter((call) => call.startsWith('connect'))).toEqual([]);
});

describe('undoing what somebody else has changed since', () => {
  const attached = async () => {
    const { id } = await changes.preview(attach);
    await changes.apply(id);
    return id;
  };
  const reattached = async (ipv4: string) => {
    await fake.disconnect('e1-lan', 'e1-web');
    await fake.connect('e1-lan', 'e1-web', { ipv4 });
  };
  const pin = () => fake.containerMap.get('e1-web')?.endpoints.map((each) => each.pinned4);

  it('is refused, and takes nothing of theirs away', async () => {
    const id = await attached();
    await reattached('10.70.1.21');
    expect(await refusal(changes.undo(id))).toMatchObject({
      code: 'change_not_undoable',
      params: { context: 'changed', container: 'web', network: 'lan' },
    });
    expect(pin()).toEqual(['10.70.1.21']);
    expect(log.get(id)?.record).toMatchObject({ state: 'applied', undoable: true });
  });

  it('is not offered by the log either, and is again once all is as it was left', async () => {
    const id = await attached();
    const offered = async () => (await changes.list(10)).map((each) => each.undoProblem?.params?.context);
    expect(await offered()).toEqual([undefined]);
    await reattached('10.70.1.21');
    expect(await offered()).toEqual(['changed']);
    expect(log.get(id)?.record).not.toHaveProperty('undoProblem');
    await reattached('10.70.1.20');
    expect(await offered()).toEqual([undefined]);
  });

  it('is refused with the reason of a host that does not answer, in the log as well', async () => {
    const id = await attached();
    known = { ...known, engines: [engine({ state: 'offline' })] };
    expect((await changes.list(10))[0]?.undoProblem?.code).toBe('engine_unreachable');
    expect(await refusal(changes.undo(id))).toMatchObject({ code: 'engine_unreachable' });
  });

  it('is done where all is as it was left, however that came about', async () => {
    const id = await attached();
    await reattached('10.70.1.20');
    expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
    expect(pin()).toEqual([]);
  });

  it('goes by what was asked for, and not by what a restart gives anew', async () => {
    const { id } = await changes.preview({ ...attach, ipv4: undefined });
    await changes.apply(id);
    await fake.stop('e1-web');
    expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
  });

  it('is refused where its network was made anew under its name and lies elsewhere', async () => {
    await fake.connect('e1-lan', 'e1-web', { ipv4: '10.70.1.20' });
    known = { ...known, containers: [...fake.containerMap.values()] };
    const { id } = await changes.preview({
      ...{ kind: 'detach', engineId: 'e1', containerId: 'e1-web', networkId: 'e1-lan' },
    });
    await changes.apply(id);
    const anew = (parent: string) => {
      fake.networkMap.clear();
      fake.add({ ...network(), id: 'e1-anew', parent });
      known = { ...known, networks: [...fake.networkMap.values()], containers: [container()] };
    };
    anew('eth9');
    expect(await refusal(changes.undo(id))).toMatchObject({
      code: 'change_not_undoable',
      params: { context: 'network_changed', network: 'lan' },
    });
    expect(pin()).toEqual([]);
    anew(network().parent ?? '');
    expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
    expect(pin()).toEqual(['10.70.1.20']);
  });

  describe('where another hand has removed the network', () => {
    /** What the console knows is what the engine has. */
    const look = () => {
      known = {
        ...known,
        networks: [...fake.networkMap.values()],
        containers: [...fake.containerMap.values()],
      };
    };
    const replace = (id: string, by?: string) => {
      const old = fake.networkMap.get(id)!;
      fake.networkMap.delete(id);
      if (by) fake.add({ ...old, id: by });
      look();
    };
    const made = async () => {
      const { id } = await changes.preview(create);
      const { hosts } = await changes.apply(id);
      look();
      return { id, networkId: hosts[0]?.networkId ?? '' };
    };
    const done = (name: string) => fake.calls.filter((call) => call.startsWith(name));

    it('an equal one of that name, made by that hand, is not removed', async () => {
      const { id, networkId } = await made();
      replace(networkId, 'theirs');
      const replaced = { context: 'network_replaced', network: 'lan20' };
      expect((await changes.list(1))[0]?.undoProblem?.params).toMatchObject(replaced);
      expect(await refusal(changes.undo(id))).toMatchObject({
        code: 'change_not_undoable',
        params: replaced,
      });
      expect([fake.networkMap.has('theirs'), done('remove')]).toEqual([true, []]);
    });

    it('it is said where there is none of that name', async () => {
      const { id, networkId } = await made();
      replace(networkId);
      expect(await refusal(changes.undo(id))).toMatchObject({
        code: 'change_not_undoable',
        params: { context: 'network_gone', network: 'lan20' },
      });
      expect(done('remove')).toEqual([]);
    });

    it('a container that was put on an equal one stays there', async () => {
      const id = await attached();
      await fake.disconnect('e1-lan', 'e1-web');
      replace('e1-lan', 'theirs');
      await fake.connect('theirs', 'e1-web', { ipv4: '10.70.1.20' });
      look();
      expect(await refusal(changes.undo(id))).toMatchObject({
        params: { context: 'network_replaced', network: 'lan' },
      });
      expect(pin()).toEqual(['10.70.1.20']);
    });

    it('one that an undo of ours has made again is ours to remove, after a restart as well', async () => {
      const { id, networkId } = await made();
      const { id: removal } = await changes.preview({ kind: 'remove-network', engineId: 'e1', networkId });
      await changes.apply(removal);
      look();
      await changes.undo(removal);
      look();
      const again = [...fake.networkMap.values()].find((each) => each.name === 'lan20');
      expect(again?.id).not.toBe(networkId);
      expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
      expect([...fake.networkMap.values()].map((each) => each.name)).toEqual(['lan']);
      await log.flush();
      const reopened = await openChangeLog(join(folder, 'changes.jsonl'), new Storage(() => undefined));
      expect(reopened.get(removal)?.heirs).toEqual([{ engineId: 'e1', from: networkId, to: again?.id }]);
    });
  });

  it('says that what was paused runs, after a stop of its own and not of another’s', async () => {
    const paused = (state: 'paused' | 'running') => {
      const web = { ...fake.containerMap.get('e1-web')!, state, detail };
      fake.containerMap.set('e1-web', web);
      known = { ...known, containers: [web] };
    };
    paused('paused');
    const { id } = await changes.preview({ ...attach, stopFirst: true });
    await changes.apply(id);
    const field = { container: 'web', field: 'State.Paused', before: 'true', after: '' };
    expect(await changes.undo(id)).toMatchObject({ state: 'undone', exceptions: [field] });
    paused('paused');
    const other = await changes.preview(attach);
    await changes.apply(other.id);
    paused('running');
    expect((await changes.undo(other.id)).exceptions).toBeUndefined();
  });

  it('holds for networks as well', async () => {
    const { id } = await changes.preview(create);
    const networkId = (await changes.apply(id)).hosts[0]?.networkId ?? '';
    fake.networkMap.set(networkId, { ...fake.networkMap.get(networkId)!, internal: true });
    expect(await refusal(changes.undo(id))).toMatchObject({
      code: 'change_not_undoable',
      params: { context: 'network_changed', network: 'lan20' },
    });
  });
});
