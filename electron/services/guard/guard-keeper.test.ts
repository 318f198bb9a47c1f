import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ProblemError,
  type ChangeRecord,
  type ChangeRequest,
  type Container,
  type Guard,
  type GuardNote,
  type GuardStatus,
} from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { detail } from '../../../shared/rules/plan/testing';
import { GuardKeeper } from './guard-keeper';

const lan = network({ id: 'lan', name: 'lan' });
const web = (id: string, pinned4?: string): Container =>
  container({
    ...{ id, name: 'web', detail },
    endpoints: [endpoint(lan, { ipv4: pinned4 ?? '10.70.1.9', ...(pinned4 ? { pinned4 } : {}) })],
  });
const kept: Guard = {
  ...{
    engineId: 'e1',
    identity: { by: 'name', name: 'web' },
    containerName: 'web',
    containerId: 'one',
    since: 0,
  },
  attachments: [{ networkName: 'lan', ipv4: '10.70.1.20' }],
};

let world: Inventory;
let guards: readonly Guard[];
let applied: ChangeRequest[];
let certain: (boolean | undefined)[];
let interrupted: ChangeRecord[];
let recovered: string[];
let noted: GuardNote[];
let told: GuardStatus[][];
let reported: unknown[];
/** What becomes of the next changes: done, unless told. */
let outcome: () => Promise<Partial<ChangeRecord>>;
/** What goes on while a change waits for its turn. */
let meanwhile: () => Promise<void>;
let keeper: GuardKeeper;

const open = (readOnly = false) => {
  keeper = new GuardKeeper({
    world: () => ({ ...world, guards }),
    read: async (_engineId, id) => world.containers.find((each) => each.id === id)!,
    store: { list: () => guards, set: async (next) => void (guards = next) },
    changes: {
      note: async (said) => void noted.push(said) as never,
      recover: async (id, action) => {
        recovered.push(`${id} ${action}`);
        return {} as ChangeRecord;
      },
      applyOwn: async ({ by, request, certain: sure }) => {
        expect(by).toBe('guard');
        await meanwhile();
        const asked = request();
        if (!asked) return null;
        certain.push(sure());
        applied.push(asked);
        return { state: 'applied', hosts: [], ...(await outcome()) } as unknown as ChangeRecord;
      },
    },
    interrupted: () => interrupted,
    ...{ readOnly, now: () => Date.now(), report: (error) => reported.push(error) },
    onChange: (statuses) => told.push(statuses),
  });
};
const ask = () => keeper.requests;
const states = () => keeper.list().map(({ state }) => state);
const stands = (...containers: Container[]) => {
  world = { engines: [engine({ id: 'e1' })], networks: [lan], containers };
};
const pass = async (ms = 0) => void (await vi.advanceTimersByTimeAsync(ms));
const delta = () =>
  keeper.onDelta({
    ...{ revision: 1, engineId: 'e1', networks: [], networksRemoved: [], containersRemoved: [] },
    containers: world.containers,
  });

const shows = async (...containers: Container[]) => {
  stands(...containers);
  delta();
  await pass();
};
const removed = (engineId: string, id: string) =>
  keeper.onDelta({
    ...{ revision: 1, engineId, networks: [], networksRemoved: [], containers: [] },
    containersRemoved: [id],
  });

beforeEach(() => {
  vi.useFakeTimers();
  [guards, applied, told, reported] = [[kept], [], [], []];
  [certain, interrupted, recovered, noted] = [[], [], [], []];
  meanwhile = async () => undefined;
  outcome = async () => {
    stands(web('two', '10.70.1.20'));
    return {};
  };
  stands(web('two'));
  open();
});
afterEach(async () => {
  await keeper.dispose();
  vi.useRealTimers();
  expect(reported).toEqual([]);
});

