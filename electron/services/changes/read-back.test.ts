import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest, Network, Step } from '../../../shared/model';
import { CONTAINER_GONE, LEFT_UNREAD, NETWORK_GONE } from '../../../shared/rules';
import { problem as textOf } from '../../../shared/texts';
import type { ChangeBench } from '../testing/change-bench';
import { refusal } from '../testing/change-bench';
import { container, problem } from '../testing/fake-engine';
import { newRun, RunJournal } from '../storage/journal';
import { doSteps } from './run';
import { StepRunner } from './step-runner';
import { attach, c1, home, move, openWebOnDmz, readdress } from '../testing/web-on-dmz';

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openWebOnDmz();
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

/** How it ends: the problem, and the state and exceptions of its record. */
async function ended(request: ChangeRequest) {
  const { changes, log } = await bench.start();
  const { id } = await changes.preview(request);
  const refused = (await refusal(changes.apply(id))) as ReturnType<typeof textOf> | null;
  const { state, exceptions } = log.list()[0] ?? {};
  const { code, params = {} } = refused ?? {};
  return {
    code,
    context: params.context,
    rolledBack: params.rolledBack,
    state,
    exceptions,
    message: refused?.message,
  };
}
const on = () => bench.engine.containerMap.get('c1')?.endpoints.map(({ networkName }) => networkName);

describe('what was done is read back before it is said', () => {
  it('a network that is still there was not removed', async () => {
    bench.engine.removeNetwork = () => Promise.resolve();
    expect(await ended({ kind: 'remove-network', engineId: 'e1', networkId: 'n1' })).toMatchObject({
      ...{ code: 'verify_failed', context: 'network_stays', rolledBack: 1, state: 'rolled-back' },
    });
  });

  const spec = {
    ...{ name: 'lan3', driver: 'macvlan' as const, parent: 'eth3', mode: 'bridge', subnet: '10.70.3.0/24' },
    ...{ gateway: '10.70.3.1', ipRange: '10.70.3.64/26', exclusions: [], internal: false },
  };
  const pool = { subnet: '10.70.3.0/24', gateway: '10.70.3.1', ipRange: '10.70.3.64/26', exclusions: {} };
  const { ipRange: _range, ...noRange } = pool;
  const { gateway: _gateway, ...noGateway } = pool;
  it.each<[string, Partial<Network>]>([
    ['another subnet', { subnets: [{ ...pool, subnet: '10.70.9.0/24' }] }],
    ['no range', { subnets: [noRange] }],
    ['no gateway', { subnets: [noGateway] }],
    ['another mode', { mode: 'private' }],
  ])('a network that was made with %s was not made, and goes again', async (_what, otherwise) => {
    const real = bench.engine.createNetwork.bind(bench.engine);
    bench.engine.createNetwork = async (asked) => {
      const id = await real(asked);
      bench.engine.networkMap.set(id, { ...bench.engine.networkMap.get(id)!, ...otherwise });
      return id;
    };
    expect(await ended({ kind: 'create-network', engineId: 'e1', spec })).toMatchObject({
      ...{ code: 'verify_failed', context: 'network_other', rolledBack: 1, state: 'rolled-back' },
    });
    expect([...bench.engine.networkMap.keys()]).toEqual(['n1', 'n2']);
  });
});

it('an address that a result tells was read back, also where the inventory lags behind', async () => {
  bench.rereads = false;
  const { changes } = await bench.start();
  const { id } = await changes.preview(readdress);
  expect((await changes.apply(id)).hosts).toMatchObject([{ state: 'done', ipv4: '10.70.2.61' }]);
  expect(bench.shown().containers[0]?.endpoints[0]?.ipv4).toBe('10.70.2.9');
});

