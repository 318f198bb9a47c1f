import { describe, expect, it } from 'vitest';
import type { Container, Network, Snapshot } from '../../shared/model';
import { bridge, container, endpoint, engine, idle, network, special } from '../../shared/rules/testing';
import { boundsOf, buildGraph } from './build';
import { noFilters, type GraphFilters } from './filter';
import { overlaps } from './grid-index';
import type { ContainerNode, Graph, NetworkNode } from './model';

const snapshot = (over: Partial<Snapshot>): Snapshot => ({
  revision: 1,
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [],
  containers: [],
  ...over,
});

const lan = network();
const docker0 = bridge();
const on = (name: string, nets: Network[], over: Partial<Container> = {}) =>
  container({ name, id: `id-${name}`, endpoints: nets.map((each) => endpoint(each)), ...over });

const card = (graph: Graph, name: string): ContainerNode => {
  const found = graph.nodes.find((node) => node.kind === 'container' && node.container.name === name);
  if (found?.kind !== 'container') throw new Error(`no card ${name}`);
  return found;
};
const net = (graph: Graph, name: string): NetworkNode => {
  const found = graph.nodes.find((node) => node.kind === 'network' && node.name === name);
  if (found?.kind !== 'network') throw new Error(`no network ${name}`);
  return found;
};

