import { expect, it } from 'vitest';
import type { ChangeRequest, HostResult, Network, SegmentDraft, Step } from '../../../shared/model';
import { container, endpoint, network } from '../testing/fake-engine';
import { addressesBefore, segmentOf, withAddresses } from './results';

const lan = network('n1', 'lan');
/** Two of a name are what old engines allow, and a swarm's beside a host's own. */
const twin = network('n2', 'lan');
const connect: Step = {
  op: 'connect',
  ...{ containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan', endpoint: {} },
};
const host: HostResult = { engineId: 'e1', engineName: 'atlas', steps: [connect], state: 'done' };

function confirmed(networks: Network[], ...on: ReturnType<typeof endpoint>[]) {
  const containers = [container('c1', 'web', { endpoints: on })];
  const request = { kind: 'attach', engineId: 'e1', containerId: 'c1', networkId: 'n1' } as const;
  return withAddresses(host, request, { networks, containers });
}

it('tells the addresses on the network of the change, and not on another of its name', () => {
  const on = [endpoint(twin, { ipv4: '10.70.1.99' }), endpoint(lan, { ipv4: '10.70.1.60' })];
  expect(confirmed([twin, lan], ...on)).toMatchObject({ state: 'done', ipv4: '10.70.1.60' });
});

it('tells those on a network that has another id by now', () => {
  const anew = network('n9', 'lan');
  expect(confirmed([anew], endpoint(anew, { ipv4: '10.70.1.61' }))).toMatchObject({ ipv4: '10.70.1.61' });
});

it('tells the address that an attach to a segment got, also where none was asked for', () => {
  const containers = [container('c1', 'web', { endpoints: [endpoint(lan, { ipv4: '10.70.1.7' })] })];
  const about = { segmentId: 's', engineId: 'e1', containerId: 'c1' };
  const request = { kind: 'attach-to-segment' as const, ...about };
  expect(withAddresses(host, request, { networks: [lan], containers })).toMatchObject({ ipv4: '10.70.1.7' });
});

it('tells whose a segment’s change is, and what an edit is about to replace', () => {
  const draft: SegmentDraft = {
    ...{ name: 'lan10', vlan: 10, driver: 'macvlan', mode: 'bridge', reserved: [] },
    subnets: [{ subnet: '10.70.1.0/24' }],
  };
  const before = { ...draft, id: 's', members: [] };
  const kept = { what: 'segment' as const, id: 's', name: 'lan10', before, after: before };
  const edit: ChangeRequest = {
    kind: 'edit-segment',
    segmentId: 's',
    segment: { ...draft, vlan: 30 },
    hosts: [],
  };
  const segment = { id: 's', name: 'lan10' };
  expect(segmentOf(edit, kept)).toEqual({ segment, segmentBefore: draft });
  expect(segmentOf({ kind: 'forget-segment', segmentId: 's' }, kept)).toEqual({ segment });
  expect(segmentOf(edit, undefined)).toEqual({});
});

it('tells none of what the engine does not show', () => {
  expect(confirmed([lan])).not.toHaveProperty('ipv4');
});

it('tells which address a change of address is about to replace, and of no other change', () => {
  const containers = [container('c1', 'web', { endpoints: [endpoint(lan, { ipv4: '10.70.1.60' })] })];
  const about = { engineId: lan.engineId, containerId: 'c1', networkId: 'n1' };
  const known = { networks: [lan], containers };
  expect(addressesBefore({ kind: 'readdress', ...about }, known)).toEqual({ before: { ipv4: '10.70.1.60' } });
  expect(addressesBefore({ kind: 'readdress', ...about, networkId: 'n2' }, known)).toEqual({});
  expect(addressesBefore({ kind: 'detach', ...about }, known)).toEqual({});
});
