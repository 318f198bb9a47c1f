import { expect, it } from 'vitest';
import { ProblemError, type ProbeTarget } from '../../../shared/model';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import type { RunHandle } from '../runs/kind';
import { runIsolation } from './isolation';

const hosts = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6'];
const lans = hosts.map((engineId) => network({ engineId }));
const inventory = {
  engines: hosts.map((id) => engine({ id, state: id === 'e6' ? ('offline' as const) : ('online' as const) })),
  networks: lans,
  containers: lans.map((lan, index) =>
    container({
      id: `c${index}`,
      engineId: lan.engineId,
      name: `c${index}`,
      endpoints: [endpoint(lan, { ipv4: `10.70.1.${10 + index}`, mac: `02:00:00:00:00:0${index}` })],
    }),
  ),
};
const networks = lans.map((lan) => ({ engineId: lan.engineId, networkId: lan.id }));

/** A run that nobody cancels. */
const never: RunHandle = {
  id: 'r',
  signal: new AbortController().signal,
  progress: () => undefined,
  uses: () => undefined,
};

const answer = (address: string, asker: string): ProbeTarget => ({
  address,
  via: address === asker ? 'own' : 'link',
  interface: 'eth0',
  macs: address === asker ? [] : [`02:00:00:00:00:0${Number(address.split('.')[3]) - 10}`],
  ping: null,
  answers: address !== asker,
  duplicate: false,
});

it('asks from every place at most four at a time, tells how far it is, and outlives failures', async () => {
  const progress: [done: number, of: number][] = [];
  const used = new Set<string>();
  let running = 0;
  let most = 0;
  const report = await runIsolation(
    {
      snapshot: () => inventory,
      now: () => 7,
      async probe(engineId, from, addresses) {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (engineId === 'e2') throw new ProblemError({ code: 'toolbox_refused', message: 'no' });
        const asker = `10.70.1.${10 + Number(from.kind === 'container' && from.containerId.slice(1))}`;
        return { at: 0, targets: addresses.map((each) => answer(each, asker)) };
      },
    },
    networks,
    { ...never, progress: (...each) => progress.push(each), uses: (each) => used.add(each) },
  );
  expect(most).toBe(4);
  // Neither the one that is refused nor the one that is offline has asked.
  expect(progress.map(([done]) => done)).toEqual([0, 1, 2, 3, 4]);
  expect(progress.at(-1)).toEqual([4, 6]);
  expect(report.cells[0]?.map((each) => each.reason).slice(0, 3)).toEqual(['self', 'arp', 'arp']);
  expect(report.places[1]?.problem?.code).toBe('toolbox_refused');
  expect(report.cells[1]?.[0]?.reason).toBe('failed');
  expect(report.cells[5]?.[0]?.reason).toBe('offline');
  expect(report.cancelled).toBe(false);
  // Nothing is put on one that is offline.
  expect([...used].sort()).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
});

it('asks by the network’s own interface where the container is on others too', async () => {
  const [lan] = lans;
  const bridge = network({ engineId: 'e1', id: 'br', name: 'bridge', kind: 'bridge', driver: 'bridge' });
  const both = inventory.containers.map((each) =>
    each.id === 'c0'
      ? { ...each, endpoints: [endpoint(bridge, { ipv4: '172.17.0.2' }), ...each.endpoints] }
      : each,
  );
  const asked: unknown[] = [];
  const report = await runIsolation(
    {
      snapshot: () => ({ ...inventory, networks: [...lans, bridge], containers: both }),
      now: () => 0,
      probe: async (_, from) => (asked.push(from), { at: 0, targets: [] }),
    },
    [{ engineId: 'e1', networkId: lan?.id ?? '' }],
    never,
  );
  expect(asked).toEqual([{ kind: 'container', containerId: 'c0', address: '10.70.1.10' }]);
  expect(report.places[0]?.alsoOn).toEqual(['bridge']);
});

it('does not hide what nobody expected', async () => {
  const context = {
    snapshot: () => inventory,
    now: () => 0,
    probe: () => Promise.reject(new TypeError('a bug')),
  };
  await expect(runIsolation(context, networks, never)).rejects.toThrow('a bug');
});

it('knows a container of both LANs also where its engine’s records leave out the ids of networks', async () => {
  const subnets = [{ subnet: '10.70.2.0/24', exclusions: {} }];
  const [lan] = lans;
  const iot = network({ engineId: 'e2', id: 'iot', name: 'iot', parent: 'eth1', subnets });
  const near = network({ engineId: 'e1', id: 'near', name: 'iot', parent: 'eth1', subnets });
  const nameless = [endpoint(lan!, { ipv4: '10.70.1.10' }), endpoint(near, { ipv4: '10.70.2.10' })].map(
    (each) => ({ ...each, networkId: '' }),
  );
  const both = container({ id: 'both', engineId: 'e1', name: 'both', endpoints: nameless });
  const far = container({
    ...{ id: 'far', engineId: 'e2', name: 'far' },
    endpoints: [endpoint(iot, { ipv4: '10.70.2.11', mac: '02:00:00:00:00:11' })],
  });
  const target = {
    address: '10.70.2.11',
    via: 'link',
    interface: 'eth1',
    ping: null,
    duplicate: false,
  } as const;
  const report = await runIsolation(
    {
      snapshot: () => ({ ...inventory, networks: [lan!, near, iot], containers: [both, far] }),
      now: () => 0,
      probe: async () => ({ at: 0, targets: [{ ...target, macs: ['02:00:00:00:00:11'], answers: true }] }),
    },
    [
      { engineId: 'e1', networkId: lan!.id },
      { engineId: 'e2', networkId: 'iot' },
    ],
    never,
  );
  expect(report.cells[0]?.[1]).toMatchObject({ verdict: 'unknown', reason: 'stands_in_both' });
});
