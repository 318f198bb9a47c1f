import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attentionOf } from '../../../shared/rules';
import type { ChangeRequest } from '../../../shared/model';
import { refusal, type ChangeBench } from '../testing/change-bench';
import { container, endpoint } from '../testing/fake-engine';
import { attach, home, lan, openWebOnDmz, readdress } from '../testing/web-on-dmz';

/** An engine takes a stopped container onto a network that another hand has just removed, and keeps its id for a name. */
let bench: ChangeBench;
beforeEach(async () => {
  bench = await openWebOnDmz();
  bench.engine.add(container('c1', 'web', { state: 'exited', endpoints: [atHome] }));
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const stopped = { endpointId: '', ipv4: '', prefix: 0, gateway: '', mac: '' };
const atHome = { ...home, ...stopped };
const endpoints = () => bench.engine.containerMap.get('c1')?.endpoints;
const removedAt = (call: string, networkId: string) => {
  bench.engine.before = (now) => {
    if (now.startsWith(call)) bench.engine.networkMap.delete(networkId);
  };
};
const failed = async (request: ChangeRequest) => {
  const { changes, log } = await bench.start();
  const { id } = await changes.preview(request);
  const problem = await refusal(changes.apply(id));
  return { problem, record: log.get(id)?.record, attention: attentionOf(bench.shown()) };
};

/** The console is killed right after its connect to a network that is gone; and the one that finds that. */
async function cutOff() {
  const { changes } = await bench.start();
  const { id } = await changes.preview(attach);
  const killed = bench.killAt(1, 'after');
  removedAt('connect n1', 'n1');
  void changes.apply(id).catch(() => undefined);
  await killed;
  bench.revive();
  return { id, changes: (await bench.start()).changes };
}

describe('a stopped container that is attached as its network goes', () => {
  it('is as before, and what the engine made of it is taken away', async () => {
    removedAt('connect n1', 'n1');
    const { problem, record } = await failed(attach);
    expect(problem).toMatchObject({ code: 'network_not_found', params: { network: 'lan' } });
    expect(record?.state).toBe('rolled-back');
    expect(record).not.toHaveProperty('stranded');
    expect(endpoints()).toEqual([atHome]);
  });

  it('is told of, where the engine does not let go of it', async () => {
    removedAt('connect n1', 'n1');
    bench.engine.disconnect = () => Promise.reject(new Error('no'));
    const { problem, record, attention } = await failed(attach);
    expect(problem).toMatchObject({
      code: 'rollback_failed',
      params: { context: 'leftover', network: 'lan' },
    });
    expect(record).toMatchObject({
      state: 'failed',
      stranded: [{ code: 'container_stranded', params: { container: 'web', network: 'lan' } }],
    });
    expect(attention).toMatchObject([{ kind: 'networkGone', endpoint: { networkName: 'n1' } }]);
  });

  it('is taken off also where that was not seen at once', async () => {
    removedAt('connect n1', 'n1');
    const real = bench.engine.network.bind(bench.engine);
    let asked = 0;
    bench.engine.network = async (id) => {
      asked += 1;
      return asked === 1 ? lan : real(id);
    };
    const { problem, record } = await failed(attach);
    expect(problem).toMatchObject({ code: 'verify_failed', params: { context: 'not_on', rolledBack: 1 } });
    expect(record?.state).toBe('rolled-back');
    expect(endpoints()).toEqual([atHome]);
  });

  it('is not given a network back that is gone by then', async () => {
    removedAt('disconnect n2', 'n2');
    const { problem, record } = await failed(readdress);
    expect(problem).toMatchObject({ code: 'network_not_found', params: { network: 'dmz', rolledBack: 2 } });
    expect(record?.state).toBe('rolled-back');
    expect(endpoints()).toEqual([]);
  });

  it('is cleared by a console that finds the call cut off', async () => {
    const { id, changes } = await cutOff();
    expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
    expect(endpoints()).toEqual([atHome]);
  });

  it('is told of where the change is left as it is', async () => {
    const { id, changes } = await cutOff();
    expect(await changes.recover(id, 'keep')).toMatchObject({
      state: 'kept',
      stranded: [{ code: 'container_stranded', params: { container: 'web', network: 'lan' } }],
    });
  });
});

it('another container’s entry is no affair of a change', async () => {
  const other = { ...endpoint(lan, stopped), networkId: '', networkName: 'n1' };
  bench.engine.add(container('c7', 'cache', { state: 'exited', endpoints: [other] }));
  removedAt('connect n1', 'n1');
  const { record } = await failed(attach);
  expect(record).not.toHaveProperty('stranded');
});
