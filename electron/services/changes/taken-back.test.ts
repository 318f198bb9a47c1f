import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { ChangeBench, refusal } from '../testing/change-bench';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';

const lan = network('n1', 'lan');
/** On an engine that tells of no fixed address, as Podman: whether it had one, nobody knows. */
const untold = endpoint(lan, { ipv4: '', endpointId: '', mac: '', prefix: 0 });
const readdress: ChangeRequest = {
  ...{ kind: 'readdress', engineId: 'e1', containerId: 'c1', networkId: 'n1', ipv4: '10.70.1.61' },
};
const lost = [{ container: 'web', network: 'lan', field: '' }];

let bench: ChangeBench;
const open = async (product: 'docker' | 'podman') => {
  bench = await ChangeBench.open(
    new FakeEngine().add(lan, container('c1', 'web', { state: 'exited', endpoints: [untold] })),
  );
  await become(product);
};
const become = async (product: 'docker' | 'podman') => {
  const facts = await bench.engine.facts();
  bench.engine.facts = () => Promise.resolve({ ...facts, product });
};
const revive = () => {
  bench.revive();
  return become('podman');
};
beforeEach(() => open('podman'));
afterEach(() => bench.close());

/** @param nth the call at which it fails, or is cut off */
const failing = (nth: number) => {
  let calls = 0;
  bench.engine.before = (call) => {
    if (!/^(dis)?connect/.test(call)) return;
    calls += 1;
    if (calls === nth) throw problem('parent_missing');
  };
};

describe('a stopped container whose fixed address Podman does not tell', () => {
  const failed = async (nth: number) => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview(readdress);
    failing(nth);
    await refusal(changes.apply(id));
    return log.get(id)?.record;
  };
  it('is told of when a change that failed took it off its network and put it back', async () => {
    expect(await failed(2)).toMatchObject({ state: 'rolled-back', exceptions: lost });
  });
  it('is not where it never left it', async () => {
    expect(await failed(1)).not.toHaveProperty('exceptions');
  });
  it('is not on Docker, whose pictures tell', async () => {
    await bench.close();
    await open('docker');
    expect(await failed(2)).not.toHaveProperty('exceptions');
  });
  it('is told of when a change is rolled back that was cut off, also by a console that was cut off in its turn', async () => {
    const first = await bench.start();
    let killed = bench.killAt(2, 'before');
    const { id } = await first.changes.preview(readdress);
    void first.changes.apply(id).catch(() => undefined);
    await killed;
    await revive();
    const second = await bench.start();
    killed = bench.killAt(1, 'after');
    void second.changes.recover(id, 'roll-back').catch(() => undefined);
    await killed;
    await revive();
    const { changes } = await bench.start();
    expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back', exceptions: lost });
  });
});
