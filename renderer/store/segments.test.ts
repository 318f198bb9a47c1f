import { describe, expect, it } from 'vitest';
import type { Segment, SegmentRecord } from '../../shared/model';
import { engine, macvlan } from '../app/testing/fixtures';
import { createSegmentsStore, createSegmentView, withSegmentProgress, withSegmentRecord } from './segments';

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
const record = (state: SegmentRecord['state']): SegmentRecord => ({
  id: 'c1',
  at: 1,
  who: 'ada',
  request: { kind: 'forget', segmentId: 'seg-1' },
  segmentId: 'seg-1',
  segmentName: 'lan',
  state,
  hosts: [],
  undoable: false,
});

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

  it('keep the progress of each host until the change has ended', () => {
    const at = (engineId: string, step: number) =>
      ({ id: 'c1', engineId, phase: 'step', step, of: 2 }) as const;
    let state = withSegmentRecord(createSegmentsStore().getState(), record('applying'));
    state = withSegmentProgress(withSegmentProgress(state, at('a', 1)), at('b', 0));
    expect(Object.keys(state.progress['c1'] ?? {})).toEqual(['a', 'b']);
    state = withSegmentRecord(state, record('applied'));
    expect(state.progress).toEqual({});
    expect(state.records).toHaveLength(1);
    expect(state.records[0]?.state).toBe('applied');
  });
});
