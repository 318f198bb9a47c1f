import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Container, Delta } from '../../../shared/model';
import { createConsoleEngine } from '../testing/console-engine';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';

/** What engines do to a console that reads them: too much at once, out of order, too slowly, or wrongly. */
const lan = network('n1', 'lan');
let deltas: Delta[];
const start = (engine: FakeEngine) => {
  deltas = [];
  return createConsoleEngine(engine, (delta) => deltas.push(delta));
};
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const changed = (id: string) => ({ kind: 'container', action: 'update', containerId: id }) as const;
const count = (engine: FakeEngine, call: RegExp) => engine.calls.filter((each) => call.test(each)).length;

describe('a storm of events', () => {
  it('reads each container once a second, however many events speak of it, and what it reads last is true', async () => {
    const engine = new FakeEngine().add(lan);
    for (let n = 0; n < 100; n++) engine.add(container(`c${n}`, `c${n}`));
    const { inventory } = start(engine);
    await settle();
    engine.calls.length = 0;
    // Ten seconds with a thousand events each.
    for (let turn = 0; turn < 1_000; turn++) {
      for (let n = 0; n < 10; n++) {
        const id = `c${(turn * 10 + n) % 100}`;
        engine.add(container(id, id, { labels: { turn: String(turn) } }));
        engine.onEvent(changed(id));
      }
      await settle(10);
    }
    await settle(2_000);
    // A hundred a second, and what was left of the budget when it began.
    expect(count(engine, /^container /)).toBeLessThan(100 * 11 + 300);
    expect(count(engine, /^containers$/)).toBeLessThan(20);
    for (const each of inventory.containers('e1'))
      expect(each.labels).toEqual(engine.containerMap.get(each.id)?.labels);
  });

  it('follows a container that restarts in a loop at a measured pace, and shows how it ended', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'loop'), container('c2', 'calm'));
    const { inventory } = start(engine);
    await settle();
    engine.calls.length = 0;
    const states: Container['state'][] = ['restarting', 'running', 'exited'];
    for (let turn = 0; turn < 3_000; turn++) {
      engine.add(container('c1', 'loop', { state: states[turn % 3] ?? 'running' }));
      engine.onEvent(changed('c1'));
      await settle(10);
    }
    engine.add(container('c1', 'loop', { state: 'restarting' }));
    engine.onEvent(changed('c1'));
    await settle(1_500);
    expect(inventory.container('e1', 'c1')?.state).toBe('restarting');
    expect(count(engine, /^container c1$/)).toBeLessThan(30 * 20 + 250);
    expect(count(engine, /^container c2$/)).toBe(0);
  });

  it('does not pile up questions to an engine that takes two seconds for each', async () => {
    let asked = 0;
    let most = 0;
    const engine = new FakeEngine().add(lan);
    for (let n = 0; n < 30; n++) engine.add(container(`c${n}`, `c${n}`));
    engine.before = async () => {
      most = Math.max(most, ++asked);
      await pause(2_000);
      asked -= 1;
    };
    const { inventory } = start(engine);
    await settle(20_000);
    for (let turn = 0; turn < 600; turn++) {
      engine.onEvent(changed(`c${turn % 30}`));
      if (turn % 100 === 0) engine.onEvent({ kind: 'daemon', action: 'reload' });
      await settle(100);
    }
    expect(deltas.some((delta) => delta.engine?.state === 'offline')).toBe(false);
    expect(inventory.engine('e1')?.state).toBe('online');
    // Eight of the audit's, eight of the events', lists, a ping and the engine's own facts.
    expect(most).toBeLessThanOrEqual(8 + 8 + 2 + 1 + 1);
  });
});

describe('answers that were overtaken', () => {
  it('a list from before a container was made does not take it away', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    const { inventory } = start(engine);
    await settle();
    let release: () => void = () => undefined;
    const { containers } = engine;
    engine.containers = async () => {
      const list = await containers.call(engine);
      await new Promise<void>((resolve) => (release = resolve));
      return list;
    };
    await settle(10_000);
    engine.add(container('c2', 'new'), network('n2', 'new-lan'));
    engine.networkMap.delete('n1');
    engine.onEvent({ kind: 'network', action: 'destroy', networkId: 'n1' });
    engine.onEvent({ kind: 'network', action: 'create', networkId: 'n2' });
    engine.onEvent({ kind: 'container', action: 'create', containerId: 'c2' });
    await settle();
    expect(inventory.container('e1', 'c2')?.name).toBe('new');
    release();
    await settle();
    expect(inventory.container('e1', 'c2')?.name).toBe('new');
    expect(inventory.networks('e1').map((each) => each.name)).toEqual(['new-lan']);
  });

  it('an inspect from before its end does not bring a container back', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    const { inventory } = start(engine);
    await settle();
    const { container: inspect } = engine;
    engine.container = async (id) => {
      const answer = await inspect.call(engine, id);
      await pause(1_000);
      return answer;
    };
    engine.onEvent(changed('c1'));
    await settle(500);
    engine.containerMap.delete('c1');
    engine.onEvent({ kind: 'container', action: 'destroy', containerId: 'c1' });
    await settle(2_000);
    expect(inventory.containers('e1')).toEqual([]);
  });

  it('the audit finds a change that was taken back without an event', async () => {
    const bare = container('c1', 'web', { state: 'exited' });
    const engine = new FakeEngine().add(lan, bare);
    const { inventory } = start(engine);
    await settle();
    engine.add(container('c1', 'web', { state: 'exited', endpoints: [endpoint(lan)] }));
    engine.onEvent({ kind: 'attachment', action: 'connect', networkId: 'n1', containerId: 'c1' });
    await settle();
    expect(inventory.container('e1', 'c1')?.endpoints).toHaveLength(1);
    // The list says what it said at the last audit: only what was read in between differs.
    engine.add(bare);
    await settle(11_000);
    expect(inventory.container('e1', 'c1')?.endpoints).toEqual([]);
  });
});

