import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptHelper } from '../../docker';
import { LeaseWatch } from './lease-watch';

const name = 'trunkline-dhcp-0';
const bound = '100 bound ip=10.70.1.203/24 server=10.70.1.1 router=10.70.1.1 lease=120';

/** One engine with a helper whose words the test says. */
function bench() {
  const engine = {
    connection: {},
    opened: 0,
    say: (_line: string): void => undefined,
    end: (): void => undefined,
    there: [{ name, made: null, ended: false }] as KeptHelper[] | Error,
    doubted: [] as string[],
  };
  const watch = new LeaseWatch({
    helpers: {
      keep: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      connection: () => engine.connection,
      list: () =>
        engine.there instanceof Error ? Promise.reject(engine.there) : Promise.resolve(engine.there),
      follow: (_engineId, _name, onLine, onEnd) => {
        Object.assign(engine, { opened: engine.opened + 1, say: onLine, end: onEnd });
        return { dispose: () => undefined };
      },
    },
    changed: () => undefined,
    doubted: (engineId, which) => engine.doubted.push(`${engineId} ${which}`),
  });
  return { engine, watch, state: () => watch.of('e1', name)?.state };
}

describe('the words of a helper that leases', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('are followed once by each connection', () => {
    const { engine, watch, state } = bench();
    watch.follow('e1', name);
    watch.follow('e1', name);
    engine.say(bound);
    expect([engine.opened, state()]).toEqual([1, 'bound']);
    engine.connection = {};
    watch.follow('e1', name);
    expect([engine.opened, state()]).toEqual([2, 'bound']);
    watch.dispose();
  });

  it('go on when its engine has started it again', async () => {
    const { engine, watch, state } = bench();
    watch.follow('e1', name);
    engine.say('130 waiting');
    engine.end();
    await vi.advanceTimersByTimeAsync(1_000);
    engine.say(bound);
    expect([engine.opened, state(), engine.doubted]).toEqual([2, 'bound', []]);
    watch.dispose();
  });

  it('are followed at once where an engine that did not answer is back by the same connection', async () => {
    const { engine, watch } = bench();
    watch.follow('e1', name);
    engine.there = new Error('away');
    engine.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(engine.opened).toBe(1);
    engine.there = [{ name, made: null, ended: false }];
    watch.follow('e1', name);
    expect(engine.opened).toBe(2);
    watch.dispose();
  });

  it.each<[string, KeptHelper[]]>([
    ['gone', []],
    ['ended for good', [{ name, made: null, ended: true }]],
  ])('of one that is %s are told no more, and it is put there anew', async (_how, there) => {
    const { engine, watch, state } = bench();
    watch.follow('e1', name);
    engine.say(bound);
    engine.there = there;
    engine.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([state(), engine.doubted]).toEqual([undefined, [`e1 ${name}`]]);
    watch.dispose();
  });
});