describe('buildGraph', () => {
  it('does not depend on the order of its input', () => {
    const containers = ['web10', 'web2', 'db'].map((name) => on(name, [lan]));
    const one = buildGraph(snapshot({ networks: [lan, docker0], containers }));
    const two = buildGraph(snapshot({ networks: [docker0, lan], containers: [...containers].reverse() }));
    expect(two).toEqual(one);
    expect(card(one, 'web2').x).toBeLessThan(card(one, 'web10').x);
  });

  it('shortens the rows where that makes everything larger, and leaves a small one as it is', () => {
    const rowOf = (hosts: number, lanes: number) => {
      const engines = Array.from({ length: hosts }, (_, at) => engine({ id: `e${at + 1}` }));
      const networks = engines.flatMap(({ id: engineId }) =>
        Array.from({ length: lanes }, (_, at) => bridge({ engineId, id: `n${at}`, name: `n${at}` })),
      );
      const containers = networks.flatMap((net) =>
        ['a', 'b', 'c', 'd'].map((name) => ({ ...on(`${net.name}${name}`, [net]), engineId: net.engineId })),
      );
      const graph = buildGraph(snapshot({ engines, networks, containers }));
      const { y } = card(graph, 'n0a');
      const inRow = graph.nodes.filter((node) => node.kind === 'container' && node.y === y);
      return inRow.filter((node) => node.engineId === 'e1').length;
    };
    expect(rowOf(1, 1)).toBe(3);
    expect(rowOf(4, 2)).toBe(2);
  });

  it('keeps a card in its place when it joins another network', () => {
    const made = { networkMode: { kind: 'bridge' } as const };
    const before = buildGraph(
      snapshot({ networks: [lan, docker0], containers: [on('a', [docker0], made), on('b', [lan])] }),
    );
    const after = buildGraph(
      snapshot({ networks: [lan, docker0], containers: [on('a', [docker0, lan], made), on('b', [lan])] }),
    );
    const { x, y } = card(before, 'a');
    expect(card(after, 'a')).toMatchObject({ x, y });
    expect(after.wires.filter((wire) => wire.containerName === 'a')).toHaveLength(2);
  });

  it('draws a container on several networks once', () => {
    const graph = buildGraph(snapshot({ networks: [lan, docker0], containers: [on('a', [docker0, lan])] }));
    expect(graph.nodes.filter((node) => node.kind === 'container')).toHaveLength(1);
    expect(
      card(graph, 'a')
        .ports.map((port) => port.networkName)
        .sort(),
    ).toEqual(['bridge', 'lan']);
  });

  it('never lays two cards of one host over each other', () => {
    const networks = [lan, docker0, bridge({ name: 'apps' }), network({ name: 'v20', parent: 'eth1.20' })];
    const containers = Array.from({ length: 40 }, (_, index) => {
      const home = networks[index % networks.length]!;
      return on(`c${index}`, [home], { networkMode: { kind: 'network', network: home.name } });
    });
    const sharers = [0, 4, 4, 9].map((owner, index) =>
      on(`s${index}`, [], { networkMode: { kind: 'container', containerId: `id-c${owner}` } }),
    );
    const graph = buildGraph(snapshot({ networks, containers: [...containers, ...sharers] }));
    const solid = graph.nodes.filter((node) => node.kind !== 'host' && node.kind !== 'spine');
    for (const [index, a] of solid.entries())
      for (const b of solid.slice(index + 1)) {
        const inner = { x: b.x + 1, y: b.y + 1, width: b.width - 2, height: b.height - 2 };
        expect(overlaps(a, inner), `${a.id} and ${b.id}`).toBe(false);
      }
    expect(solid.length).toBeGreaterThan(47);
  });

  it('stacks sharers under their owner, and shows those without one as orphans', () => {
    const shares = (containerId: string) => ({ networkMode: { kind: 'container', containerId } as const });
    const graph = buildGraph(
      snapshot({
        networks: [lan],
        containers: [on('web', [lan]), on('side', [], shares('id-web')), on('lost', [], shares('gone'))],
      }),
    );
    const [web, side] = [card(graph, 'web'), card(graph, 'side')];
    expect(side).toMatchObject({ slim: true, owner: 'web', y: web.y + web.height });
    expect(card(graph, 'lost')).toMatchObject({ slim: false, owner: 'gone' });
    expect(graph.nodes.find((node) => node.kind === 'lane')).toMatchObject({ lane: 'orphan', members: 1 });
  });

  it('survives a ring of shared namespaces', () => {
    const shares = (containerId: string) => ({ networkMode: { kind: 'container', containerId } as const });
    const graph = buildGraph(
      snapshot({ containers: [on('a', [], shares('id-b')), on('b', [], shares('id-a'))] }),
    );
    expect(graph.nodes.filter((node) => node.kind === 'container')).toHaveLength(2);
  });

  it('has a place for host mode, none, and a network that is gone', () => {
    const [host, none] = [special('host'), special('none')];
    const stale = { ...idle(lan), networkId: 'long-gone', networkName: 'old' };
    const graph = buildGraph(
      snapshot({
        networks: [host, none, lan],
        containers: [
          on('h', [host], { networkMode: { kind: 'host' } }),
          on('n', [none], { networkMode: { kind: 'none' } }),
          container({ name: 'old', state: 'exited', endpoints: [stale] }),
        ],
      }),
    );
    const lanes = graph.nodes.filter((node) => node.kind === 'lane').map((node) => node.lane);
    expect(lanes).toEqual(['host', 'isolated']);
    expect(net(graph, 'old').network).toBeNull();
    expect(graph.wires.find((wire) => wire.networkName === 'old')).toMatchObject({ idle: true });
  });

  it('matches a record without an id by name', () => {
    const graph = buildGraph(
      snapshot({
        networks: [lan],
        containers: [container({ state: 'exited', endpoints: [{ ...idle(lan), networkId: '' }] })],
      }),
    );
    expect(graph.wires[0]?.networkNodeId).toBe(net(graph, 'lan').id);
  });

  it('shows config-only networks, unknown drivers and networks without addresses', () => {
    const odd = [
      network({ name: 'cfg', configOnly: true }),
      network({ name: 'plug', kind: 'other', driver: 'weave', parent: undefined }),
      network({ name: 'bare', parent: 'eth2', subnets: [] }),
    ];
    const graph = buildGraph(snapshot({ networks: odd }));
    expect(odd.map(({ name }) => net(graph, name).network?.name)).toEqual(['cfg', 'plug', 'bare']);
    expect(graph.lans).toEqual([]);
  });

  it('keeps the identity of what did not change', () => {
    const first = on('a', [lan]);
    const before = buildGraph(snapshot({ networks: [lan], containers: [first, on('b', [lan])] }));
    const after = buildGraph(
      snapshot({ networks: [lan], containers: [first, on('b', [lan], { state: 'paused' })] }),
      {},
      before,
    );
    expect(card(after, 'a')).toBe(card(before, 'a'));
    expect(net(after, 'lan')).toBe(net(before, 'lan'));
    expect(card(after, 'b')).not.toBe(card(before, 'b'));
  });

  it('collapses a host to its header', () => {
    const graph = buildGraph(snapshot({ networks: [lan], containers: [on('a', [lan])] }), {
      collapsed: ['e1'],
    });
    expect(graph.nodes.map((node) => node.kind)).toEqual(['host', 'host']);
    expect(graph.hosts[0]).toMatchObject({ collapsed: true, containers: 1 });
    expect(graph.wires).toEqual([]);
  });

  it('puts a card where the admin wants it, and leaves the others where they were', () => {
    const containers = ['a', 'b', 'c'].map((name) => on(name, [lan]));
    const before = buildGraph(snapshot({ networks: [lan], containers }));
    const after = buildGraph(snapshot({ networks: [lan], containers }), {
      positions: { [card(before, 'b').id]: { x: 900, y: 400 } },
    });
    expect(card(after, 'b')).toMatchObject({ x: 900, y: 400, moved: true });
    expect(card(after, 'c')).toEqual(card(before, 'c'));
    expect(after.wires.find((wire) => wire.containerName === 'b')?.curved).toBe(true);
  });

  it('hides by filter without making hidden networks look gone', () => {
    const containers = [on('both', [docker0, lan]), on('plain', [docker0])];
    const graph = buildGraph(snapshot({ networks: [lan, docker0], containers }), {
      filters: { engines: [], groups: [], drivers: ['macvlan'], states: [] },
    });
    expect(graph.nodes.filter((node) => node.kind === 'network').map((node) => node.name)).toEqual(['lan']);
    expect(graph.wires.map((wire) => wire.containerName)).toEqual(['both']);
    expect(graph.hosts).toHaveLength(2);
  });

  it('ends every line at a card', () => {
    const graph = buildGraph(
      snapshot({ networks: [lan, docker0], containers: [on('a', [docker0, lan]), on('b', [lan])] }),
    );
    for (const wire of graph.wires) {
      const end = wire.points.at(-1)!;
      const at = graph.byId.get(wire.containerNodeId)!;
      expect(end.y).toBe(at.y);
      expect(end.x).toBeGreaterThan(at.x);
      expect(end.x).toBeLessThan(at.x + at.width);
    }
  });
});

