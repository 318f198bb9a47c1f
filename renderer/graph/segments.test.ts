import { describe, expect, it } from 'vitest';
import type { Segment, SegmentView, Snapshot } from '../../shared/model';
import { recogniseSegments } from '../../shared/rules';
import { container, engine, network } from '../../shared/rules/testing';
import { buildGraph } from './build';
import { canDropOn } from './can-drop';
import { findLans, hueCount } from './lans';
import type { GraphNode, LanNode } from './model';
import { dropOnHost, guessNic } from './segment-drop';
import { keepTenants, tagSegments } from './segments';

const subnet = { subnet: '10.1.0.0/24', gateway: '10.1.0.1' };
const here = network({ name: 'iot', parent: 'eth1', subnet });
const there = network({ name: 'iot', parent: 'eth7', engineId: 'e2', subnet });
const lan = network({ name: 'lan', parent: 'eth0', subnet: { subnet: '10.2.0.0/24' } });
const web = container({ name: 'web' });
const far = container({ name: 'far', engineId: 'e3' });
const hosted = container({ name: 'hosted', networkMode: { kind: 'host' } });

const segment: Segment = {
  id: 'seg-1',
  name: 'Cameras',
  tenant: 'acme',
  colour: '#123456',
  vlan: null,
  subnets: [subnet],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [],
  members: [
    { engineId: 'e1', parentNic: 'eth1', networkName: 'iot' },
    { engineId: 'e2', parentNic: 'eth7', networkName: 'iot' },
  ],
};
const snapshot: Snapshot = {
  revision: 1,
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' }), engine({ id: 'e3' })],
  networks: [here, there, lan],
  containers: [web, far, hosted],
};
const views = recogniseSegments([segment], snapshot);
const { tags, colours } = tagSegments(views, ['#aaaaaa', '#bbbbbb']);
const graph = buildGraph(snapshot, { segments: tags });
const band = graph.nodes.find((node): node is LanNode => node.kind === 'lan')!;
const nodeOf = (kind: GraphNode['kind'], engineId: string) =>
  graph.nodes.find((node) => node.kind === kind && node.engineId === engineId)!;

describe('segments in the picture', () => {
  it('without a colour of their own keep that of their LAN, and change none of the others', () => {
    const many = Array.from({ length: 7 }, (_, i) => {
      const vlan = i < 3 ? `.${String(10 * (i + 1))}` : '';
      const at = { subnet: `10.${String(i < 3 ? 5 : i + 10)}.0.0/24`, gateway: undefined };
      return network({ name: `n${String(i)}`, engineId: `e${String(i)}`, parent: `eth0${vlan}`, subnet: at });
    });
    const before = findLans(many);
    const hueOf = (lans: typeof before, engineId: string) =>
      lans.find((one) => one.engineIds.includes(engineId))?.hue;
    for (const adopted of many) {
      const members = [{ engineId: adopted.engineId, networkId: adopted.id }];
      const tag = { id: 'seg-9', name: 'A', vlan: null, tenant: '', hue: 3, chosen: false, members };
      const after = findLans(many, [tag]);
      for (const one of many) expect(hueOf(after, one.engineId)).toBe(hueOf(before, one.engineId));
    }
  });

  it('are one LAN with their own name and hue', () => {
    expect(band.lan).toMatchObject({ segment: { name: 'Cameras', tenant: 'acme' }, hue: hueCount });
    expect(band.lan.members).toHaveLength(2);
    expect(colours).toEqual(['#123456']);
  });

  it('have a band also while they stand on one host, so that they can grow', () => {
    const alone: SegmentView[] = recogniseSegments([{ ...segment, members: segment.members.slice(0, 1) }], {
      ...snapshot,
      networks: [here, lan],
    });
    const one = buildGraph({ ...snapshot, networks: [here, lan] }, { segments: tagSegments(alone, []).tags });
    const names = one.nodes.flatMap((node) => (node.kind === 'lan' ? [node.lan.segment?.name] : []));
    expect(names).toEqual(['Cameras']);
  });

  it('take a palette colour as its hue, which follows the theme, and one by their id without any', () => {
    const of = (colour: string | undefined) => {
      const { colour: _own, ...plain } = segment;
      const view = { segment: colour ? { ...plain, colour } : plain, members: [] };
      return tagSegments([view], ['#aaaaaa', '#bbbbbb']).tags[0]!.hue;
    };
    expect(of('#BBBBBB')).toBe(1);
    expect(of(undefined)).toBeGreaterThanOrEqual(0);
    expect(of(undefined)).toBeLessThan(hueCount);
  });

  it('keep their cards as they are while nothing changes', () => {
    const again = buildGraph(snapshot, { segments: tagSegments(views, ['#aaaaaa']).tags }, graph);
    expect(again.byId.get(band.id)).toBe(band);
  });

  it('are filtered by tenant, with the containers on them', () => {
    const on = { ...web, endpoints: [{ ...baseEndpoint, networkId: here.id, networkName: here.name }] };
    const shown = keepTenants({ ...snapshot, containers: [on, far] }, tags, ['acme']);
    expect(shown.networks).toEqual([here, there]);
    expect(shown.containers).toEqual([on]);
    const unnamed = { ...on, endpoints: [{ ...baseEndpoint, networkId: '', networkName: here.name }] };
    expect(keepTenants({ ...snapshot, containers: [unnamed] }, tags, ['acme']).containers).toEqual([unnamed]);
    expect(keepTenants(snapshot, tags, [])).toBe(snapshot);
    expect(keepTenants(snapshot, tags, ['other']).networks).toEqual([]);
  });
});