describe('what could not be read', () => {
  /** The nth look at what the change touches fails. */
  const unreadAt = (nth: number) => {
    const real = bench.engine.picture.bind(bench.engine);
    let looks = 0;
    bench.engine.picture = (subject) => {
      looks += 1;
      return looks === nth ? Promise.reject(problem('engine_timeout')) : real(subject);
    };
  };
  const web = { container: 'web', network: 'lan', before: '', after: '' };
  it.each([
    ['before a change is not called as before by its undo', 1, ''],
    ['after a change may be another hand’s work that its undo took away', 2, LEFT_UNREAD],
  ])('%s', async (_what, nth, field) => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(attach);
    unreadAt(nth);
    await changes.apply(id);
    await bench.flush();
    const { changes: later } = await bench.start();
    const { state, exceptions } = await later.undo(id);
    expect([state, exceptions]).toEqual(['undone', [{ ...web, field }]]);
  });

  it('and is gone by now is said to be gone, and no more', async () => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(move);
    unreadAt(3);
    await changes.apply(id);
    await bench.engine.disconnect('n1', 'c1');
    bench.engine.networkMap.delete('n1');
    const { state, exceptions } = await changes.undo(id);
    const gone = { network: 'lan', before: '', after: '', field: NETWORK_GONE };
    expect([state, exceptions]).toEqual(['undone', [gone]]);
  });
});

describe('a container that was to be started', () => {
  const started = (at: number) => ({ startedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() });
  const names = { containerId: 'c1', containerName: 'web' };
  const again: Step[] = [
    { op: 'stop', ...names },
    { op: 'start', ...names },
  ];
  const outcome = (steps: Step[]) => {
    const journal = new RunJournal('', newRun('apply', '', [{ engineId: 'e1', engineName: 'e1', steps }]));
    const context = { client: () => bench.engine, onPhase: () => undefined, patienceMs: 0 };
    return doSteps(new StepRunner(context, journal, 0));
  };
  const put = (more: object, at: number) => {
    const web = bench.engine.containerMap.get('c1')!;
    bench.engine.containerMap.set('c1', { ...web, ...more, detail: { ...web.detail!, ...started(at) } });
  };

  it('and was not, does not end as done', async () => {
    put({}, 1);
    bench.engine.start = () => Promise.resolve();
    const found = await outcome(again);
    expect(found).toMatchObject({
      ...{ ok: false, rolledBack: false },
      problem: { code: 'rollback_failed', message: expect.stringContaining('web was not started') as string },
    });
  });

  it('and has ended by itself since, was started', async () => {
    put({}, 1);
    bench.engine.start = async () => put({ state: 'exited' }, 2);
    expect(await outcome(again)).toMatchObject({ ok: true });
  });

  it('and has ended by itself since, was started by a call that nobody answered, too', async () => {
    put({}, 1);
    bench.engine.start = async () => {
      put({ state: 'exited' }, 2);
      throw problem('engine_unreachable');
    };
    expect(await outcome(again)).toMatchObject({ ok: true });
  });

  it('is not said to be stopped while it runs', async () => {
    bench.engine.stop = () => Promise.resolve();
    expect(await outcome(again)).toMatchObject({
      ...{ ok: false, rolledBack: true },
      problem: { code: 'verify_failed', params: { context: 'not_stopped' } },
    });
  });
});