describe('one container that can’t be read', () => {
  it('hangs: the engine stays online, the others are read, and the admin is told which it is', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'hung'), container('c2', 'web'));
    let hung = true;
    engine.before = async (call) => {
      if (call !== 'container c1' || !hung) return;
      await pause(15_000);
      throw problem('engine_timeout');
    };
    const { inventory } = start(engine);
    await settle(60_000);
    expect(deltas.some((delta) => delta.engine?.state === 'offline')).toBe(false);
    expect(inventory.containers('e1').map((each) => each.name)).toEqual(['hung', 'web']);
    expect(inventory.engine('e1')?.problem).toMatchObject({
      code: 'engine_error',
      params: { context: 'partly', count: 1, names: 'hung', host: 'atlas' },
    });
    hung = false;
    await settle(30_000);
    expect(inventory.engine('e1')).toMatchObject({ state: 'online', problem: undefined });
  });

  it('is asked for again also when it could be read before', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    const { inventory, session } = start(engine);
    await settle(11_000);
    engine.before = (call) => {
      if (call === 'container c1') throw problem('engine_error');
    };
    await session.reader.resync(true);
    expect(inventory.engine('e1')?.problem?.params).toMatchObject({ names: 'web' });
    engine.before = () => undefined;
    await settle(11_000);
    expect(inventory.engine('e1')?.problem).toBeUndefined();
  });

  it('is asked for again at each audit, and reported once', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'odd'), container('c2', 'web'));
    engine.before = (call) => {
      if (call === 'container c1') throw new TypeError('a defect of ours');
    };
    const reported: unknown[] = [];
    const { inventory } = createConsoleEngine(
      engine,
      () => undefined,
      (error) => reported.push(error),
    );
    await settle(45_000);
    expect(inventory.engine('e1')?.state).toBe('online');
    expect(count(engine, /^container c1$/)).toBeGreaterThanOrEqual(4);
    expect(count(engine, /^container c2$/)).toBe(1);
    expect(reported).toHaveLength(1);
  });

  it('is one line a reading, however many there are', async () => {
    const engine = new FakeEngine().add(lan);
    for (let n = 0; n < 300; n++) engine.add(container(`c${n}`, `c${n}`));
    engine.before = (call) => {
      if (call.startsWith('container ')) throw new TypeError('page not found');
    };
    const reported: unknown[] = [];
    const { inventory } = createConsoleEngine(
      engine,
      () => undefined,
      (error) => reported.push(error),
    );
    await settle(5_000);
    expect(inventory.engine('e1')).toMatchObject({ state: 'online', problem: { params: { count: 300 } } });
    expect(reported).toEqual([
      expect.stringMatching(/: 300 could not be read; the first: c0: page not found$/),
    ]);
  });
});

describe('an engine that comes and goes', () => {
  it('is given longer and longer pauses while it is lost again and again at once', async () => {
    const engine = new FakeEngine().add(lan, container('c1', 'web'));
    engine.before = (call) => {
      if (call === 'container c1') engine.endEvents(new Error('garbage'));
    };
    const { inventory } = start(engine);
    await settle(60_000);
    // 0.5, 1, 2, 4 and then every 5 seconds.
    expect(count(engine, /^facts$/)).toBeLessThan(20);
    engine.before = () => undefined;
    await settle(6_000);
    expect(inventory.engine('e1')?.state).toBe('online');
  });

  it('that goes silent while it is read is lost by its ping, and is asked nothing more', async () => {
    const engine = new FakeEngine().add(lan);
    for (let n = 0; n < 100; n++) engine.add(container(`c${n}`, `c${n}`));
    let silent = true;
    engine.before = async (call) => {
      if (!silent || !/^(container |ping|facts)/.test(call) || engine.calls.length < 4) return;
      await pause(call === 'ping' ? 4_000 : 15_000);
      throw problem('engine_timeout');
    };
    const { inventory } = start(engine);
    await settle(8_000);
    expect(inventory.engine('e1')).toMatchObject({
      state: 'offline',
      problem: { code: 'engine_timeout', params: { context: 'silent', host: 'atlas' } },
    });
    await settle(30_000);
    expect(count(engine, /^container /)).toBe(8);
    silent = false;
    await settle(25_000);
    expect(inventory.engine('e1')?.state).toBe('online');
    expect(count(engine, /^container /)).toBe(108);
  });
});
