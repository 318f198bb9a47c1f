import { describe, expect, it } from 'vitest';
import type { EngineRequest, Container, NetworkSpec } from '../../model';
import { hostFacts, nic } from '../host/testing';
import { bridge, container, endpoint, engine, network, podman } from '../testing';
import { attach, codes, detach, first, lan, move, plan, readdress, web, type World } from './testing';

/** What Podman 4.3 can't do is told in the preview, and has no steps. Measured: e2e/integration/podman-plans.lab.test.ts. */
const on = (world: World = {}): World => ({ engines: [podman()], networks: [bridge(), lan], ...world });
const spec: NetworkSpec = {
  name: 'iot',
  driver: 'macvlan',
  parent: 'eth2',
  mode: 'bridge',
  subnet: '10.70.2.0/24',
  gateway: '10.70.2.1',
  exclusions: [],
  internal: false,
};
const create = (over: Partial<NetworkSpec> = {}): EngineRequest => ({
  kind: 'create-network',
  engineId: 'e1',
  spec: { ...spec, ...over },
});
const docker = { engines: [engine({ apiVersion: '1.41' })] };

describe('a network on Podman', () => {
  it('is made as on Docker, in each mode of macvlan', () => {
    for (const mode of ['bridge', 'private', 'vepa', 'passthru'])
      expect(plan(create({ mode }), on()).problems).toEqual([]);
  });

  it('has no exclusions: one problem, whatever they are', () => {
    const refused = plan(create({ exclusions: ['10.70.2.5', 'nonsense'] }), on());
    expect(refused.problems).toMatchObject([
      {
        code: 'engine_unsupported',
        field: 'spec.exclusions',
        engineId: 'e1',
        params: { context: 'exclusions', host: 'host-e1' },
      },
    ]);
    expect(first(refused)?.hint).toContain('automatic range');
    expect(plan(create({ exclusions: ['10.70.2.5'] }), docker).problems).toEqual([]);
  });

  it('is no ipvlan before 4.5', () => {
    const ipvlan = create({ driver: 'ipvlan', mode: 'l2' });
    expect(plan(ipvlan, on()).problems).toMatchObject([
      {
        code: 'engine_unsupported',
        field: 'spec.driver',
        message: 'The engine on host-e1 makes no ipvlan networks.',
      },
    ]);
    expect(plan(ipvlan, docker).problems).toEqual([]);
  });

  it.each(['private', 'container', 'slirp4netns', 'ns', 'podman', 'bridge', 'default'])(
    'is not named %s',
    (name) => {
      expect(first(plan(create({ name }), on()))).toMatchObject({
        code: 'network_predefined',
        field: 'spec.name',
      });
      expect(plan(create({ name }), docker).problems).toHaveLength(
        ['bridge', 'default'].includes(name) ? 1 : 0,
      );
    },
  );

  it('needs its VLAN link beforehand: a warning without a look', () => {
    const { notices, problems, steps } = plan(create({ parent: 'eth2.10' }), on());
    expect(problems).toEqual([]);
    expect(steps).toHaveLength(1);
    expect(notices.map(({ code }) => code)).not.toContain('vlan_link_made');
    expect(notices.find(({ code }) => code === 'vlan_link_needed')).toMatchObject({
      severity: 'warning',
      params: { parent: 'eth2.10', nic: 'eth2', vlan: 10, host: 'host-e1' },
    });
    expect(codes(plan(create({ parent: 'eth2.10' }), docker).notices)).toContain('vlan_link_made');
  });

  it('is refused where a look shows that the link is not there', () => {
    const seen = (...names: string[]) =>
      plan(
        create({ parent: 'eth2.10' }),
        on({
          beside: {
            facts: [
              hostFacts(
                'e1',
                ...names.map((name) =>
                  name.includes('.')
                    ? nic({ name, kind: 'vlan', vlan: 10, parent: 'eth2' })
                    : nic({ name, index: 9 }),
                ),
              ),
            ],
          },
        }),
      );
    expect(first(seen('eth2'))).toMatchObject({
      code: 'parent_missing',
      field: 'spec.parent',
      params: { context: 'vlan', parent: 'eth2.10', nic: 'eth2', vlan: 10, host: 'host-e1' },
      hint: expect.stringContaining('ip link add link eth2 name eth2.10 type vlan id 10') as string,
    });
    expect(first(seen('eth7'))).toMatchObject({ code: 'parent_missing', params: { context: 'no_links' } });
    const there = seen('eth2', 'eth2.10');
    expect(there.problems).toEqual([]);
    expect(codes(there.notices)).not.toContain('vlan_link_needed');
  });

  it('leaves its VLAN link behind when it is removed', () => {
    const tagged = network({ name: 'iot', parent: 'eth2.10' });
    const remove: EngineRequest = { kind: 'remove-network', engineId: 'e1', networkId: tagged.id };
    expect(plan(remove, on({ networks: [tagged] })).notices).toEqual([]);
    expect(plan(remove, { ...docker, networks: [tagged] }).notices).toHaveLength(1);
  });
});