describe('LANs', () => {
  const there = network({ engineId: 'e2', parent: 'eth0' });

  it('are one line through the hosts that share a subnet', () => {
    const graph = buildGraph(snapshot({ networks: [lan, there] }));
    expect(graph.lans).toMatchObject([{ subnet: '10.70.1.0/24', engineIds: ['e1', 'e2'], vlan: null }]);
    expect(net(graph, 'lan').hue).toBe(graph.lans[0]?.hue);
    expect(graph.links.filter((link) => link.kind === 'uplink')).toHaveLength(2);
    const spine = graph.nodes.find((node) => node.kind === 'spine')!;
    const last = graph.nodes.find((node) => node.kind === 'nic' && node.engineId === 'e2')!;
    expect(spine.y + spine.height).toBeGreaterThan(last.y);
  });

  it('are apart where VLAN ids differ', () => {
    const tagged = (engineId: string, parent: string) => network({ engineId, parent, id: parent });
    const graph = buildGraph(snapshot({ networks: [tagged('e1', 'eth0.10'), tagged('e2', 'eth0.20')] }));
    expect(graph.lans.map((each) => each.vlan).sort()).toEqual([10, 20]);
    expect(new Set(graph.lans.map((each) => each.hue)).size).toBe(2);
  });

  it.each(Array.from({ length: 6 }, (_each, seed) => seed))(
    'keep their colours whatever a filter hides (%i)',
    (seed) => {
      const networks = Array.from({ length: 8 }, (_each, index) => {
        const name = `n${String(index)}`;
        const subnet = { subnet: `10.${String(seed * 8 + index)}.0.0/24` };
        return network({ name, id: name, parent: 'eth1', engineId: index % 2 ? 'e2' : 'e1', subnet });
      });
      const whole = snapshot({ networks });
      const all = buildGraph(whole).lans;
      const hueOf = new Map(all.map((lan) => [lan.key, lan.hue]));
      for (const id of ['e1', 'e2']) {
        const some = buildGraph(whole, { filters: { ...noFilters, engines: [id] } }).lans;
        expect(some).toHaveLength(4);
        for (const lan of some) expect(lan.hue).toBe(hueOf.get(lan.key));
      }
      const less = buildGraph({ ...whole, networks: networks.slice(5) }, { lans: all }).lans;
      expect(less).toEqual(all.slice(5));
    },
  );

  it('do not take bridges, dummies or routed ipvlan for one', () => {
    const networks = ['e1', 'e2'].flatMap((engineId) => [
      bridge({ engineId, id: `${engineId}-b` }),
      network({ engineId, parent: '', name: 'dummy' }),
      network({ engineId, parent: 'dm-0123456789ab', name: 'named-dummy' }),
      network({ engineId, parent: undefined, internal: true, name: 'parentless' }),
      network({ engineId, kind: 'ipvlan', mode: 'l3', name: 'routed' }),
    ]);
    expect(buildGraph(snapshot({ networks })).lans).toEqual([]);
  });
});

