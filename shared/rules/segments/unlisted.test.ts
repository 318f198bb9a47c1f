import { describe, expect, it } from 'vitest';
import { segmentSchema } from '../../model';
import { engines, here, office, ops, plan, planned, problems } from './testing';

/** The second host's engine is off the list. */
const world = { engines: engines.slice(0, 1), networks: [here] };
const told = (found: ReturnType<typeof plan>) => found.notices?.map(({ params }) => params);

describe('a host that is off the list of engines', () => {
  it('is left out of an edit, and stays in the plan', () => {
    const segment = { ...office, name: 'Bureau' };
    const found = plan({ kind: 'edit-segment', segmentId: 'seg-1', segment, hosts: [] }, world);
    expect(problems(found)).toEqual([]);
    expect(found.segment).toEqual(segmentSchema.parse({ ...planned, ...segment }));
    expect(found.hosts.map(({ engineId }) => engineId)).not.toContain('e2');
    expect(told(found)).toEqual([{ host: 'e2', network: 'office' }]);
  });
  it('leaves the plan alone when it is taken out of the segment', () => {
    const found = plan({ kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e2' }, world);
    expect(problems(found)).toEqual([]);
    expect(found.hosts).toEqual([]);
    expect(found.segment?.members.map(({ engineId }) => engineId)).toEqual(['e1']);
    expect(told(found)).toEqual([{ context: 'goes', host: 'e2', network: 'office' }]);
  });
  it('does not keep a segment from being deleted on the others', () => {
    const found = plan({ kind: 'delete-segment', segmentId: 'seg-1' }, world);
    expect(problems(found)).toEqual([]);
    expect(ops(found)).toEqual(['remove-network office']);
    expect(found.segment).toBeNull();
    expect(told(found)).toEqual([{ context: 'goes', host: 'e2', network: 'office' }]);
  });
  it('is not told of where all hosts are listed', () => {
    const one = { ...planned, members: planned.members.slice(0, 1) };
    const found = plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { ...world, plan: [one] });
    expect(found).not.toHaveProperty('notices');
  });
});
