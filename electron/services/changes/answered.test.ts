import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineRequest } from '../../../shared/model';
import { LAN_UNASKED } from '../../../shared/rules';
import { ChangeBench, refusal } from '../testing/change-bench';
import { container, FakeEngine, network } from '../testing/fake-engine';

const lan = network('n1', 'lan');
const place = { engineId: 'e1', containerId: 'c1', networkId: 'n1' };
const X = '10.70.1.60';
const attach: EngineRequest = { kind: 'attach', ...place, ipv4: X };
const taken = {
  code: 'address_in_use_elsewhere',
  params: { context: 'lan', address: X, mac: 'aa:aa', host: 'atlas' },
};

let bench: ChangeBench;
let asked: string[];
beforeEach(async () => {
  bench = await ChangeBench.open(new FakeEngine().add(lan, container('c1', 'web')));
  asked = [];
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});
const answering = (answers: boolean) => {
  bench.strangers = async ({ name }, addresses) => {
    asked.push(`${name} ${addresses.join(' ')}`);
    return answers ? [{ address: X, macs: ['aa:aa'] }] : [];
  };
};
const pins = () => bench.engine.containerMap.get('c1')?.endpoints.map((each) => each.pinned4);

describe('an address for which a stranger answers when it is to be given out', () => {
  it('is not attached, though nobody had answered for the preview, and nothing is logged', async () => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview(attach);
    answering(true);
    expect(await refusal(changes.apply(id))).toMatchObject(taken);
    expect([asked, pins(), log.list()]).toEqual([[`lan ${X}`], [], []]);
  });

  it('is not given back by an undo, which can be done once nobody answers', async () => {
    const { changes } = await bench.start();
    await changes.apply((await changes.preview(attach)).id);
    const { id } = await changes.apply((await changes.preview({ kind: 'detach', ...place })).id);
    answering(true);
    expect(await refusal(changes.undo(id))).toMatchObject(taken);
    expect(pins()).toEqual([]);
    answering(false);
    expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
    expect([asked, pins()]).toEqual([[`lan ${X}`, `lan ${X}`], [X]]);
  });

  it('is not given by finishing what was cut off, which goes on waiting', async () => {
    const { changes } = await bench.start();
    const killed = bench.killAt(1, 'before');
    const { id } = await changes.preview(attach);
    void changes.apply(id).catch(() => undefined);
    await killed;
    bench.revive();
    const next = await bench.start();
    answering(true);
    expect(await refusal(next.changes.recover(id, 'finish'))).toMatchObject(taken);
    expect([pins(), next.log.list()[0]?.state]).toEqual([[], 'interrupted']);
    expect(await next.changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
    expect(asked).toEqual([`lan ${X}`]);
  });

  it('is not asked for where none is fixed, or the container has it already', async () => {
    const { changes } = await bench.start();
    answering(true);
    await changes.apply((await changes.preview({ kind: 'attach', ...place })).id);
    expect(asked).toEqual([]);
  });
});

describe('an address for which another answers once it has been given', () => {
  const rivals = (answers: boolean) => {
    bench.rivals = async ({ name }, mac, addresses) => {
      asked.push(`${name} ${mac} ${addresses.join(' ')}`);
      return answers ? [{ address: X, macs: ['aa:aa'] }] : [];
    };
  };
  const own = () => bench.engine.containerMap.get('c1')?.endpoints[0]?.mac;

  it('is given back, and the change is rolled back', async () => {
    const { changes, log } = await bench.start();
    rivals(true);
    const { id } = await changes.preview(attach);
    const refused = { ...taken, params: { ...taken.params, rolledBack: 1 } };
    expect(await refusal(changes.apply(id))).toMatchObject(refused);
    expect([asked.length, pins(), log.list()[0]?.state]).toEqual([1, [], 'rolled-back']);
  });

  it('is asked for with the MAC of the container, after an undo, too, and only where it is new there', async () => {
    const { changes } = await bench.start();
    rivals(false);
    await changes.apply((await changes.preview(attach)).id);
    expect(asked).toEqual([`lan ${own()} ${X}`]);
    const { id } = await changes.apply((await changes.preview({ kind: 'detach', ...place })).id);
    rivals(true);
    expect(await refusal(changes.undo(id))).toMatchObject(taken);
    expect([asked.length, pins()]).toEqual([2, []]);
    await changes.apply((await changes.preview({ kind: 'attach', ...place })).id);
    expect(asked).toHaveLength(2);
  });

  it('is said not to have been asked for where that failed, after an undo, too', async () => {
    const { changes } = await bench.start();
    bench.rivals = () => Promise.resolve(null);
    const unasked = [{ network: 'lan', container: 'web', field: LAN_UNASKED, before: X, after: '' }];
    const { hosts } = await changes.apply((await changes.preview(attach)).id);
    expect(hosts).toMatchObject([{ state: 'done', exceptions: unasked }]);
    const { id } = await changes.apply((await changes.preview({ kind: 'detach', ...place })).id);
    expect(await changes.undo(id)).toMatchObject({ state: 'undone', exceptions: unasked });
  });

  it('is not asked for where the container does not run', async () => {
    bench.engine.add(container('c1', 'web', { state: 'exited' }));
    const { changes } = await bench.start();
    rivals(true);
    await changes.apply((await changes.preview(attach)).id);
    expect([asked, pins()]).toEqual([[], [X]]);
  });
});
