import { describe, expect, it } from 'vitest';
import { ProblemError, type Step } from '../../../shared/model';
import { hostless } from '../../../shared/texts';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';
import { runSteps } from '../testing/unjournaled';

const lan = network('n1', 'lan');
const dmz = network('n2', 'dmz', { subnets: [{ subnet: '10.70.2.0/24', exclusions: {} }], parent: 'eth2' });
const names = { containerId: 'c1', containerName: 'web' };
const connect = (ipv4?: string, to = lan): Step => ({
  op: 'connect',
  ...names,
  networkId: to.id,
  networkName: to.name,
  endpoint: ipv4 ? { ipv4 } : {},
});
const disconnect = (from = lan): Step => ({
  op: 'disconnect',
  ...names,
  networkId: from.id,
  networkName: from.name,
});
const engineWith = (...endpoints: ReturnType<typeof endpoint>[]) =>
  new FakeEngine().add(lan, dmz, container('c1', 'web', { endpoints }));
const run = (engine: FakeEngine, steps: Step[]) => runSteps(engine, steps, () => undefined, 0);

const unknownWords = () =>
  new ProblemError({ code: 'engine_error', message: 'boom', params: { status: 500 } });

describe('running steps', () => {
  it('gives what takes each step back, last first', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9', aliases: ['www'] }));
    const outcome = await run(engine, [disconnect(dmz), connect('10.70.1.60')]);
    expect(outcome).toMatchObject({
      ok: true,
      inverse: [
        { op: 'disconnect', networkId: 'n1' },
        { op: 'connect', networkId: 'n2', endpoint: { ipv4: '10.70.2.9', aliases: ['www'] } },
      ],
    });
  });

  it('puts back what it did when a later step fails', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
    const before = structuredClone([...engine.containerMap]);
    engine.before = (call) => {
      if (call.startsWith('connect n1')) throw problem('address_in_use');
    };
    const outcome = await run(engine, [disconnect(dmz), connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'address_in_use' } });
    expect([...engine.containerMap]).toEqual(before);
  });

  it('goes by the engine itself where that says in unknown words that it failed, after it has done it', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
    for (const name of ['connect', 'disconnect', 'removeNetwork'] as const) {
      const real = engine[name].bind(engine) as (...args: unknown[]) => Promise<unknown>;
      engine[name] = (async (...args: unknown[]) => {
        await real(...args);
        throw unknownWords();
      }) as never;
    }
    const remove: Step = { op: 'remove-network', networkId: dmz.id, networkName: dmz.name };
    expect(await run(engine, [disconnect(dmz), connect('10.70.1.60'), remove])).toMatchObject({
      ok: true,
      inverse: [{ op: 'restore-network' }, { op: 'disconnect' }, { op: 'connect', networkId: 'n2' }],
    });
    expect(engine.containerMap.get('c1')?.endpoints).toMatchObject([{ networkId: 'n1' }]);
  });

  it('takes back what was done before a step that fails in unknown words, and was not done', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
    const before = structuredClone([...engine.containerMap]);
    engine.before = (call) => {
      if (call.startsWith('connect n1')) throw unknownWords();
    };
    const outcome = await run(engine, [disconnect(dmz), connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'engine_error' } });
    expect([...engine.containerMap]).toEqual(before);
  });

  it('says so when putting back fails too', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
    engine.before = (call) => {
      if (call.startsWith('connect')) throw problem('engine_unreachable', 'gone');
    };
    const outcome = await run(engine, [disconnect(dmz), connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: false, problem: { code: 'rollback_failed' } });
  });

  it('rolls back when the engine shows another address than was asked for', async () => {
    const engine = engineWith();
    const real = engine.connect.bind(engine);
    engine.connect = async (net, id, wanted) => {
      await real(net, id, wanted);
      const who = engine.containerMap.get(id)!;
      engine.add({ ...who, endpoints: who.endpoints.map((each) => ({ ...each, ipv4: '10.70.1.99' })) });
    };
    const outcome = await run(engine, [connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'verify_failed' } });
    expect(engine.containerMap.get('c1')?.endpoints).toEqual([]);
  });

  it('clears the phantom of a failed live connect by a good connect and a disconnect', async () => {
    const engine = engineWith();
    engine.before = (call) => {
      if (call !== 'connect n1 c1 10.70.1.60') return;
      engine.add(container('c1', 'web', { endpoints: [endpoint(lan, { endpointId: '' })] }));
      throw problem('address_in_use');
    };
    const outcome = await run(engine, [connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: true });
    expect(engine.calls.filter((call) => /^(dis)?connect/.test(call))).toEqual([
      'connect n1 c1 10.70.1.60',
      'connect n1 c1 automatic',
      'disconnect n1 c1',
    ]);
    expect(engine.containerMap.get('c1')?.endpoints).toEqual([]);
  });

  describe('where the network’s interface can’t be used', () => {
    const busy = (...endpoints: ReturnType<typeof endpoint>[]) => {
      const engine = engineWith(...endpoints);
      engine.unusable.add('eth1');
      return engine;
    };
    const entries = (engine: FakeEngine) =>
      engine.containerMap
        .get('c1')
        ?.endpoints.map((each) => `${each.networkName} ${each.leftover ? 'left' : 'good'}`);

    it('promises no cure by a stop for a container that the engine removes then', async () => {
      const engine = busy();
      const web = engine.containerMap.get('c1')!;
      engine.containerMap.set('c1', { ...web, detail: { ...web.detail!, autoRemove: true } });
      const outcome = await run(engine, [connect('10.70.1.60')]);
      expect(outcome).toMatchObject({
        ...{ ok: false, rolledBack: false },
        problem: { code: 'rollback_failed', params: { context: 'leftover_rm', container: 'web' } },
      });
      expect(!outcome.ok && outcome.problem.hint).not.toContain('starts it again');
    });

    it('never says “rolled back” while what the engine keeps of it is there, and names the remedy', async () => {
      const engine = busy();
      const outcome = await run(engine, [connect('10.70.1.60')]);
      expect(outcome).toMatchObject({
        ok: false,
        rolledBack: false,
        problem: {
          code: 'rollback_failed',
          params: { context: 'leftover', container: 'web', network: 'lan' },
        },
      });
      expect(entries(engine)).toEqual(['lan left']);
      // What can't help is not tried: the engine would refuse both.
      expect(engine.calls.filter((call) => /^(dis)?connect/.test(call))).toEqual([
        'connect n1 c1 10.70.1.60',
      ]);
    });

    it('still puts back what it took away before', async () => {
      const engine = busy(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
      const outcome = await run(engine, [disconnect(dmz), connect('10.70.1.60')]);
      expect(outcome).toMatchObject({ ok: false, rolledBack: false, problem: { code: 'rollback_failed' } });
      expect(entries(engine)?.sort()).toEqual(['dmz good', 'lan left']);
    });

    it('is cleared by stop, disconnect, start, for good', async () => {
      const engine = busy();
      await run(engine, [connect('10.70.1.60')]);
      const outcome = await run(engine, [
        { op: 'stop', ...names },
        { ...disconnect(), leftover: true } as Step,
        { op: 'start', ...names },
      ]);
      expect(outcome).toMatchObject({ ok: true, inverse: null });
      expect(engine.containerMap.get('c1')).toMatchObject({ state: 'running', endpoints: [] });
    });
  });

  it('sends nothing to a container that restarts again and again', async () => {
    const engine = engineWith().add(container('c1', 'web', { state: 'restarting' }));
    const outcome = await run(engine, [connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'container_restarting' } });
    expect(engine.calls.filter((call) => /^(dis)?connect/.test(call))).toEqual([]);
  });

  it('starts again on the way back what it had stopped', async () => {
    const engine = engineWith().add(container('c1', 'web', { state: 'restarting' }));
    const outcome = await run(engine, [{ op: 'stop', ...names }, connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: true, inverse: [{ op: 'disconnect' }, { op: 'start' }] });
    expect(engine.containerMap.get('c1')?.state).toBe('exited');
  });

  it('tells by its name a container that goes before what was done is read back', async () => {
    const engine = engineWith();
    engine.before = (call) => {
      if (call === 'container c1' && engine.containerMap.get('c1')?.endpoints.length)
        engine.containerMap.delete('c1');
      if (call.includes('c1') && !engine.containerMap.has('c1'))
        throw new ProblemError(hostless('container_not_found', { container: '7006f77e311d' }));
    };
    const outcome = await run(engine, [connect('10.70.1.60')]);
    expect(outcome).toMatchObject({
      ...{ ok: false, problem: { message: expect.stringContaining('container web') as string } },
    });
    expect(JSON.stringify(outcome)).not.toContain('7006f77e311d');
  });

  it('takes away what Podman left of a connect that it was killed in, without which it can’t be read', async () => {
    const engine = engineWith();
    let half = false;
    engine.connect = () => {
      half = true;
      return Promise.reject(problem('engine_unreachable'));
    };
    const real = engine.disconnect.bind(engine);
    engine.disconnect = async (...args) => {
      half = false;
      await real(...args);
    };
    engine.before = (call) => {
      if (half && call === 'container c1')
        throw new ProblemError(hostless('engine_error', { context: 'half_attached', container: 'c1' }));
    };
    const outcome = await run(engine, [connect('10.70.1.60')]);
    expect([half, outcome]).toMatchObject([false, { ok: false, rolledBack: true }]);
    expect(engine.calls).toContain('disconnect n1 c1');
  });

  it('can make a removed network again', async () => {
    const engine = engineWith();
    const outcome = await run(engine, [{ op: 'remove-network', networkId: 'n1', networkName: 'lan' }]);
    expect(outcome).toMatchObject({
      ok: true,
      inverse: [
        {
          op: 'restore-network',
          form: { name: 'lan', driver: 'macvlan', subnets: [{ ipRange: '10.70.1.32/27' }] },
        },
      ],
    });
  });

  it('knows that a network can’t be made again while another has its name', async () => {
    const engine = engineWith().add({ ...lan, id: 'n3' });
    const outcome = await run(engine, [{ op: 'remove-network', networkId: 'n1', networkName: 'lan' }]);
    expect(outcome).toMatchObject({ ok: true, inverse: null });
  });

  it('tells by its name what is gone', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
    engine.networkMap.delete('n1');
    const missing = await run(engine, [{ op: 'remove-network', networkId: 'n1', networkName: 'lan' }]);
    expect(missing).toMatchObject({ problem: { code: 'network_not_found', params: { network: 'lan' } } });
  });

  it('takes nothing back of a container that is gone, and tells what failed first', async () => {
    const engine = engineWith(endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }));
    engine.before = (call) => {
      if (!call.startsWith('connect n1')) return;
      engine.containerMap.delete('c1');
      throw problem('address_in_use');
    };
    const outcome = await run(engine, [disconnect(dmz), connect('10.70.1.60')]);
    expect(outcome).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'address_in_use' } });
  });

  it.each([[['c1', 'c2']], [['c2', 'c1']]])(
    'gives the others back what was theirs where one is gone: %j',
    async (order) => {
      const on = endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' });
      const db = container('c2', 'db', { endpoints: [{ ...on, ipv4: '10.70.2.10', pinned4: '10.70.2.10' }] });
      const engine = engineWith(on).add(db);
      const off = order.map((id) => ({ ...disconnect(dmz), containerId: id, containerName: id }) as Step);
      engine.before = (call) => {
        if (!call.startsWith('connect n1')) return;
        engine.containerMap.delete('c1');
        throw problem('address_in_use');
      };
      const outcome = await run(engine, [...off, connect('10.70.1.60')]);
      expect(outcome).toMatchObject({ rolledBack: true, problem: { code: 'address_in_use' } });
      expect(engine.containerMap.get('c2')?.endpoints).toMatchObject([{ pinned4: '10.70.2.10' }]);
    },
  );

  it('says of one that is gone no more than that where others could not be put back either', async () => {
    const on = endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' });
    const engine = engineWith(on).add(container('c2', 'db', { endpoints: [on] }));
    const off = ['c2', 'c1'].map(
      (id) => ({ ...disconnect(dmz), containerId: id, containerName: id }) as Step,
    );
    engine.before = (call) => {
      if (!call.startsWith('connect')) return;
      engine.containerMap.delete('c1');
      throw problem('address_in_use');
    };
    const outcome = await run(engine, [...off, connect('10.70.1.60')]);
    expect(outcome).toMatchObject({
      ...{ ok: false, rolledBack: false },
      problem: { params: { context: 'both' }, hint: expect.stringContaining('by hand') as string },
    });
  });

  it('knows what it can’t make again', async () => {
    // 29 keeps the subnets of a config-only network to itself.
    const settings = network('n3', 'cfg', { kind: 'null', driver: 'null', configOnly: true });
    const engine = engineWith().add({ ...settings, ipv4: true, subnets: [] });
    const outcome = await run(engine, [{ op: 'remove-network', networkId: 'n3', networkName: 'cfg' }]);
    expect(outcome).toMatchObject({ ok: true, inverse: null });
  });
});
