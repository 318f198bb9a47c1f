import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeBench } from '../testing/change-bench';
import { refusal } from '../testing/change-bench';
import { container } from '../testing/fake-engine';
import { stoppedEndpoint } from '../testing/fake-networking';
import { attach, home, lan, openWebOnDmz } from '../testing/web-on-dmz';
import { endpoint } from '../testing/fake-things';

let bench: ChangeBench;
const wasHome = stoppedEndpoint(home);
/** As an engine has it of a stopped container that was attached without an address. */
const automatic = stoppedEndpoint(endpoint(lan));
beforeEach(async () => {
  bench = await openWebOnDmz();
  bench.engine.add(container('c1', 'web', { state: 'exited', endpoints: [wasHome] }));
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const endpoints = () => bench.engine.containerMap.get('c1')?.endpoints ?? [];
const anotherHand = (): void => {
  bench.engine.before = () => undefined;
  bench.engine.add({ ...bench.engine.containerMap.get('c1')!, endpoints: [wasHome, automatic] });
};
const sent = () => bench.engine.calls.filter((call) => /^(dis)?connect/.test(call));

describe('a stopped container that another hand attaches meanwhile, without an address', () => {
  it('is not asked for once more: the engine would ignore that, and answer “done”', async () => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview(attach);
    bench.engine.before = (call) => {
      // Past the look at what the change was planned on.
      if (call === 'container c1' && log.list().length > 0) anotherHand();
    };
    expect(await refusal(changes.apply(id))).toMatchObject({
      code: 'change_stale',
      params: { context: 'attached', container: 'web', network: 'lan', rolledBack: 2 },
    });
    expect(sent()).toEqual([]);
    expect([endpoints(), log.list()[0]?.state]).toEqual([[wasHome, automatic], 'rolled-back']);
  });

  it('right before the call, is not said to have the address, and keeps what it was given', async () => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview(attach);
    bench.engine.before = (call) => void (call.startsWith('connect n1') && anotherHand());
    const { state, undoable } = await changes.apply(id).catch(() => log.list()[0]!);
    expect([state, undoable]).not.toEqual(['applied', true]);
    expect(sent()).toEqual(['connect n1 c1 10.70.1.60']);
    expect(endpoints()).toEqual([wasHome, automatic]);
  });

  it('is not taken for the rest of a change that was cut off', async () => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(attach);
    const killed = bench.killAt(1, 'before');
    void changes.apply(id).catch(() => undefined);
    await killed;
    bench.revive();
    anotherHand();
    const next = await bench.start();
    expect(await refusal(next.changes.recover(id, 'finish'))).toMatchObject({
      code: 'change_stale',
      params: { context: 'by_another', container: 'web', network: 'lan' },
    });
    expect(endpoints()).toEqual([wasHome, automatic]);
  });

  it('is believed of Podman, which does not tell what is fixed', async () => {
    bench.engine.tellsPins = () => false;
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = (to, who, { ipv4: _untold, ...wanted }) => real(to, who, wanted);
    const { changes } = await bench.start();
    const { id } = await changes.preview(attach);
    expect(await changes.apply(id)).toMatchObject({ state: 'applied' });
  });
});
