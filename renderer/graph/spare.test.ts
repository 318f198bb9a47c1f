import { describe, expect, it } from 'vitest';
import type { HostFacts, Nic, Segment, Snapshot } from '../../shared/model';
import { bridge, container, engine, network } from '../../shared/rules/testing';
import { buildGraph } from './build';
import { overlaps } from './grid-index';
import type { Graph, GraphNode, NicNode } from './model';
import { dropOnHost } from './segment-drop';
import { foldSpares, spareNics, type SpareNic } from './spare';

const nic = (name: string, over: Partial<Nic> = {}): Nic => ({
  ...{ name, index: 1, kind: 'physical', driver: '', ethernet: true, mac: '02:00:00:00:00:01', mtu: 1500 },
  ...{ speed: 1000, up: true, carrier: true, addresses: [], promiscuity: 0, docker: false },
  counters: {
    ...{ rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    ...{ rxErrors: 0, txErrors: 0, rxDropped: 0, txDropped: 0 },
  },
  ...over,
});
const facts = (nics: Nic[], engineId = 'e1'): HostFacts => ({
  ...{ engineId, at: 0, nics, gateways: [], foreign: [] },
  machine: { vendor: '', product: '', assetTag: '' },
});
const names = (found: readonly SpareNic[]) => found.map((each) => each.name);

const lan = network({ parent: 'eth0' });
const iot = network({ name: 'iot', parent: 'vlan20', subnet: { subnet: '10.70.20.0/24' } });
const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  revision: 1,
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [lan, iot, bridge()],
  containers: [container({ name: 'idle' })],
  ...over,
});

describe('spare interfaces', () => {
  it('are real ones that no network stands on, neither itself nor by a VLAN link', () => {
    const found = spareNics(
      facts([
        nic('lo', { kind: 'loopback' }),
        nic('eth10'),
        nic('eth2'),
        nic('eth0'),
        nic('eth0.30', { kind: 'vlan', vlan: 30, parent: 'eth0' }),
        nic('eth1'),
        nic('vlan20', { kind: 'vlan', vlan: 20, parent: 'eth1' }),
        nic('bond0', { kind: 'bond' }),
        nic('wlan0', { kind: 'wireless' }),
      ]),
      [lan, iot, network({ engineId: 'e2', parent: 'eth2' })],
    );
    expect(names(found)).toEqual(['bond0', 'eth0.30', 'eth2', 'eth10', 'wlan0']);
  });

  it('are told of where only settings for a network to come name them', () => {
    const settings = network({ name: 'storage', parent: 'eno1', configOnly: true });
    const { parent: _, ...made } = network({ name: 'swarm', configFrom: 'storage' });
    expect(names(spareNics(facts([nic('eno1')]), [settings]))).toEqual(['eno1']);
    expect(names(spareNics(facts([nic('eno1')]), [settings, made]))).toEqual([]);
    expect(names(spareNics(facts([nic('eno1')]), [settings, { ...made, engineId: 'e2' }]))).toEqual(['eno1']);
  });

  it('are not what Docker, containers, bridges and bonds have for themselves', () => {
    const found = spareNics(
      facts([
        nic('docker0', { kind: 'bridge', docker: true }),
        nic('docker_gwbridge', { kind: 'bridge', docker: true }),
        nic('br-lan', { kind: 'bridge' }),
        nic('veth1a2b3c4', { kind: 'veth', docker: true }),
        nic('vethlxc0', { kind: 'veth' }),
        nic('tl-1', { kind: 'macvlan', parent: 'eth0' }),
        nic('wg0', { kind: 'tunnel', ethernet: false }),
        nic('ib0', { ethernet: false }),
        nic('eno1', { master: 'bond0', masterKind: 'bond' }),
        nic('eno2', { master: 'br-lan', masterKind: 'bridge' }),
        nic('eth0', { kind: 'veth' }),
      ]),
      [],
    );
    // A host that is a container itself has a veth end for its NIC.
    expect(names(found)).toEqual(['eth0']);
  });

  it('tell their link, speed and addresses', () => {
    const addresses = [
      { address: 'fe80::1', prefix: 64, scope: 'link' },
      { address: '10.0.0.5', prefix: 24, scope: 'global' },
    ];
    const found = spareNics(
      facts([
        nic('a', { addresses }),
        nic('b', { carrier: false, speed: null }),
        nic('c', { up: false, carrier: false, speed: null }),
      ]),
      [],
    );
    expect(found).toMatchObject([
      { state: 'upCarrier', speed: 1000, addresses: ['10.0.0.5/24'] },
      { state: 'upNoCarrier', speed: null },
      { state: 'down' },
    ]);
  });

  it('are folded from the seventh on, those with a link last', () => {
    const many = spareNics(
      facts([0, 1, 2, 3, 4, 5, 6, 7].map((at) => nic(`eth${at}`, { carrier: at > 1 }))),
      [],
    );
    expect(foldSpares(many.slice(0, 6))).toEqual({ shown: many.slice(0, 6), folded: 0 });
    expect(names(foldSpares(many).shown)).toEqual(['eth2', 'eth3', 'eth4', 'eth5', 'eth6']);
    expect(foldSpares(many).folded).toBe(3);
  });
});

