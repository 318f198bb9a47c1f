import { describe, expect, it } from 'vitest';
import type { EngineRequest, Container } from '../../model';
import { bridge, container, endpoint, engine, idle, network, podman } from '../testing';
import { codes, docker0, first, host, lan, none, plan, remove, web } from './testing';

describe('create-network', () => {
  const spec = {
    name: ' lan20 ',
    driver: 'macvlan',
    parent: 'eth2',
    mode: 'bridge',
    subnet: '10.70.2.0/24',
    gateway: '10.70.2.1',
    ipRange: '',
    exclusions: [],
    internal: false,
  } as const;
  const create = (over: object = {}): EngineRequest => ({
    kind: 'create-network',
    engineId: 'e1',
    spec: { ...spec, exclusions: [], ...over },
  });
  it('is one step with the spec tidied', () => {
    const made = plan(create(), {});
    const { ipRange: _blank, ...rest } = spec;
    expect(made.steps).toEqual([
      { op: 'create-network', networkName: 'lan20', spec: { ...rest, name: 'lan20' } },
    ]);
    expect(made.steps[0]).not.toHaveProperty('spec.ipRange');
  });
  it('is refused by the rules for specs, and by an engine that does not answer', () => {
    expect(codes(plan(create({ subnet: '10.70.1.0/25', gateway: undefined }), {}).problems)).toEqual([
      'subnet_overlap',
    ]);
    expect(codes(plan(create(), { engines: [engine({ state: 'offline' })] }).problems)).toEqual([
      'engine_unreachable',
    ]);
  });
  it('shows an offline engine’s own problem', () => {
    const reason = { code: 'engine_permission' as const, message: 'no access' };
    expect(plan(create(), { engines: [engine({ state: 'offline', problem: reason })] }).problems).toEqual([
      reason,
    ]);
  });
});

describe('remove-network', () => {
  it('is one step when nothing is on it', () => {
    expect(plan(remove(), { containers: [web()] })).toEqual({
      steps: [{ op: 'remove-network', networkId: 'e1-lan', networkName: 'lan' }],
      notices: [],
      problems: [],
    });
  });
  it('warns for whom it is the network that they were made with, be they on it or not', () => {
    const made = (name: string, network: string) =>
      web({ id: name, name, networkMode: { kind: 'network', network } });
    const containers = [made('b', 'lan'), made('a', 'lan'), made('c', 'other'), made('d', 'e1-l'), web()];
    const told = (apiVersion: string, product: 'docker' | 'podman' = 'docker') =>
      plan(remove(), { containers, engines: [engine({ apiVersion, product })] }).notices.map(
        ({ code, params, severity }) => ({ code, params, severity }),
      );
    const warned = { code: 'start_needs_network', severity: 'warning' };
    expect(told('1.44')).toEqual([
      { ...warned, params: { container: 'a, b', network: 'lan' } },
      { ...warned, params: { context: 'by_id', container: 'd', network: 'lan' } },
    ]);
    // Up to v24 nobody has seen it, and Podman has no such mode.
    expect([told('1.43'), told('1.51', 'podman')]).toEqual([[], []]);
  });
  it('tells of the host’s own link to it, which outlives it', () => {
    const shim = { engineId: 'e1', networkId: 'e1-lan', networkName: 'lan', address: '10.70.1.2', since: 0 };
    const told = (over: object) => plan(remove(), { beside: { shims: [{ ...shim, ...over }] } }).notices;
    expect(told({})).toMatchObject([
      { code: 'shim_stays', params: { host: 'host-e1', network: 'lan', address: '10.70.1.2' } },
    ]);
    // It follows its network by name where that was made anew.
    expect(told({ networkId: 'before' })).toMatchObject([{ code: 'shim_stays' }]);
    const other = { networkId: 'other', networkName: 'other' };
    expect([told({ engineId: 'e2' }), told(other)]).toEqual([[], []]);
  });
  it('names who uses it, running before stopped', () => {
    const on = (name: string, over: Partial<Container> = {}) =>
      container({ name, endpoints: [endpoint(lan)], ...over });
    const off = container({ name: 'off', state: 'exited', endpoints: [idle(lan, { networkId: '' })] });
    expect(
      first(plan(remove(), { containers: [on('web10'), on('web2', { state: 'paused' }), off] })),
    ).toMatchObject({
      code: 'network_in_use',
      params: { network: 'lan', container: 'web2, web10' },
    });
    expect(first(plan(remove(), { containers: [off] }))).toMatchObject({
      code: 'network_has_stopped_members',
      params: { network: 'lan', container: 'off' },
    });
  });
  it.each([docker0, host, none, bridge({ name: 'docker_gwbridge' })])('refuses $name', (own) => {
    expect(codes(plan(remove(own.id), { networks: [own] }).problems)).toEqual(['network_predefined']);
  });
  it('refuses the ingress, a config in use, and what is not there', () => {
    const ingress = network({ ingress: true, kind: 'overlay' });
    expect(codes(plan(remove(), { networks: [ingress] }).problems)).toEqual(['network_ingress']);
    const config = network({ configOnly: true });
    const user = network({ name: 'user', configFrom: 'lan' });
    expect(first(plan(remove(), { networks: [config, user] }))?.params).toMatchObject({
      context: 'config',
      name: 'user',
    });
    // As every engine shows it: with the driver `null`, which is not that of `none` here.
    const own = network({ configOnly: true, kind: 'null', driver: 'null' });
    expect(plan(remove(), { networks: [own] })).toMatchObject({ problems: [], notices: [] });
    expect(codes(plan(remove(), { networks: [own, user] }).problems)).toEqual(['network_in_use']);
    expect(codes(plan(remove('gone'), {}).problems)).toEqual(['network_not_found']);
  });
  it('says before that an engine hides what would make it again', () => {
    const hidden = network({ configOnly: true, kind: 'null', driver: 'null', ipv4: true, subnets: [] });
    expect(codes(plan(remove(), { networks: [hidden] }).notices)).toEqual(['undo_impossible']);
    expect(plan(remove(), { networks: [{ ...hidden, ipv4: undefined }] }).notices).toEqual([]);
  });
  it('says before that Docker’s API has no words for a network without address management', () => {
    const unmanaged = network({ ipamDriver: 'none', subnets: [] });
    expect(plan(remove(), { networks: [unmanaged], engines: [podman()] }).notices).toMatchObject([
      { code: 'undo_impossible', params: { context: 'ipam', network: 'lan' } },
    ]);
  });
  it('says before that no second one of its name can be made', () => {
    const twins = [network(), network({ id: 'twin' })];
    expect(plan(remove(), { networks: twins }).notices).toMatchObject([
      { code: 'undo_impossible', params: { context: 'twin' } },
    ]);
  });
  it('says that the VLAN link goes with its last network', () => {
    const tagged = network({ parent: 'eth1.10' });
    expect(plan(remove(), { networks: [tagged] }).notices).toMatchObject([
      { code: 'vlan_link_made', params: { context: 'removed', parent: 'eth1.10', vlan: 10 } },
    ]);
    expect(plan(remove(), { networks: [tagged, network({ name: 'b', parent: 'eth1.10' })] }).notices).toEqual(
      [],
    );
  });
});
