import { describe, expect, it } from 'vitest';
import { detail } from '../../shared/rules/plan/testing';
import { bridge, container, endpoint, engine, network, special } from '../../shared/rules/testing';
import type { Container, Snapshot } from '../../shared/model';
import { buildGraph } from './build';
import { canDrop, canDropOn, isTarget } from './can-drop';
import { dropOnSegment } from './segment-drop';

const here = network();
const there = network({ engineId: 'e2' });
const docker0 = bridge();
const second = network({
  name: 'second',
  parent: 'eth5',
  subnet: { subnet: '10.9.0.0/24', gateway: '10.9.0.1' },
});
const web = container({ detail, endpoints: [endpoint(docker0, { ipv4: '172.17.0.2' })] });
const hosted = container({ name: 'hosted', networkMode: { kind: 'host' } });
const snapshot: Snapshot = {
  revision: 1,
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [here, there, docker0, second, special('host')],
  containers: [web, hosted],
};
const graph = buildGraph(snapshot);
const node = (kind: string, match: (each: never) => boolean = () => true) =>
  graph.nodes.find((each) => each.kind === kind && match(each as never))!;

describe('canDrop', () => {
  it('asks to attach', () => {
    expect(canDrop(web, here, snapshot)).toMatchObject({
      ok: true,
      request: { kind: 'attach', engineId: 'e1', containerId: web.id, networkId: here.id },
    });
  });

  it('asks to move when dragged from a network', () => {
    expect(canDrop(web, here, snapshot, docker0.id)).toMatchObject({
      ok: true,
      request: { kind: 'move', fromNetworkId: docker0.id, toNetworkId: here.id },
    });
  });

  it.each<[string, Container, typeof here, string]>([
    ['another host', web, there, 'network_other_engine'],
    ['a network it is on', web, docker0, 'already_connected'],
    ['any network in host mode', hosted, here, 'host_mode'],
  ])('refuses %s with the reason', (_what, dragged, target, code) => {
    expect(canDrop(dragged, target, snapshot)).toMatchObject({ ok: false, problem: { code } });
  });
});

describe('a container that restarts again and again', () => {
  const loop = { ...web, state: 'restarting' as const };
  const world = { ...snapshot, containers: [loop, hosted] };
  const segment = {
    ...{ id: 's', name: 'lan', vlan: null, driver: 'macvlan' as const, mode: 'bridge', reserved: [] },
    subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
    members: [{ engineId: 'e1', parentNic: 'eth1', networkName: 'lan' }],
  };

  it('can be dropped all the same: the dialog stops it first', () => {
    expect(canDrop(loop, here, world)).toMatchObject({ ok: true, request: { kind: 'attach' } });
    expect(canDrop(loop, here, world, docker0.id)).toMatchObject({ ok: true, request: { kind: 'move' } });
    const drop = dropOnSegment(segment, loop, world);
    expect(drop).toMatchObject({ ok: true, request: { kind: 'attach-to-segment' } });
    expect(drop.ok && drop.request).not.toHaveProperty('stopFirst');
  });

  it('is refused for what a stop does not mend', () => {
    expect(canDrop(loop, docker0, world)).toMatchObject({
      ok: false,
      problem: { code: 'already_connected' },
    });
    const on = { ...loop, endpoints: [endpoint(here)] };
    const drop = dropOnSegment(segment, on, { ...world, containers: [on] });
    expect(drop).toMatchObject({ ok: false, problem: { code: 'already_connected' } });
  });
});

describe('canDropOn', () => {
  it('takes a LAN for its network on the host of the container', () => {
    expect(canDropOn(node('lan'), web, snapshot)).toMatchObject({ ok: true, network: { id: here.id } });
    expect(canDropOn(node('spine'), web, snapshot)).toMatchObject({ ok: true, network: { id: here.id } });
  });

  it('takes an interface for its only network, and asks to choose where there are several', () => {
    const nic = node(
      'nic',
      ({ name, engineId }: { name: string; engineId: string }) => name === 'eth1' && engineId === 'e1',
    );
    expect(canDropOn(nic, web, snapshot)).toMatchObject({ ok: true, network: { id: here.id } });
    const crowded = { ...nic, networkIds: [here.id, second.id] } as typeof nic;
    expect(canDropOn(crowded, web, snapshot)).toEqual({ ok: false, reason: 'nic_several' });
  });

  it('says so where a LAN does not reach the host', () => {
    const stranger = { ...web, engineId: 'e3' };
    expect(canDropOn(node('lan'), stranger, snapshot)).toEqual({ ok: false, reason: 'lan_elsewhere' });
  });

  it('knows what is a target', () => {
    expect(graph.nodes.filter(isTarget).map((each) => each.kind)).not.toContain('container');
    expect(isTarget(node('network'))).toBe(true);
  });
});
