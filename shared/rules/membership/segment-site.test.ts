import { describe, expect, it } from 'vitest';
import type { Engine, Network, Segment } from '../../model';
import { atSite } from '../lans/site';
import { engine } from '../testing';
import { segmentCandidates } from '../segments/candidates';
import { fitsSegment, recogniseSegments } from './recognise';
import { sitesApart, siteOfSegment } from './segment-site';
import { create, host, made, office, plan, planned, problems } from '../segments/testing';

const at = (site?: string, over: Partial<Engine> = {}): Partial<Engine> => ({
  ...(site === undefined ? {} : { site }),
  ...over,
});
const hosts = (...said: Partial<Engine>[]): Engine[] =>
  said.map((one, index) => engine({ id: `e${String(index + 1)}`, ...one }));
/** The planned segment's networks as the inventory shows them. */
const shown = (segment: Segment, engines: readonly Engine[]): Network[] =>
  made(segment).map((one) =>
    atSite(
      one,
      engines.find(({ id }) => id === one.engineId),
    ),
  );
const only = (engineId: string, over: Partial<Segment> = {}): Segment => ({
  ...planned,
  members: planned.members.filter((one) => one.engineId === engineId),
  ...over,
});

describe('the site of a segment', () => {
  it('is that of all its hosts, by their NICs, and none where one has none or they differ', () => {
    const of = (...said: Partial<Engine>[]) => siteOfSegment(planned, hosts(...said));
    expect(of(at('A'), at('a'))).toBe('A');
    expect(of(at('B', { lans: { eth0: 'A' } }), at('A'))).toBe('A');
    expect([of(at('A'), at()), of(at('A'), at('B')), of(at(), at())]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('is told where it is two, with the hosts of both', () => {
    expect(sitesApart(planned, hosts(at('A'), at('B')))).toEqual({
      ...{ host: 'host-e2', site: 'B', other: 'host-e1', otherSite: 'A', engineId: 'e2' },
    });
    expect(sitesApart(planned, hosts(at('A'), at()))).toBeNull();
    expect(sitesApart(planned, hosts(at('A'), at('a')))).toBeNull();
  });
});

describe('segments of one subnet', () => {
  const second = { name: 'Second', vlan: planned.vlan, subnets: planned.subnets };
  const beside = (...said: Partial<Engine>[]) =>
    create(second, [host('e2')], { plan: [only('e1')], engines: hosts(...said) }).problems.map(
      ({ code }) => code,
    );
  it('are two at two sites, and one where a site is not said or the same', () => {
    expect(beside(at('A'), at('B'))).toEqual([]);
    expect(beside(at('A'), at('A'))).toEqual(['segment_overlap']);
    expect(beside(at('A'), at())).toEqual(['segment_overlap']);
    expect(beside(at(), at('B'))).toEqual(['segment_overlap']);
    expect(beside(at('A'), at('A', { lans: { eth0: 'B' } }))).toEqual([]);
  });
  it('don’t take hosts of two sites, when made, widened, edited or adopted', () => {
    const apart = hosts(at('A'), at('B'));
    expect(create({}, [host('e1'), host('e2')], { engines: apart }).problems).toMatchObject([
      { code: 'segment_sites_differ', field: 'hosts', engineId: 'e2', params: { site: 'B', otherSite: 'A' } },
    ]);
    const wider = { kind: 'add-segment-host', segmentId: 'seg-1', host: host('e2') } as const;
    expect(plan(wider, { plan: [only('e1')], engines: apart }).problems).toMatchObject([
      { code: 'segment_sites_differ', field: 'host' },
    ]);
    expect(problems(plan(wider, { plan: [only('e1')], engines: hosts(at('A'), at()) }))).toEqual([]);
    const networks = shown(planned, apart);
    const adopted = plan({ kind: 'adopt-segment', segment: planned }, { plan: [], engines: apart, networks });
    expect(adopted.problems).toMatchObject([{ code: 'segment_sites_differ', field: 'segment.members' }]);
    const moved = hosts(at('A'), at('A', { lans: { eth9: 'B' } }));
    const edit = {
      kind: 'edit-segment',
      segmentId: 'seg-1',
      segment: office,
      hosts: [host('e2', { parentNic: 'eth9' })],
    };
    expect(plan(edit as Parameters<typeof plan>[0], { engines: moved }).problems).toMatchObject([
      { code: 'segment_sites_differ', field: 'hosts' },
    ]);
  });
  it('that came to have hosts of two sites can be edited all the same', () => {
    const apart = hosts(at('A'), at('B'));
    const edit = {
      kind: 'edit-segment',
      segmentId: 'seg-1',
      segment: { ...office, name: 'Other' },
      hosts: [],
    };
    expect(
      plan(edit as Parameters<typeof plan>[0], { engines: apart, networks: shown(planned, apart) }).problems,
    ).toEqual([]);
  });
  it('recognise no network of another site', () => {
    const engines = hosts(at('A'), at('B'));
    const [here, there] = shown(planned, engines) as [Network, Network];
    const bare = { ...there, labels: {} };
    const fits = (network: Network, said = engines) => fitsSegment(network, only('e1'), said);
    expect([fits(here), fits(bare), fits({ ...bare, site: 'a' })]).toEqual([true, false, true]);
    expect(fits(bare, hosts(at(), at('B')))).toBe(true);
    const members = (network: Network) =>
      recogniseSegments([only('e1')], { engines, networks: [here, network] })[0]?.members.length;
    expect([members(bare), members(atSite(bare, {}))]).toEqual([1, 2]);
  });
});

describe('candidates', () => {
  const found = (...said: Partial<Engine>[]) => {
    const engines = hosts(...said);
    const bare = { ...planned, members: [...planned.members, { ...planned.members[0]!, engineId: 'e3' }] };
    const networks = shown(bare, engines).map((one) => ({ ...one, labels: {} }));
    return segmentCandidates([], { engines, networks });
  };
  const sizes = (...said: Partial<Engine>[]) => found(...said).map(({ members }) => members.length);
  it('are one for each site, and one with those at none where there is only one', () => {
    expect(sizes(at(), at(), at())).toEqual([3]);
    expect(sizes(at('A'), at(), at('a'))).toEqual([3]);
    expect(sizes(at('A'), at('B'), at('A'))).toEqual([2, 1]);
    expect(sizes(at('A'), at('B'), at())).toEqual([1, 1, 1]);
    expect(found(at('A'), at(), at())[0]?.id).toBe(found(at(), at(), at())[0]?.id);
    expect(new Set(found(at('A'), at('B'), at()).map(({ id }) => id)).size).toBe(3);
  });
});
