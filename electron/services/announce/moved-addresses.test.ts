import { expect, it } from 'vitest';
import type { Container, Engine, Network } from '../../../shared/model';
import { container, endpoint, engine, idle, network } from '../../../shared/rules/testing';
import { MovedAddresses } from './moved-addresses';

const old = { apiVersion: '1.41', version: '20.10.24' } as const;

function start(engines: Engine[], networks: Network[], more: { readOnly?: boolean; allowed?: boolean } = {}) {
  const told: string[] = [];
  const known: Container[] = [];
  const moved = new MovedAddresses({
    inventory: () => ({ engines, networks, containers: known }),
    allowed: () => more.allowed ?? true,
    announce: async (engineId, { containerId, addresses }) =>
      void told.push(`${engineId} ${containerId} ${addresses.join()}`),
    readOnly: more.readOnly ?? false,
  });
  const show = (...containers: Container[]) =>
    containers.forEach((each) =>
      moved.onDelta({
        ...{ revision: 1, engineId: each.engineId, networks: [], networksRemoved: [] },
        ...{ containers: [each], containersRemoved: [] },
      }),
    );
  return { told, show, known };
}

const two = () => [engine({ id: 'e1', ...old }), engine({ id: 'e2', ...old })];
const lan = (engineId: string, more: Partial<Network> = {}) => network({ engineId, name: 'lan', ...more });
const at = (on: Network, mac: string, more: Partial<Container> = {}) =>
  container({
    ...{ id: `web-${on.engineId}`, engineId: on.engineId },
    endpoints: [endpoint(on, { ipv4: '10.70.1.20', mac })],
    ...more,
  });

it('tells the LAN once when an address has come to another MAC, be it on another host', () => {
  const [here, there] = [lan('e1'), lan('e2')];
  const { told, show } = start(two(), [here, there]);
  show(at(here, '02:aa'), at(here, '02:AA'));
  expect(told).toEqual([]);
  show(at(there, '02:bb'), at(there, '02:bb'));
  expect(told).toEqual(['e2 web-e2 10.70.1.20']);
});

it('says nothing of what does not run, of bridges, of another LAN, and where it may not', () => {
  const [here, there] = [lan('e1'), lan('e2')];
  const stopped = at(there, '02:bb', { state: 'exited', endpoints: [idle(there)] });
  const apart = lan('e2', { site: 'cellar' });
  const bridge = lan('e2', { kind: 'bridge' });
  for (const [networks, next, more] of [
    [[here, there], stopped, {}],
    [[here, bridge], at(bridge, '02:bb'), {}],
    [[lan('e1', { site: 'attic' }), apart], at(apart, '02:bb'), {}],
    [[here, there], at(there, '02:bb'), { allowed: false }],
    [[here, there], at(there, '02:bb'), { readOnly: true }],
  ] as const) {
    const { told, show } = start(two(), [...networks], more);
    show(at(networks[0], '02:aa'), next);
    expect(told).toEqual([]);
  }
});

it('leaves it to engines that tell the LAN themselves', () => {
  const [here, there] = [lan('e1'), lan('e2')];
  const { told, show } = start([engine({ id: 'e1', ...old }), engine({ id: 'e2' })], [here, there]);
  show(at(here, '02:aa'), at(there, '02:bb'));
  expect(told).toEqual([]);
});

it('does not send a living one’s neighbours to a duplicate', () => {
  const [here, there] = [lan('e1'), lan('e2')];
  const { told, show, known } = start(two(), [here, there]);
  const [owner, copy] = [at(here, '02:aa'), at(there, '02:bb')];
  known.push(copy, owner);
  show(owner, copy);
  expect(told).toEqual([]);
  known.pop();
  show(at(here, '02:cc'));
  expect(told).toEqual(['e1 web-e1 10.70.1.20']);
});

it('tells of an address whose last holder is on a host that does not answer any more', () => {
  const [here, there] = [lan('e1'), lan('e2')];
  const [first, second] = two();
  const { told, show, known } = start([{ ...first!, state: 'offline' }, second!], [here, there]);
  const [owner, heir] = [at(here, '02:aa'), at(there, '02:bb')];
  known.push(owner, heir);
  show(owner, heir);
  expect(told).toEqual(['e2 web-e2 10.70.1.20']);
});
