import { expect, it } from 'vitest';
import type { ChangeRecord, Network, Step } from '../../../shared/model';
import { container, endpoint, FakeEngine, network } from '../testing/fake-engine';
import { addressesBefore, ChangeEndings } from './endings';

const lan = network('n1', 'lan');
/** Two of a name are what old engines allow, and a swarm's beside a host's own. */
const twin = network('n2', 'lan');
const connect: Step = {
  op: 'connect',
  ...{ containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan', endpoint: {} },
};

function confirmed(networks: Network[], ...on: ReturnType<typeof endpoint>[]) {
  const snapshot = {
    revision: 1,
    engines: [],
    networks,
    containers: [container('c1', 'web', { endpoints: on })],
  };
  const endings = new ChangeEndings({
    snapshot: () => snapshot,
    client: () => new FakeEngine(),
    log: { write: () => Promise.resolve() } as never,
    onRecord: () => undefined,
    now: () => 7,
    who: 'grace',
  });
  const record = {
    id: 'x',
    engineId: 'e1',
    engineName: 'atlas',
    steps: [connect],
  } as unknown as ChangeRecord;
  return endings.applied(record, { ok: true, inverse: null });
}

it('tells the addresses on the network of the change, and not on another of its name', async () => {
  const on = [endpoint(twin, { ipv4: '10.70.1.99' }), endpoint(lan, { ipv4: '10.70.1.60' })];
  expect(await confirmed([twin, lan], ...on)).toMatchObject({ state: 'applied', ipv4: '10.70.1.60' });
});

it('tells those on a network that has another id by now', async () => {
  const anew = network('n9', 'lan');
  expect(await confirmed([anew], endpoint(anew, { ipv4: '10.70.1.61' }))).toMatchObject({
    ipv4: '10.70.1.61',
  });
});

it('tells none of what the engine does not show', async () => {
  expect(await confirmed([lan])).not.toHaveProperty('ipv4');
});

it('tells who undid a change and when, and which address a change of address found', async () => {
  const snapshot = {
    ...{ revision: 1, engines: [], networks: [lan] },
    containers: [container('c1', 'web', { endpoints: [endpoint(lan, { ipv4: '10.70.1.60' })] })],
  };
  const endings = new ChangeEndings({
    snapshot: () => snapshot,
    client: () => new FakeEngine(),
    log: { write: () => Promise.resolve() } as never,
    onRecord: () => undefined,
    now: () => 7,
    who: 'grace',
  });
  const record = {
    id: 'x',
    engineId: 'e1',
    engineName: 'atlas',
    steps: [connect],
  } as unknown as ChangeRecord;
  expect(await endings.takenBack(record, 'undone')).toMatchObject({ undone: { at: 7, who: 'grace' } });
  expect(await endings.takenBack(record, 'rolled-back')).not.toHaveProperty('undone');
  const about = { engineId: lan.engineId, containerId: 'c1', networkId: 'n1' };
  expect(addressesBefore({ kind: 'readdress', ...about }, snapshot)).toEqual({
    before: { ipv4: '10.70.1.60' },
  });
  expect(addressesBefore({ kind: 'detach', ...about }, snapshot)).toEqual({});
});