const baseEndpoint = {
  endpointId: 'x',
  ipv4: '10.1.0.9',
  prefix: 24,
  ipv6: '',
  prefix6: 0,
  gateway: '',
  mac: '',
  aliases: [],
  driverOptions: {},
};

describe('a container dropped on a band', () => {
  it('goes on the network of its own host', () => {
    const verdict = canDropOn(band, web, snapshot, null, [segment]);
    expect(verdict).toMatchObject({
      ok: true,
      made: false,
      request: { kind: 'attach-to-segment', segmentId: 'seg-1' },
    });
    expect(verdict.ok && verdict.request).not.toHaveProperty('host');
  });

  it('has the network made where its host has none', () => {
    expect(canDropOn(band, far, snapshot, null, [segment])).toMatchObject({
      ok: true,
      made: true,
      request: { host: { engineId: 'e3', parentNic: 'eth1' } },
    });
  });

  it('is refused for what no form can mend', () => {
    expect(canDropOn(band, hosted, snapshot, null, [segment])).toMatchObject({
      ok: false,
      problem: { code: 'host_mode' },
    });
  });
});

describe('a segment dropped on a host', () => {
  it('is taken where it is not yet, and nowhere else', () => {
    expect(dropOnHost(nodeOf('host', 'e3'), segment, snapshot)).toMatchObject({ ok: true, engineId: 'e3' });
    expect(dropOnHost(nodeOf('host', 'e1'), segment, snapshot)).toEqual({
      ok: false,
      reason: 'segment_here',
    });
    expect(dropOnHost(nodeOf('network', 'e1'), segment, snapshot)).toEqual({ ok: false, reason: 'not_host' });
    const offline = { ...snapshot, engines: [engine({ id: 'e3', state: 'offline' })] };
    expect(dropOnHost(nodeOf('host', 'e3'), segment, offline)).toEqual({ ok: false, reason: 'host_offline' });
  });

  it('takes the NIC it was dropped on, and of a VLAN link the NIC below', () => {
    const nic = { ...nodeOf('nic', 'e1'), engineId: 'e3', name: 'bond0.40' } as GraphNode;
    expect(dropOnHost(nic, segment, snapshot)).toMatchObject({ ok: true, nic: 'bond0' });
  });

  it('is proposed on a NIC that the host has, as the other hosts have it where possible', () => {
    expect(guessNic({ members: segment.members }, 'e1', snapshot.networks)).toBe('eth1');
    expect(guessNic({ members: segment.members.slice(1) }, 'e1', snapshot.networks)).toBe('eth0');
    expect(guessNic({ members: [] }, 'e3', snapshot.networks)).toBe('');
  });
});
