import { describe, expect, it } from 'vitest';
import type { Container, Network, Snapshot } from '../../shared/model';
import { bridge, container, endpoint, engine, network } from '../../shared/rules/testing';
import { findLans } from './lans';
import { lanWith, onLan, onNic, type Occupied } from './occupants';

const one = network({ engineId: 'e1', id: 'one', name: 'lan' });
const two = network({ engineId: 'e2', id: 'two', name: 'home' });
const vlan = network({
  ...{ engineId: 'e1', id: 'v20', name: 'v20', parent: 'eth1.20' },
  subnets: network({ subnet: { subnet: '10.70.20.0/24' } }).subnets,
});
const on = (at: Network, name: string, ipv4: string, over: Partial<Container> = {}) =>
  container({
    ...{ engineId: at.engineId, id: `${at.engineId}-${name}`, name, endpoints: [endpoint(at, { ipv4 })] },
    ...over,
  });
const snapshot = (networks: Network[], containers: Container[]): Snapshot => ({
  revision: 1,
  engines: [engine({ id: 'e1', position: 1 }), engine({ id: 'e2', position: 0 })],
  networks,
  containers,
});
const told = (groups: Occupied[]) =>
  groups.map(
    ({ engine: host, network: { name }, occupants }) =>
      `${host?.id ?? '?'} ${name}: ${occupants
        .map(
          (each) =>
            `${each.container.name} ${each.endpoint.ipv4}${each.owner ? ` of ${each.owner.name}` : ''}`,
        )
        .join(', ')}`,
  );

describe('what is on a LAN', () => {
  const all = snapshot(
    [one, bridge({ engineId: 'e1' }), two, vlan],
    [
      on(one, 'web10', '10.70.1.60'),
      on(one, 'web9', '10.70.1.61'),
      on(two, 'db', '10.70.1.70'),
      on(vlan, 'cam', '10.70.20.5'),
      container({
        ...{ engineId: 'e1', id: 'side', name: 'side', endpoints: [] },
        networkMode: { kind: 'container', containerId: 'e1-web9' },
      }),
    ],
  );
  const lan = findLans(all.networks).find(({ subnet }) => subnet === '10.70.1.0/24')!;

  it('is every network of every host, in the hosts’ order, with the containers on each', () => {
    expect(told(onLan(lan, all))).toEqual([
      'e2 home: db 10.70.1.70',
      'e1 lan: side 10.70.1.61 of web9, web9 10.70.1.61, web10 10.70.1.60',
    ]);
  });
  it('holds no other host’s container by a network’s id or name that both have', () => {
    const twin = network({ engineId: 'e2', id: 'one', name: 'lan' });
    const both = snapshot([one, twin], [on(one, 'a', '10.70.1.2')]);
    expect(told(onLan(findLans(both.networks)[0]!, both))).toEqual(['e2 lan: ', 'e1 lan: a 10.70.1.2']);
  });
  it('is found by one of its networks, whatever key it had while others were hidden', () => {
    const tagged = network({ ...one, id: 't10', parent: 'eth1.10' });
    const other = network({ ...two, id: 't20', parent: 'eth1.20' });
    const [alone] = findLans([tagged]);
    const lans = findLans([tagged, other, network({ engineId: 'e3', id: 'untagged' })]);
    expect(lans.map(({ key }) => key)).toContain(alone!.key);
    const found = lanWith(lans, alone!.key, { engineId: 'e1', networkId: 't10' });
    expect(found?.vlan).toBe(10);
    // By the key, once that network is gone.
    expect(lanWith([lan], lan.key, { engineId: 'e1', networkId: 'gone' })).toBe(lan);
    expect(lanWith([lan], 'other', { engineId: 'e1', networkId: 'gone' })).toBeUndefined();
  });
});

describe('what is on an interface', () => {
  const all = snapshot(
    [one, vlan, network({ ...two, parent: 'eth1' }), bridge({ engineId: 'e1' })],
    [on(one, 'web', '10.70.1.60'), on(vlan, 'cam', '10.70.20.5')],
  );
  it('is what stands on it and on its VLAN links, on that host only', () => {
    expect(told(onNic('e1', 'eth1', all))).toEqual(['e1 lan: web 10.70.1.60', 'e1 v20: cam 10.70.20.5']);
  });
  it('is only the VLAN’s for a VLAN link', () => {
    expect(told(onNic('e1', 'eth1.20', all))).toEqual(['e1 v20: cam 10.70.20.5']);
    expect(onNic('e1', 'eth9', all)).toEqual([]);
  });
});
