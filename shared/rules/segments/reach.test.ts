import { describe, expect, it } from 'vitest';
import { wantedPlanSchema, type Segment, type WantedSegment } from '../../model';
import { recogniseSegments } from '../membership/recognise';
import { wayTo, type Reached } from './reach';
import { engines, made, office, planned } from './testing';

const view = (plan: Segment[], networks = plan.flatMap(made)): Reached => ({
  segments: recogniseSegments(plan, { engines, networks, containers: [] } as never),
  networks,
});
const wanted = (change: Partial<WantedSegment> = {}): WantedSegment => ({
  name: 'Office',
  subnets: office.subnets,
  vlan: 10,
  members: [
    { engineId: 'e1', parentNic: 'eth0' },
    { engineId: 'e2', parentNic: 'eno1' },
  ],
  ...change,
});
const requestsToReach = (...args: Parameters<typeof wayTo>) => wayTo(...args).requests;
const kinds = (...args: Parameters<typeof requestsToReach>) =>
  requestsToReach(...args).map(({ kind }) => kind);

describe('what brings a segment to what a file says', () => {
  it('is nothing where it is so, also where the file says less', () => {
    expect(requestsToReach(wanted(), view([planned]))).toEqual([]);
    const { vlan: _vlan, ...less } = wanted();
    expect(requestsToReach(less, view([planned]))).toEqual([]);
    expect(requestsToReach({ ...planned }, view([planned]))).toEqual([]);
  });

  it('makes it where there is none, and takes up networks that are there', () => {
    expect(requestsToReach(wanted(), view([]))).toEqual([
      {
        kind: 'create-segment',
        segment: office,
        hosts: wanted().members,
      },
    ]);
    const [first] = made(planned);
    expect(kinds(wanted(), view([], first ? [first] : []))).toEqual(['adopt-segment', 'add-segment-host']);
    // The ranges that they have are their own.
    const [adopt] = requestsToReach(wanted(), view([], made(planned)));
    expect(adopt).toMatchObject({ segment: { members: planned.members } });
  });

  it('leaves a network of that name alone that is something else', () => {
    const others = made({ ...planned, subnets: [{ subnet: '10.99.0.0/24' }] });
    expect(kinds(wanted(), view([], others))).toEqual(['create-segment']);
  });

  it('edits what differs, and only that', () => {
    expect(requestsToReach(wanted({ name: 'office', id: 'seg-1', tenant: 'lab' }), view([planned]))).toEqual([
      {
        kind: 'edit-segment',
        segmentId: 'seg-1',
        segment: { ...office, name: 'office', tenant: 'lab' },
        hosts: [],
      },
    ]);
    const [one, other] = wanted().members;
    const ranged = wanted({
      members: [{ ...one!, ipRange: '10.70.1.64/26' }, other!],
    });
    expect(requestsToReach(ranged, view([planned]))).toMatchObject([
      { kind: 'edit-segment', hosts: [{ engineId: 'e1', ipRange: '10.70.1.64/26' }] },
    ]);
  });

  it('takes hosts away and adds them', () => {
    const other = wanted({ members: [{ engineId: 'e1', parentNic: 'eth0' }] });
    expect(requestsToReach(other, view([planned]))).toEqual([
      { kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e2', detachRunning: false },
    ]);
    const narrow = { ...planned, members: planned.members.slice(0, 1) };
    expect(kinds(wanted(), view([narrow]))).toEqual(['add-segment-host']);
  });

  it('takes a network that is there into a segment of the plan', () => {
    const narrow = { ...planned, members: planned.members.slice(0, 1) };
    expect(requestsToReach(wanted(), view([narrow], made(planned)))).toMatchObject([
      { kind: 'adopt-segment', only: { engineId: 'e2', networkName: 'office' } },
    ]);
  });

  it('knows a segment by the label of its networks where it is called otherwise', () => {
    const renamed = wanted({
      name: 'Bureau',
      members: planned.members.map(({ ipRange: _range, ...one }) => one),
    });
    const labelled = made(planned).map((one) => ({ ...one, labels: { 'io.trunkline.segment': 'seg-1' } }));
    expect(requestsToReach(renamed, view([planned], labelled))).toMatchObject([
      { kind: 'edit-segment', segmentId: 'seg-1', segment: { name: 'Bureau' } },
    ]);
  });

  it('can’t tell which NIC is meant where a host stands in it with two, unless they are alike', () => {
    const [one, other] = planned.members;
    const twice = {
      ...planned,
      members: [one!, { ...one!, parentNic: 'eth1', networkName: 'office2' }, other!],
    };
    expect(wayTo(wanted(), view([twice]))).toEqual({ requests: [], unclear: ['e1'] });
    const both = wanted({ members: twice.members });
    expect(wayTo(both, view([twice]))).toEqual({ requests: [], unclear: [] });
    expect(wayTo(both, view([planned])).unclear).toEqual(['e1']);
  });

  it('brings back what another hand has removed', () => {
    expect(requestsToReach(wanted(), view([planned], made(planned).slice(1)))).toEqual([
      { kind: 'edit-segment', segmentId: 'seg-1', segment: office, hosts: [], reconcile: true },
    ]);
  });
});

describe('the plan in a file', () => {
  it('is what the console writes, and shorter by hand', () => {
    const own = { version: 1, segments: [planned], policies: [{ kind: 'later', what: 1 }] };
    expect(wantedPlanSchema.safeParse(own).success).toBe(true);
    const byHand = {
      version: 1,
      segments: [{ name: 'iot', subnets: office.subnets, members: [{ host: 'atlas', parentNic: 'eth0' }] }],
      policies: [{ kind: 'shim', host: 'atlas', networkName: 'iot', address: '10.70.1.9' }],
      guards: [
        { host: 'atlas', container: 'web', attachments: [{ networkName: 'iot', ipv4: '10.70.1.20' }] },
      ],
    };
    expect(wantedPlanSchema.safeParse(byHand).success).toBe(true);
  });

  it.each([
    [{ segments: [] }, 'version'],
    [{ version: 1, segment: [] }, ''],
    [
      { version: 1, policies: [{ kind: 'shim', host: 'a', networkName: 'iot', address: 'x' }] },
      'policies.0.address',
    ],
    [{ version: 1, segments: [{ name: 'iot', subnets: [], members: [] }] }, 'segments.0.subnets'],
    [{ version: 1, segments: [{ subnets: [], members: [] }] }, 'segments.0.name'],
  ])('refuses %j', (plan, path) => {
    expect(wantedPlanSchema.safeParse(plan).error?.issues[0]?.path.join('.')).toBe(path);
  });
});