it('gives a new container back what is kept, once, and knows it from then on', async () => {
  delta();
  delta();
  await pass();
  expect(applied).toMatchObject([{ kind: 'restore', containerId: 'two' }]);
  expect(states()).toEqual(['kept']);
  expect(guards).toMatchObject([{ containerId: 'two' }]);
  expect(told.map(([one]) => one?.state)).toEqual(['restoring', 'kept', 'kept']);
});

it('tries again ever later what failed, and says why; a new container at once', async () => {
  outcome = () =>
    Promise.reject(
      new ProblemError(problem('address_in_use', { address: 'a', container: 'c', network: 'n', host: 'h' })),
    );
  delta();
  await pass();
  expect(keeper.list()).toMatchObject([{ state: 'failed', problem: { code: 'address_in_use' } }]);
  delta();
  await pass(900);
  expect(applied).toHaveLength(1);
  await pass(200);
  expect(applied).toHaveLength(2);
  await pass(1_500);
  expect(applied).toHaveLength(2);
  await pass(600);
  expect(applied).toHaveLength(3);
  await shows(web('three'));
  expect(applied).toHaveLength(4);
});

it('counts a change that was rolled back as failed', async () => {
  outcome = async () => ({
    state: 'rolled-back',
    hosts: [{ problem: problem('subnet_full', { subnet: 's', network: 'n' }) }] as never,
  });
  delta();
  await pass();
  expect(keeper.list()).toMatchObject([{ state: 'failed', problem: { code: 'subnet_full' } }]);
});

it('leaves alone what another hand has changed, until the admin decides', async () => {
  await shows(web('one'));
  expect([states(), applied]).toEqual([['asked'], []]);
});

it('keeps what is there where the admin says so, and stays where nothing is fixed', async () => {
  stands(web('one', '10.70.1.60'));
  await ask().decide('e1', kept.identity, 'adopt');
  expect(guards[0]?.attachments).toEqual([{ networkName: 'lan', ipv4: '10.70.1.60' }]);
  stands(web('one'));
  await expect(ask().decide('e1', kept.identity, 'adopt')).rejects.toMatchObject({
    problem: { code: 'guard_nothing' },
  });
  expect(guards[0]?.attachments).toEqual([{ networkName: 'lan', ipv4: '10.70.1.60' }]);
});

it('makes no change where all is right once it is its turn', async () => {
  meanwhile = async () => stands(web('two', '10.70.1.20'));
  delta();
  await pass();
  expect([states(), applied]).toEqual([['kept'], []]);
});

it('does not take for kept what its own change may take back yet, and tries again then', async () => {
  outcome = async () => {
    stands(web('two', '10.70.1.20'));
    delta();
    expect([states(), guards]).toEqual([['restoring'], [kept]]);
    stands(web('two'));
    throw new ProblemError(
      problem('address_in_use', { address: 'a', container: 'c', network: 'n', host: 'h' }),
    );
  };
  delta();
  await pass();
  expect([states(), guards]).toEqual([['failed'], [kept]]);
  outcome = async () => {
    stands(web('two', '10.70.1.20'));
    return {};
  };
  await pass(1_100);
  expect(states()).toEqual(['kept']);
});

it('leaves a container alone after three failures in the midst, which cut it off each time', async () => {
  const midst = problem('subnet_full', { subnet: 's', network: 'n' });
  outcome = () => Promise.reject(new ProblemError({ ...midst, params: { ...midst.params, rolledBack: 1 } }));
  delta();
  await pass(3_600_000);
  expect([states(), applied.length]).toEqual([['stuck'], 3]);
  await shows(web('three'));
  expect(applied).toHaveLength(4);
});

it('does not give back over and over what is not seen to be there', async () => {
  outcome = async () => ({});
  delta();
  await pass(10_000);
  expect([states(), applied.length]).toEqual([['failed'], 4]);
  expect(keeper.list()).toMatchObject([{ problem: { code: 'verify_failed' } }]);
  await shows(web('two', '10.70.1.20'));
  expect(states()).toEqual(['kept']);
});

