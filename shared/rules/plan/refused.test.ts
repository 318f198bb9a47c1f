import { describe, expect, it } from 'vitest';
import type { Network } from '../../model';
import { bridge, container, endpoint, engine, idle, network } from '../testing';
import {
  attach,
  codes,
  detach,
  docker0,
  first,
  host,
  lan,
  move,
  none,
  plan,
  readdress,
  v29,
  web,
  type Of,
} from './testing';

describe('refused targets', () => {
  const swarm = { kind: 'overlay', scope: 'swarm', parent: undefined } as const;
  it.each<[string, Network, Of<'attach'>, object]>([
    ['host', host, {}, { code: 'host_network' }],
    ['none', none, {}, { code: 'none_network' }],
    ['config-only', network({ configOnly: true }), {}, { code: 'network_config_only' }],
    ['ingress', network({ ...swarm, ingress: true }), {}, { code: 'network_ingress' }],
    ['not attachable', network(swarm), {}, { code: 'network_not_attachable', params: { network: 'lan' } }],
    [
      'another engine’s',
      network({ engineId: 'e2' }),
      {},
      {
        code: 'network_other_engine',
        params: { network: 'lan', from: 'host-e2', container: 'web', host: 'host-e1' },
      },
    ],
    [
      'without addresses',
      network({ subnets: [], ipamDriver: 'null' }),
      { ipv4: '10.70.1.5' },
      { code: 'network_without_ipam', field: 'ipv4' },
    ],
    [
      'the default bridge',
      bridge(),
      { ipv4: '172.17.0.9' },
      { code: 'pin_needs_user_network', field: 'ipv4' },
    ],
  ])('%s', (_what, target, over, expected) => {
    const request = attach({ networkId: target.id, ...over });
    const world = { engines: [v29, engine({ id: 'e2' })], networks: [target], containers: [container()] };
    expect(plan(request, world).problems).toEqual([expect.objectContaining(expected)]);
  });
  it('an attachable overlay is none of them', () => {
    const open = network({ ...swarm, attachable: true });
    expect(plan(attach(), { networks: [open], containers: [container()] }).problems).toEqual([]);
  });
  it('a network where it is already, or that is gone', () => {
    expect(first(plan(attach(), { containers: [web({ endpoints: [endpoint(lan)] })] }))?.code).toBe(
      'already_connected',
    );
    expect(first(plan(attach({ networkId: 'gone' }), { containers: [web()] }))).toMatchObject({
      code: 'network_not_found',
      params: { network: 'gone', host: 'host-e1' },
    });
  });
  it.each(['running', 'exited'] as const)('a passthru network that a %s container has', (state) => {
    const through = network({ mode: 'passthru' });
    const other = container({ name: 'db', state, endpoints: [idle(through)] });
    expect(first(plan(attach(), { networks: [through], containers: [web(), other] }))).toMatchObject({
      code: 'passthru_occupied',
      params: { container: 'db', parent: 'eth1' },
    });
    expect(plan(attach(), { networks: [through], containers: [web()] }).problems).toEqual([]);
  });
});

describe('two networks of one name', () => {
  const twin = network({ id: 'e1-twin', parent: 'eth9', subnets: [] });
  const world = { networks: [docker0, lan, twin], containers: [web({ endpoints: [endpoint(lan)] })] };
  it('are not both given to one container: the engine would lose the first', () => {
    const told = { code: 'already_connected', params: { context: 'name', container: 'web', network: 'lan' } };
    expect(first(plan(attach({ networkId: 'e1-twin' }), world))).toMatchObject(told);
    const moved = move({ fromNetworkId: 'e1-lan', toNetworkId: 'e1-twin' });
    expect(first(plan(moved, world))).toMatchObject(told);
  });
});

describe('refused containers', () => {
  const requests = [attach(), detach(), move(), readdress({ ipv4: '10.70.1.60' })];
  it.each(requests)('$kind: host mode', (request) => {
    const direct = web({ networkMode: { kind: 'host' }, endpoints: [endpoint(host)] });
    expect(codes(plan(request, { containers: [direct] }).problems)).toEqual(['host_mode']);
  });
  it.each(requests)(
    '$kind: a shared namespace, the sharer running or stopped, the owner there or gone',
    (request) => {
      for (const state of ['running', 'exited'] as const) {
        const sharer = web({
          state,
          endpoints: [],
          networkMode: { kind: 'container', containerId: 'e1-app' },
        });
        expect(first(plan(request, { containers: [sharer, container({ name: 'app' })] }))).toMatchObject({
          code: 'shares_namespace',
          params: { container: 'web', owner: 'app' },
        });
        expect(first(plan(request, { containers: [sharer] }))?.params).toMatchObject({
          context: 'owner_gone',
        });
      }
    },
  );
  it.each(requests)('$kind: a container or engine that is gone or offline', (request) => {
    expect(codes(plan(request, {}).problems)).toEqual(['container_not_found']);
    expect(codes(plan(request, { engines: [engine({ id: 'e2' })], containers: [web()] }).problems)).toEqual([
      'engine_unknown',
    ]);
    expect(
      codes(plan(request, { engines: [engine({ state: 'offline' })], containers: [web()] }).problems),
    ).toEqual(['engine_unreachable']);
  });
});