const spares = (count: number, engineId = 'e1') =>
  new Map([[engineId, spareNics(facts(Array.from({ length: count }, (_, at) => nic(`ens${at}`))), [])]]);
const nicsOf = (graph: Graph, engineId = 'e1') =>
  graph.nodes.filter((node): node is NicNode => node.kind === 'nic' && node.engineId === engineId);
const frameOf = (graph: Graph, engineId: string) =>
  graph.hosts.find((host) => host.engineId === engineId)!.frame;

describe('in the picture', () => {
  const before = buildGraph(snapshot());

  it('change nothing while nothing is known', () => {
    expect(buildGraph(snapshot(), { spares: new Map() })).toEqual(before);
    expect(buildGraph(snapshot(), { spares: new Map([['e1', []]]) })).toEqual(before);
  });

  it('stand below the ones in use, in the host, over nothing, and move nothing', () => {
    for (const count of [1, 6, 40]) {
      const graph = buildGraph(snapshot(), { spares: spares(count) });
      const own = graph.nodes.filter((node) => node.engineId === 'e1' && node.kind !== 'host');
      const frame = frameOf(graph, 'e1');
      const added = own.filter((node) => !before.byId.has(node.id));
      expect(added).toHaveLength(Math.min(6, count));
      for (const node of added) {
        expect(node.y + node.height).toBeLessThan(frame.y + frame.height);
        expect(own.some((each) => each !== node && overlaps(each, node))).toBe(false);
      }
      const used = nicsOf(before).at(-1)!;
      expect(added[0]!.y).toBeGreaterThan(used.y + used.height);
      for (const node of before.nodes)
        if (node.engineId === 'e1' && node.kind === 'network') expect(graph.byId.get(node.id)).toEqual(node);
    }
  });

  it('are the same however the facts are ordered, and keep their identity', () => {
    const one = buildGraph(snapshot(), { spares: spares(9) });
    const again = buildGraph(snapshot(), { spares: spares(9) }, one);
    expect(again.nodes).toEqual(one.nodes);
    expect(nicsOf(again).every((node) => one.byId.get(node.id) === node)).toBe(true);
    const turned = spareNics(facts([...Array(9).keys()].reverse().map((at) => nic(`ens${at}`))), []);
    expect(buildGraph(snapshot(), { spares: new Map([['e1', turned]]) })).toEqual(one);
  });

  it('make a host without anything else tall enough, and leave room for what it says', () => {
    const graph = buildGraph(snapshot(), { spares: spares(6, 'e2') });
    const host = graph.hosts.find((each) => each.engineId === 'e2')!;
    const last = nicsOf(graph, 'e2').at(-1)!;
    expect(last.y + last.height).toBeLessThan(host.frame.y + host.frame.height);
    expect(host.ports).toBeGreaterThan(0);
    expect(frameOf(before, 'e2').height).toBeLessThan(host.frame.height);
  });

  it('are hidden with their host', () => {
    const graph = buildGraph(snapshot(), { spares: spares(9), collapsed: ['e1'] });
    expect(graph.nodes.filter((node) => node.kind === 'nic' || node.kind === 'more')).toEqual([]);
  });

  it('take a segment: a VLAN link hands a tagged one to the card below it', () => {
    const found = spareNics(
      facts([nic('eth7'), nic('vlan30', { kind: 'vlan', vlan: 30, parent: 'eth7' })]),
      [],
    );
    const graph = buildGraph(snapshot(), { spares: new Map([['e1', found]]) });
    const on = (name: string, vlan: number | null) =>
      dropOnHost(
        graph.nodes.find((node): node is GraphNode & NicNode => node.kind === 'nic' && node.name === name)!,
        { vlan, members: [] } as unknown as Segment,
        snapshot(),
      );
    expect(on('eth7', 20)).toMatchObject({ ok: true, nic: 'eth7' });
    expect(on('vlan30', 20)).toMatchObject({ ok: true, nic: 'eth7' });
    expect(on('vlan30', null)).toMatchObject({ ok: true, nic: 'vlan30' });
  });
});