describe('a container on Podman', () => {
  const modes: readonly Container['networkMode'][] = [
    { kind: 'none' },
    { kind: 'network', network: 'slirp4netns' },
    { kind: 'network', network: 'pasta:-4' },
    { kind: 'network', network: 'ns:/run/netns/blue' },
  ];
  it.each(modes)('that was made without a network gets none: %j', (networkMode) => {
    expect(plan(attach(), on({ containers: [container({ networkMode })] })).problems).toMatchObject([
      { code: 'engine_unsupported', params: { context: 'none', container: 'web', host: 'host-e1' } },
    ]);
  });

  it('that lost its last network can have another', () => {
    for (const networkMode of [
      { kind: 'bridge' },
      { kind: 'network', network: 'ns-like' },
      { kind: 'network', network: 'pastabar' },
    ] as const)
      expect(plan(attach(), on({ containers: [container({ networkMode })] })).problems).toEqual([]);
  });

  it('is left alone while it is paused: the engine would lose sight of all', () => {
    const paused = web({
      state: 'paused',
      endpoints: [endpoint(bridge(), { ipv4: '10.88.0.2' }), endpoint(lan)],
    });
    const other = network({ name: 'iot', subnet: { subnet: '10.71.1.0/24', gateway: '10.71.1.1' } });
    const requests = [
      attach({ networkId: other.id }),
      detach(),
      readdress({ ipv4: '10.70.1.9' }),
      move({ fromNetworkId: lan.id, toNetworkId: other.id }),
    ];
    for (const request of requests) {
      const world = { networks: [bridge(), lan, other], containers: [paused] };
      expect(plan(request, on(world)).problems).toMatchObject([
        { code: 'engine_unsupported', params: { context: 'paused', container: 'web', host: 'host-e1' } },
      ]);
      expect(plan(request, { ...docker, ...world }).problems).toEqual([]);
    }
  });
});

it('is not said of an engine that was never reached', () => {
  const unknown = podman({ apiVersion: '', state: 'connecting' });
  expect(plan(create({ exclusions: ['10.70.2.5'] }), on({ engines: [unknown] })).problems).toEqual([]);
});

