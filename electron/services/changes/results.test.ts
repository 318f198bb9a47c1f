import { expect, it } from 'vitest';
import type { ChangeRequest, HostResult, SegmentDraft, Step } from '../../../shared/model';
import { container, endpoint, network } from '../testing/fake-engine';
import { addressesBefore, confirmed, segmentOf } from './results';
import { lastGiven } from './run-hosts';

const lan = network('n1', 'lan');
const connect: Step = {
  op: 'connect',
  ...{ containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan', endpoint: {} },
};
const host: HostResult = { engineId: 'e1', engineName: 'atlas', steps: [connect], state: 'done' };

it('tells the addresses that were read back, of a container that was to get any', () => {
  const readBack = [{ ...host, ipv4: '10.70.1.60' }];
  const outcome = { results: readBack, inverse: null, ok: true, open: false };
  const about = { segmentId: 's', engineId: 'e1', containerId: 'c1' };
  expect(confirmed({ kind: 'attach-to-segment', ...about }, outcome)).toEqual(readBack);
  expect(confirmed({ kind: 'forget-segment', segmentId: 's' }, outcome)).toEqual([host]);
});

it('goes by the last connect', () => {
  const there = { ...connect, networkName: 'dmz' };
  const shown = [
    { containerId: 'c1', networkName: 'lan', ipv4: '10.70.1.60' },
    { containerId: 'c1', networkName: 'dmz', ipv6: 'fd00::9' },
  ];
  expect(lastGiven([there, connect], shown)).toEqual({ ipv4: '10.70.1.60' });
  expect(lastGiven([connect, there], shown)).toEqual({ ipv6: 'fd00::9' });
  expect(lastGiven([connect], [])).toEqual({});
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

it('tells which address a change of address is about to replace, and of no other change', () => {
  const containers = [container('c1', 'web', { endpoints: [endpoint(lan, { ipv4: '10.70.1.60' })] })];
  const about = { engineId: lan.engineId, containerId: 'c1', networkId: 'n1' };
  const known = { networks: [lan], containers };
  expect(addressesBefore({ kind: 'readdress', ...about }, known)).toEqual({ before: { ipv4: '10.70.1.60' } });
  expect(addressesBefore({ kind: 'readdress', ...about, networkId: 'n2' }, known)).toEqual({});
  expect(addressesBefore({ kind: 'detach', ...about }, known)).toEqual({});
});