describe('what was taken back is read back as well', () => {
  it('is not said to be so where the engine did nothing', async () => {
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = async (to, id, wanted) => {
      await real(to, id, wanted);
      const who = bench.engine.containerMap.get(id)!;
      bench.engine.add({ ...who, endpoints: who.endpoints.map((each) => ({ ...each, ipv4: '10.70.1.77' })) });
    };
    bench.engine.disconnect = () => Promise.resolve();
    const found = await ended(attach);
    expect(found).toMatchObject({ code: 'rollback_failed', rolledBack: 0, state: 'failed' });
    expect(found.message).toContain('still on lan');
  });

  it('is not said to be as before where it came back with another automatic address', async () => {
    const { pinned4: _pin, ...automatic } = home;
    bench.engine.add(container('c1', 'web', { endpoints: [automatic] }));
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = (to, who, wanted) => {
      if (wanted.ipv4) throw problem('address_in_use');
      return real(to, who, { ipv4: '10.70.2.200' });
    };
    const found = await ended(readdress);
    expect(found).toMatchObject({ code: 'address_in_use', rolledBack: 2, state: 'rolled-back' });
    expect(found.exceptions).toContainEqual(
      expect.objectContaining({ container: 'web', field: 'IPAddress', after: '10.70.2.200' }),
    );
  });

  it('is as before where it is', async () => {
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = (to, ...how) => {
      if (to === 'n1') throw problem('address_in_use');
      return real(to, ...how);
    };
    expect(await ended(move)).toMatchObject({ rolledBack: 1, state: 'rolled-back', exceptions: undefined });
  });

  it('is so but for a container that another hand has removed', async () => {
    bench.engine.before = (call) => {
      if (!call.startsWith('connect n1')) return;
      bench.engine.containerMap.delete('c1');
      throw problem('address_in_use');
    };
    expect(await ended(move)).toMatchObject({
      ...{ code: 'address_in_use', rolledBack: 2, state: 'rolled-back' },
      exceptions: [{ container: 'web', field: CONTAINER_GONE }],
    });
  });

  /** Another hand removes its network when the container is about to be attached anew, which fails then. */
  const failing = (call: string, hand: () => void) => {
    bench.engine.before = (now) => {
      if (!now.startsWith(call)) return;
      bench.engine.before = () => undefined;
      hand();
      throw problem('address_in_use');
    };
  };
  const dmzGone = () => void bench.engine.networkMap.delete('n2');

  it('is so but for a network that another hand has removed', async () => {
    failing('connect n2', dmzGone);
    expect(await ended(readdress)).toMatchObject({
      ...{ code: 'address_in_use', rolledBack: 2, state: 'rolled-back' },
      exceptions: [{ network: 'dmz', container: 'web', field: NETWORK_GONE }],
    });
    expect(on()).toEqual([]);
  });

  it('is not, where the container would be taken off the network that it has by then', async () => {
    bench.rivals = () => {
      dmzGone();
      return Promise.resolve([{ address: '10.70.1.60', macs: ['02:00:00:00:00:09'] }]);
    };
    const found = await ended(move);
    expect(found).toMatchObject({ code: 'rollback_failed', rolledBack: 0, state: 'failed' });
    expect(found.message).toContain('can’t get back onto it');
    expect(on()).toEqual(['lan']);
  });

  it.each(['before it is given back', 'when it has just been'])(
    'says nothing of the address of a container that is gone: %s',
    async (when) => {
      const runner = new StepRunner(
        { client: () => bench.engine, onPhase: () => undefined, patienceMs: 0 },
        new RunJournal(
          '',
          newRun('apply', '', [
            {
              ...{ engineId: 'e1', engineName: 'e1' },
              steps: [
                {
                  op: 'disconnect',
                  containerId: 'c1',
                  containerName: 'web',
                  networkId: 'n2',
                  networkName: 'dmz',
                },
                { op: 'remove-network', networkId: 'n9', networkName: 'none' },
              ],
            },
          ]),
        ),
        0,
      );
      let asked = 0;
      const found = await doSteps(runner, undefined, () => {
        asked += 1;
        if (when.startsWith('when') && asked === 1) return Promise.resolve(null);
        bench.engine.containerMap.delete('c1');
        const params = { address: '10.70.2.9', container: 'db', host: 'e2' };
        return Promise.resolve(textOf('address_in_use_elsewhere', params as never));
      });
      expect(found).toMatchObject({ rolledBack: true, problem: { code: 'network_not_found' } });
    },
  );
});

describe('an undo that failed', () => {
  it('leaves the change standing, and says what shows otherwise', async () => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview({ kind: 'readdress', ...c1, networkId: 'n2', ipv4: '' });
    await changes.apply(id);
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = (to, who, wanted) => {
      if (wanted.ipv4) throw problem('address_in_use');
      return real(to, who, { ipv4: '10.70.2.200' });
    };
    const refused = (await refusal(changes.undo(id))) as ReturnType<typeof textOf>;
    expect(refused.params).toMatchObject({ rolledBack: 2 });
    expect(log.list()[0]).toMatchObject({
      state: 'applied',
      exceptions: expect.arrayContaining([expect.objectContaining({ after: '10.70.2.200' })]) as [],
    });
    expect(on()).toEqual(['dmz']);
  });
});
