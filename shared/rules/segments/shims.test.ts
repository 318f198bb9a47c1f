import { expect, it } from 'vitest';
import type { SegmentRequest } from '../../model';
import { shimAlias } from '../lans/shim-link';
import { hostFacts, nic } from '../host/testing';
import { container } from '../testing';
import { planSegment } from './plan';
import { engines, here, networks, planned, there } from './testing';

const address = '10.70.1.2';
const shims = [{ engineId: 'e2', networkId: there.id, networkName: there.name, address, since: 0 }];
const link = nic({ name: 'tl-1', alias: shimAlias, addresses: [{ address, prefix: 32, scope: 'global' }] });

it.each([
  ['its host is known', [hostFacts('e2', link)]],
  ['nobody has looked at its host', []],
])('the shim of another host is avoided, and refused once, where %s', (_what, facts) => {
  const request = (ipv4?: string): SegmentRequest => ({
    kind: 'attach-to-segment',
    segmentId: planned.id,
    engineId: here.engineId,
    containerId: 'e1-web',
    ...(ipv4 ? { ipv4 } : {}),
  });
  const inventory = { engines, networks, containers: [container()], shims };
  const on = (ipv4?: string) =>
    planSegment(request(ipv4), { plan: [planned], inventory, newId: 'seg-new', facts });
  expect(on().suggestedIpv4).toBe('10.70.1.3');
  expect(on(address).hosts.flatMap((each) => each.problems)).toMatchObject([
    { code: 'address_reserved', params: { context: 'shim', host: 'host-e2' } },
  ]);
});

it('the automatic range of a new member keeps clear of a shim', () => {
  const alone = { ...planned, members: planned.members.slice(0, 1) };
  const request: SegmentRequest = {
    kind: 'add-segment-host',
    segmentId: planned.id,
    host: { engineId: 'e2', parentNic: 'eno1' },
  };
  const range = (at: string) => {
    const mine = [{ engineId: 'e1', networkId: here.id, networkName: here.name, address: at, since: 0 }];
    const inventory = { engines, networks: [here], containers: [], shims: mine };
    return planSegment(request, { plan: [alone], inventory, newId: 'seg-new' }).segment?.members[1]?.ipRange;
  };
  expect([range('10.70.1.2'), range('10.70.1.250')]).toEqual(['10.70.1.192/26', '10.70.1.64/26']);
});
