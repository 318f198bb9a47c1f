import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError, type Delta } from '../../../shared/model';
import { createConsoleEngine } from '../testing/console-engine';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';

const lan = network('n1', 'lan');
let deltas: Delta[];

const start = (engine: FakeEngine) => {
  deltas = [];
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  const reads: number[] = [];
  const onRead = (ms: number) => void reads.push(ms);
  return { ...createConsoleEngine(engine, (delta) => deltas.push(delta), report, onRead), reported, reads };
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);

describe('an engine session', () => {
  it('reads everything, then only what events speak of', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'), container('c2', 'db'));
    const { inventory } = start(engine);
    await settle();
    expect(inventory.engine('e1')?.state).toBe('online');
    expect(inventory.containers('e1')).toHaveLength(2);
    engine.calls.length = 0;
    engine.add(container('c1', 'web', { endpoints: [endpoint(lan, { ipv4: '10.70.1.60' })] }));
    engine.onEvent({ kind: 'attachment', action: 'connect', networkId: 'n1', containerId: 'c1' });
    engine.onEvent({ kind: 'attachment', action: 'connect', networkId: 'n1', containerId: 'c1' });
    await settle();
    expect(engine.calls).toEqual(['container c1']);
    expect(inventory.container('e1', 'c1')?.endpoints[0]?.ipv4).toBe('10.70.1.60');
    expect(deltas.at(-1)?.containers.map((each) => each.id)).toEqual(['c1']);
  });

  it('goes offline with its last data and the reason, and comes back in step', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    const { inventory } = start(engine);
    await settle();
    engine.before = () => Promise.reject(problem('engine_unreachable'));
    engine.endEvents(new Error('socket closed'));
    await settle();
    expect(inventory.engine('e1')).toMatchObject({ state: 'offline', problem: { code: 'internal' } });
    await settle(600);
    expect(inventory.engine('e1')?.problem).toMatchObject({
      code: 'engine_unreachable',
      retried: true,
      hint: expect.stringMatching(/The connection is tried again by itself\.$/) as string,
    });
    expect(inventory.containers('e1')).toHaveLength(1);
    engine.before = () => undefined;
    engine.containerMap.delete('c1');
    await settle(6_000);
    expect(inventory.engine('e1')).toMatchObject({ state: 'online', problem: undefined });
    expect(inventory.containers('e1')).toEqual([]);
  });

  it('has read all when a reading is over, also what was made while the lists were on their way', async () => {
    const engine = new FakeEngine().add(lan);
    const { inventory, session } = start(engine);
    await settle();
    engine.before = (call) => {
      if (call !== 'networks' || engine.networkMap.has('n2')) return;
      engine.add(network('n2', 'iot'));
      engine.onEvent({ kind: 'network', action: 'create', networkId: 'n2' });
    };
    // Not a millisecond goes by: what the event itself asks for comes later.
    await session.reader.resync(false);
    expect(inventory.networks('e1').map(({ name }) => name)).toEqual(['lan', 'iot']);
  });

  it('is not called online before it is known what is on it, be it at first or when it comes back', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    let answer = () => {};
    const slowly = (call: string) =>
      call === 'containers' ? new Promise<void>((resolve) => (answer = resolve)) : undefined;
    engine.before = slowly;
    const { inventory } = start(engine);
    await settle();
    expect(inventory.engine('e1')).toMatchObject({ state: 'connecting', version: '20.10.24' });
    answer();
    await settle();
    expect(inventory.engine('e1')?.state).toBe('online');
    const first = (found: (delta: Delta) => boolean) => deltas.findIndex(found);
    expect(first((each) => each.containers.length > 0)).toBeLessThanOrEqual(
      first((each) => each.engine?.state === 'online'),
    );

    engine.endEvents(new Error('socket closed'));
    await settle(1_000);
    expect(inventory.engine('e1')).toMatchObject({ state: 'offline', problem: { code: 'internal' } });
    answer();
    await settle();
    expect(inventory.engine('e1')).toMatchObject({ state: 'online', problem: undefined });
  });

  it('finds by its audit what emits no event', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web', { state: 'exited' }));
    const { inventory, reads } = start(engine);
    await settle();
    engine.before = async (call) => {
      if (call === 'containers') await settle(700);
    };
    engine.add(
      container('c1', 'web', {
        state: 'exited',
        endpoints: [endpoint(lan, { endpointId: '', pinned4: '10.70.1.60' })],
      }),
    );
    await settle(11_000);
    expect(inventory.container('e1', 'c1')?.endpoints[0]?.pinned4).toBe('10.70.1.60');
    expect(inventory.engine('e1')?.state).toBe('online');
    expect(reads.map((ms) => ms >= 700)).toEqual([false, true]);
  });

  it('stays online when one container can’t be inspected, and keeps what the list said of it', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'), container('c2', 'odd'));
    engine.before = (call) => {
      if (call === 'container c2') throw problem('engine_error');
    };
    const { inventory } = start(engine);
    await settle();
    expect(inventory.engine('e1')?.state).toBe('online');
    expect(inventory.container('e1', 'c2')?.name).toBe('odd');
  });

  it('is back within 3 s of being well where something answered, if oddly, however long it was silent before', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    engine.before = () => Promise.reject(problem('engine_unreachable'));
    const { inventory } = start(engine);
    await settle(30_000);
    // As one whose events alone are answered with status 101.
    const params = { context: 'odd_status', status: 101 };
    const odd = new ProblemError({ code: 'engine_error', message: 'odd', params });
    engine.before = (call) => (call === 'events' ? Promise.reject(odd) : undefined);
    const told = () => inventory.engine('e1')?.problem;
    for (let waited = 0; told()?.code !== 'engine_error' && waited < 6_000; waited += 100) await settle();
    expect(told()).toMatchObject({ params });
    engine.before = () => undefined;
    await settle(2_900);
    expect(inventory.engine('e1')).toMatchObject({ state: 'online', problem: undefined });
    // Nor is it asked all the time while it is odd.
    engine.before = (call) => (call === 'events' ? Promise.reject(odd) : undefined);
    engine.endEvents(new Error('cut off'));
    engine.calls.length = 0;
    await settle(60_000);
    expect(engine.calls.filter((call) => call === 'events').length).toBeLessThan(40);
    engine.before = () => undefined;
    await settle(2_900);
    expect(inventory.engine('e1')?.state).toBe('online');
  });

  it('says how many entries of the lists have no id, in one line, and takes it back', async () => {
    const engine = new FakeEngine().add(lan);
    engine.withoutId = 20_000;
    const { inventory, reported } = start(engine);
    await settle(25_000);
    expect(inventory.engine('e1')).toMatchObject({
      state: 'online',
      problem: { code: 'engine_error', params: { context: 'nameless', count: 20_000, host: 'atlas' } },
    });
    expect(reported).toEqual(['unix:///fake.sock: 20000 entries of its lists have no id']);
    engine.withoutId = 0;
    await settle(15_000);
    expect(inventory.engine('e1')).toMatchObject({ state: 'online', problem: undefined });
  });

  it('says nothing when nothing changed', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    start(engine);
    await settle();
    const before = deltas.length;
    engine.onEvent({ kind: 'container', action: 'update', containerId: 'c1' });
    await settle(11_000);
    expect(deltas).toHaveLength(before);
  });

  it('ends everything when disposed', async () => {
    const engine = new FakeEngine().add(container('c1', 'web'));
    const { session } = start(engine);
    await settle();
    session.dispose();
    expect(engine.calls).toContain('events disposed');
    expect(engine.calls).toContain('close');
    engine.calls.length = 0;
    await settle(60_000);
    expect(engine.calls).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
