import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { refusal, type ChangeBench } from '../testing/change-bench';
import { container, endpoint } from '../testing/fake-engine';
import { lan, openWebOnDmz } from '../testing/web-on-dmz';

/** Another hand attaches stopped containers to a network between our last look and its removal. */
let bench: ChangeBench;
beforeEach(async () => {
  bench = await openWebOnDmz();
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const stopped = { ipv4: '', mac: '', endpointId: '' };
/** As an engine shows one that came to it while it was stopped, and one that has run on it. */
const attached = () =>
  void bench.engine.add(
    container('c8', 'db', {
      ...{ state: 'exited', endpoints: [endpoint(lan, { ...stopped, networkId: '' })] },
    }),
    container('c7', 'cache', { state: 'exited', endpoints: [endpoint(lan, stopped)] }),
  );
const atRemoval = (hand: () => void = attached) => {
  bench.engine.before = (call) => {
    if (!call.startsWith('remove-network')) return;
    bench.engine.before = () => undefined;
    hand();
  };
};

const left = (name: string, network = 'lan') => ({
  code: 'container_stranded',
  params: { container: name, network, host: 'atlas' },
});
const remove: ChangeRequest = { kind: 'remove-network', engineId: 'e1', networkId: 'n1' };
const spec = {
  ...{ name: 'lan', driver: 'macvlan' as const, parent: 'eth1', mode: 'bridge', subnet: '10.70.1.0/24' },
  ...{ exclusions: [], internal: false },
};
const create: ChangeRequest = { kind: 'create-network', engineId: 'e1', spec };

describe('a container that comes to a network as it is removed', () => {
  it('is told of, as one that can’t start', async () => {
    atRemoval();
    const { changes, log } = await bench.start();
    const record = await changes.apply((await changes.preview(remove)).id);
    expect(record).toMatchObject({ state: 'applied', stranded: [left('cache'), left('db')] });
    expect(log.list()[0]).toEqual(record);
  });

  it('was not looked for where the host can’t be read after the removal, and that is told', async () => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(remove);
    atRemoval(() => {
      bench.engine.containers = async () => Promise.reject(new Error('lost'));
    });
    const unlooked = { code: 'container_stranded', params: { context: 'unlooked', network: 'lan' } };
    expect(await changes.apply(id)).toMatchObject({ state: 'applied', stranded: [unlooked] });
  });

  it('is told of where the removal takes back or undoes a change, too', async () => {
    bench.engine.networkMap.delete('n1');
    const { changes } = await bench.start();
    const { id } = await changes.apply((await changes.preview(create)).id);
    const [made] = [...bench.engine.networkMap.values()].filter(({ name }) => name === 'lan');
    atRemoval(() => {
      const endpoints = [{ ...endpoint(lan, stopped), networkId: made?.id ?? '' }];
      bench.engine.add(container('c7', 'cache', { state: 'exited', endpoints }));
    });
    expect(await changes.undo(id)).toMatchObject({ state: 'undone', stranded: [left('cache')] });
  });

  it('is told of where the removal was cut off, and is finished or left', async () => {
    for (const action of ['finish', 'keep'] as const) {
      const { changes } = await bench.start();
      const { id } = await changes.preview(remove);
      const killed = bench.killAt(1, 'after');
      atRemoval();
      void changes.apply(id).catch(() => undefined);
      await killed;
      bench.revive();
      const next = await bench.start();
      const record = await next.changes.recover(id, action);
      expect(record.stranded).toMatchObject([left('cache'), left('db')]);
      bench.engine.containerMap.delete('c7');
      bench.engine.containerMap.delete('c8');
      bench.engine.add(lan);
    }
  });

  it('is not where the network is there again, by whose name alone it is found', async () => {
    atRemoval();
    const real = bench.engine.removeNetwork.bind(bench.engine);
    bench.engine.removeNetwork = async (id) => {
      await real(id);
      bench.engine.add({ ...lan, id: 'n9' });
    };
    const { changes } = await bench.start();
    const record = await changes.apply((await changes.preview(remove)).id);
    expect(record.stranded).toMatchObject([left('cache')]);
  });

  it('has a change that was taken back not said to be as before', async () => {
    bench.engine.networkMap.delete('n1');
    const real = bench.engine.createNetwork.bind(bench.engine);
    bench.engine.createNetwork = async (asked) => {
      const id = await real(asked);
      bench.engine.networkMap.set(id, { ...bench.engine.networkMap.get(id)!, mode: 'private' });
      return id;
    };
    const id = 'made-1';
    atRemoval(() => {
      const endpoints = [{ ...endpoint(lan, stopped), networkId: id }];
      bench.engine.add(container('c7', 'cache', { state: 'exited', endpoints }));
    });
    const { changes, log } = await bench.start();
    const refused = await refusal(changes.apply((await changes.preview(create)).id));
    expect(refused).toMatchObject({ code: 'verify_failed', params: { rolledBack: 2 } });
    expect(log.list()[0]).toMatchObject({ state: 'rolled-back', stranded: [left('cache')] });
  });
});