describe('boundsOf', () => {
  it('holds everything', () => {
    const a = { x: -10, y: 5, width: 20, height: 5 };
    expect(boundsOf([a, { x: 0, y: 0, width: 50, height: 5 }])).toEqual({
      x: -10,
      y: 0,
      width: 60,
      height: 10,
    });
    expect(boundsOf([])).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });

  it('leaves out the hosts that the filter leaves out, and whole groups', () => {
    const engines = [engine({ id: 'e1', group: 'Rack 1' }), engine({ id: 'e2' })];
    const shown = (filters: Partial<GraphFilters>) =>
      buildGraph(snapshot({ engines, networks: [lan] }), { filters: { ...noFilters, ...filters } }).hosts.map(
        (host) => host.engineId,
      );
    expect(shown({ engines: ['e2'] })).toEqual(['e2']);
    expect(shown({ groups: ['Rack 1'] })).toEqual(['e1']);
    expect(shown({ groups: [''] })).toEqual(['e2']);
    expect(shown({ groups: ['Rack 1'], engines: ['e2'] })).toEqual([]);
  });
});

describe('groups of hosts', () => {
  const at = (id: string, position: number, group?: string) =>
    engine({ id, position, ...(group === undefined ? {} : { group }) });
  const place = (graph: Graph, id: string) => graph.hosts.find((host) => host.engineId === id)!.frame;

  it('stand together, below each other and in the admin’s order, under their names', () => {
    const engines = [at('a', 3, 'Rack 2'), at('b', 0), at('c', 1, 'Rack 2'), at('d', 2)];
    const graph = buildGraph(snapshot({ engines }));
    expect(graph.hosts.map((host) => host.engineId)).toEqual(['b', 'd', 'c', 'a']);
    const label = graph.groups.find((each) => each.name === 'Rack 2');
    expect(graph.groups.map((each) => each.name)).toEqual(['', 'Rack 2']);
    const above = Math.max(...['b', 'd'].map((id) => place(graph, id).y + place(graph, id).height));
    expect(label!.y).toBeGreaterThanOrEqual(above);
    for (const id of ['a', 'c']) expect(place(graph, id).y).toBeGreaterThanOrEqual(label!.y + label!.height);
  });

  it('move nothing where there are none', () => {
    expect(buildGraph(snapshot({})).groups).toEqual([]);
    expect(place(buildGraph(snapshot({})), 'e1').y).toBe(0);
  });
});