describe('an address on Podman, which tells of no fixed one', () => {
  const key = { engineId: 'e1', containerId: 'e1-web', networkName: 'lan' };
  const stays = (ipv4: string, state: 'running' | 'exited') =>
    on({ containers: [web({ state, endpoints: [endpoint(lan, { ipv4 })] })] });
  const ours = { beside: { addresses: [{ ...key, ipv4: '10.70.1.71' }] } };
  const leave = (world: World) => {
    const { steps, notices } = plan(detach(), world);
    return [steps[0], notices.filter(({ code }) => code === 'undo_may_change_address')];
  };

  it('comes back by undo as we fixed it, running or stopped', () => {
    for (const world of [stays('10.70.1.71', 'running'), stays('', 'exited')])
      expect(leave({ ...world, ...ours })).toEqual([expect.objectContaining({ ipv4: '10.70.1.71' }), []]);
  });
  it('comes back as it is now where nobody knows, or ours was lost since, and is then said to be fixed', () => {
    for (const world of [stays('10.70.1.9', 'running'), { ...stays('10.70.1.9', 'running'), ...ours }]) {
      const [step, said] = leave(world);
      expect(step).toMatchObject({ op: 'disconnect', ipv4: '10.70.1.9' });
      expect(said).toMatchObject([{ params: { context: 'fixes', address: '10.70.1.9' } }]);
    }
  });
  it('is unknown while stopped, and not called automatic', () => {
    const [step, said] = leave(stays('', 'exited'));
    expect(step).not.toHaveProperty('ipv4');
    expect(said).toMatchObject([{ severity: 'warning', params: { context: 'unknown' } }]);
  });
  it('is told to be lost where the other family of a stopped one is changed', () => {
    const six = network();
    six.subnets.push({ subnet: 'fd70::/64', exclusions: {} });
    const lost = (over: Parameters<typeof readdress>[0], beside: World = {}) => {
      const containers = [web({ state: 'exited', endpoints: [endpoint(six, { ipv4: '' })] })];
      const { notices } = plan(readdress(over), on({ networks: [bridge(), six], containers, ...beside }));
      return notices.filter(({ code }) => code === 'fixed_address_unknown').map(({ params }) => params);
    };
    expect(lost({ ipv6: 'fd70::9' })).toEqual([{ container: 'web', network: 'lan' }]);
    expect(lost({ ipv6: 'fd70::9' }, ours)).toEqual([]);
    expect(lost({ ipv4: '10.70.1.9', ipv6: '' })).toEqual([]);
  });
  it('may be given away while a stopped container has it', () => {
    const stopped = (name: string) =>
      container({ name, id: `e1-${name}`, state: 'exited', endpoints: [endpoint(lan, { ipv4: '' })] });
    const told = (request: EngineRequest, world: World = {}) => {
      const containers = [web(), stopped('db10'), stopped('db9')];
      const { notices } = plan(request, on({ containers, ...world }));
      return notices.filter(({ code }) => code === 'fixed_address_unknown').map(({ params }) => params);
    };
    const others = { context: 'others', network: 'lan', container: 'db9, db10' };
    expect([told(attach({ ipv4: '10.70.1.60' })), told(attach())]).toEqual([[others], [others]]);
    const stays = [web({ endpoints: [endpoint(lan, { ipv4: '10.70.1.9' })] }), stopped('db')];
    expect(told(readdress({ ipv4: '10.70.1.8' }), { containers: stays })).toMatchObject([
      { container: 'db' },
    ]);
    const known = { beside: { addresses: [{ ...key, containerId: 'e1-db', ipv4: '10.70.1.60' }] } };
    expect(told(readdress({ ipv4: '10.70.1.8' }), { containers: stays, ...known })).toEqual([]);
    expect(told(attach(), docker)).toEqual([]);
  });
  it('is kept when the other family is changed', () => {
    const world = { ...stays('10.70.1.71', 'running'), ...ours };
    const { steps } = plan(readdress({ ipv6: '' }), world);
    expect(steps.at(-1)).toMatchObject({ op: 'connect', endpoint: { ipv4: '10.70.1.71' } });
  });

  it('is held by a stopped container as long as that is on the network', () => {
    const asked = (...endpoints: ReturnType<typeof endpoint>[]) => {
      const other = container({ name: 'db', id: 'e1-db', state: 'exited', endpoints });
      const addresses = [{ ...key, containerId: 'e1-db', ipv4: '10.70.1.60' }];
      const world = on({ containers: [web(), other], beside: { addresses } });
      return plan(attach({ ipv4: '10.70.1.60' }), world);
    };
    expect(first(asked(endpoint(lan, { endpointId: '', ipv4: '' })))).toMatchObject({ field: 'ipv4' });
    expect(asked().problems).toEqual([]);
  });
});