it('asks the LAN who has the address, unless the container had it a moment ago', async () => {
  stands(web('one', '10.70.1.20'));
  delta();
  await shows(web('two'));
  stands();
  removed('e1', 'two');
  await pass(11_000);
  await shows(web('three'));
  expect(certain).toEqual([true, false]);
  open();
  await shows(web('four'));
  expect(certain).toEqual([true, false, false]);
});

it('tries at once again when somebody goes on another host', async () => {
  const refused = problem('address_in_use_elsewhere', {
    address: 'a',
    container: 'c',
    network: 'n',
    host: 'h',
  });
  outcome = () => Promise.reject(new ProblemError(refused));
  delta();
  await pass(40_000);
  const tries = applied.length;
  removed('e2', 'thief');
  await pass(1_100);
  expect(applied).toHaveLength(tries + 1);
});

it('finishes what a console before it was killed in', async () => {
  const of = (id: string, more: Partial<ChangeRecord>) =>
    ({ id, state: 'interrupted', hosts: [{ engineId: 'e1' }], ...more }) as unknown as ChangeRecord;
  interrupted = [of('a', { by: 'guard' }), of('b', {})];
  keeper.onOnline('e1');
  keeper.onOnline('e1');
  await pass();
  expect(recovered).toEqual(['a finish']);
});

it('is told by what is there where another hand has given it another address meanwhile', async () => {
  outcome = () => Promise.reject(new ProblemError(problem('subnet_full', { subnet: 's', network: 'n' })));
  delta();
  await pass();
  await shows(web('two', '10.70.1.60'));
  expect(states()).toEqual(['asked']);
});

describe('a change of this console', () => {
  const ended = (more: Partial<ChangeRecord> = {}, op: 'connect' | 'stop' = 'connect') => {
    const steps = [{ op, containerId: 'one', networkName: 'lan' }];
    keeper.onRecord({ state: 'applied', hosts: [{ engineId: 'e1', steps }], ...more } as ChangeRecord);
  };

  it('is kept from then on; where nothing is fixed any more the guard asks', async () => {
    stands(web('one', '10.70.1.77'));
    ended();
    await pass();
    expect(guards).toMatchObject([{ attachments: [{ ipv4: '10.70.1.77' }] }]);
    stands(web('one'));
    ended({ state: 'undone', by: 'command-line' });
    await pass();
    expect([guards[0]?.attachments[0]?.ipv4, states()]).toEqual(['10.70.1.77', ['asked']]);
  });

  it('counts for nothing where it was the guard’s own, or is not what anybody wanted', async () => {
    stands(web('one', '10.70.1.77'));
    ended({ by: 'guard' });
    ended({}, 'stop');
    ended({ state: 'rolled-back' });
    ended({ state: 'failed' });
    await pass();
    expect(guards).toEqual([kept]);
  });
});

it('does nothing in a console that only looks', async () => {
  open(true);
  delta();
  keeper.onOnline('e1');
  await pass(10_000);
  expect([states(), applied, guards]).toEqual([['waiting'], [], [kept]]);
});

it('says that there is nothing to guard, or no such container', async () => {
  stands(container({ id: 'bare', name: 'bare', detail }));
  await expect(ask().guard('e1', 'bare')).rejects.toMatchObject({
    problem: { code: 'guard_nothing' },
  });
  await expect(ask().guard('e1', 'gone')).rejects.toMatchObject({
    problem: { code: 'container_not_found' },
  });
});

it('puts down in the log what the admin says, and nothing that it does by itself', async () => {
  await shows(web('two', '10.70.1.60'));
  await ask().decide('e1', kept.identity, 'adopt');
  for (let times = 0; times < 2; times += 1) await ask().unguard('e1', kept.identity);
  await ask().guard('e1', 'two');
  expect(noted.map(({ what, guards: [only] }) => [what, only?.addresses])).toEqual(
    ['adopt', 'release', 'set'].map((what) => [what, ['10.70.1.60']]),
  );
});
