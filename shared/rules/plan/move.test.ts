import { describe, expect, it } from 'vitest';
import { container, endpoint, engine, idle, network } from '../testing';
import { codes, docker0, first, lan, move, none, ops, plan, v29, web } from './testing';

describe('move', () => {
  it('enters the new network first, and keeps what is the container’s own', () => {
    const old = endpoint(docker0, {
      ipv4: '172.17.0.2',
      aliases: ['app'],
      gatewayPriority: 3,
      driverOptions: { 'other.driver': 'x' },
    });
    const made = plan(move({ ipv4: '10.70.1.60' }), { containers: [web({ endpoints: [old] })] });
    expect(ops(made)).toEqual(['connect lan', 'disconnect bridge']);
    expect(made.steps[0]).toMatchObject({
      endpoint: { ipv4: '10.70.1.60', aliases: ['app'], gatewayPriority: 3 },
    });
    expect(made.steps[0]).not.toHaveProperty('endpoint.driverOptions');
    expect(made.suggestedIpv4).toBe('10.70.1.254');
    expect(made.notices[0]).toMatchObject({ code: 'interruption', params: { context: 'moves', to: 'lan' } });
    expect(codes(made.notices)).toContain('undo_may_change_address');
  });
  it('leaves first where both cannot be: one subnet, none, a fixed interface name', () => {
    const twin = network({ name: 'twin', parent: 'eth2', subnet: { ipRange: '10.70.1.0/26' } });
    const inTwin = web({ endpoints: [endpoint(twin, { ipv4: '10.70.1.60', pinned4: '10.70.1.60' })] });
    const request = move({ fromNetworkId: 'e1-twin', ipv4: '10.70.1.60' });
    const made = plan(request, { networks: [twin, lan], containers: [inTwin] });
    expect(ops(made)).toEqual(['disconnect twin', 'connect lan']);
    expect(made.notices[0]).toMatchObject({ code: 'interruption', params: { network: 'twin' } });
    expect(made.notices[0]?.params.seconds).toBeGreaterThan(0);
    const alone = web({ networkMode: { kind: 'none' }, endpoints: [endpoint(none)] });
    expect(ops(plan(move({ fromNetworkId: none.id }), { containers: [alone] }))).toEqual([
      'disconnect none',
      'connect lan',
    ]);
    const ifname = { 'com.docker.network.endpoint.ifname': 'lan0' };
    const named = plan(move(), {
      containers: [web({ endpoints: [endpoint(docker0, { driverOptions: ifname })] })],
    });
    expect(ops(named)).toEqual(['disconnect bridge', 'connect lan']);
    expect(named.steps[1]).toMatchObject({ endpoint: { driverOptions: ifname } });
  });
  it('takes no aliases to the default bridge', () => {
    const made = plan(move({ fromNetworkId: 'e1-lan', toNetworkId: 'e1-bridge' }), {
      containers: [web({ endpoints: [endpoint(lan, { aliases: ['app'] })] })],
    });
    expect(made.steps[0]).toMatchObject({ op: 'connect', endpoint: {} });
    expect(made.steps[0]).not.toHaveProperty('endpoint.aliases');
  });
  it('refuses what is no move', () => {
    const both = web({ endpoints: [endpoint(docker0), endpoint(lan)] });
    expect(first(plan(move({ toNetworkId: 'e1-bridge' }), { containers: [web()] }))).toMatchObject({
      code: 'nothing_to_do',
      params: { context: 'same_network' },
    });
    expect(first(plan(move(), { containers: [both] }))).toMatchObject({
      code: 'already_connected',
      field: 'toNetworkId',
    });
    expect(first(plan(move(), { containers: [container()] }))).toMatchObject({
      code: 'not_connected',
      field: 'fromNetworkId',
    });
    expect(first(plan(move({ toNetworkId: none.id }), { containers: [web()] }))).toMatchObject({
      code: 'none_network',
      field: 'toNetworkId',
    });
  });
  it('says of which hosts of the LAN it knows only what they told last', () => {
    const told = (state: 'online' | 'offline', ipv4?: string, over = {}) => {
      const there = network({ engineId: 'e2', parent: 'eth7', ...over });
      const made = plan(move({ ...(ipv4 ? { ipv4 } : {}) }), {
        engines: [v29, engine({ id: 'e2', name: 'attic', state })],
        networks: [docker0, lan, there],
        containers: [web()],
      });
      expect(made.problems).toEqual([]);
      return made.notices.filter(({ code }) => code === 'lan_last_known').map(({ params }) => params);
    };
    expect(told('offline', '10.70.1.60')).toEqual([{ hosts: 'attic', network: 'lan' }]);
    expect(told('online', '10.70.1.60')).toEqual([]);
    // Its own engine picks an address by what it knows itself; another LAN's addresses are no matter.
    expect(told('offline')).toEqual([]);
    expect(told('offline', '10.70.1.60', { subnet: { subnet: '10.9.0.0/24' } })).toEqual([]);
  });
  it('interrupts nothing in a stopped container', () => {
    const stopped = web({ state: 'exited', endpoints: [idle(docker0)] });
    expect(codes(plan(move(), { containers: [stopped] }).notices)).not.toContain('interruption');
  });
});
