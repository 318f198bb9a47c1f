import { describe, expect, it } from 'vitest';
import type { Segment } from '../../shared/model';
import { engine, macvlan } from '../testing/fixtures';
import { createSegmentView } from './segments';

const segment: Segment = {
  id: 'seg-1',
  name: 'lan',
  vlan: null,
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [],
  members: [{ engineId: 'a', parentNic: 'eth0', networkName: 'lan', ipRange: '10.70.1.128/25' }],
};
const engines = [engine('a'), engine('b')];
describe('segments', () => {
  it('are seen against the inventory, anew only when one of the two changes', () => {
    const view = createSegmentView();
    const networks = [macvlan('a', 'lan'), macvlan('b', 'other')];
    const plan = [segment];
    const first = view(plan, { engines, networks });
    const states = first.segments[0]?.members.map(({ engineId, state }) => [engineId, state]);
    expect(states).toEqual([
      ['a', 'present'],
      ['b', 'unplanned'],
    ]);
    expect(view(plan, { engines, networks })).toBe(first);
    const gone = view(plan, { engines, networks: [] });
    expect(gone.segments[0]?.members[0]?.state).toBe('missing');
  });

  it('are none, and no candidates either, before the plan is known', () => {
    expect(createSegmentView()(null, { engines, networks: [macvlan('a', 'lan')] })).toEqual({
      segments: [],
      candidates: [],
    });
  });
});
