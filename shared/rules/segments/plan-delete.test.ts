import { describe, expect, it } from 'vitest';
import { bridge, container, endpoint, idle } from '../testing';
import { here, made, networks, office, ops, plan, planned, problems, there } from './testing';

const pinned = () =>
  container({ endpoints: [endpoint(here, { ipv4: '10.70.1.9', pinned4: '10.70.1.9', aliases: ['www'] })] });
const stopped = () =>
  container({ name: 'off', state: 'exited', endpoints: [idle(here, { pinned4: '10.70.1.8' })] });

describe('delete', () => {
  it('tells of a host’s own link to a network that goes', () => {
    const shim = {
      engineId: 'e2',
      networkId: there.id,
      networkName: there.name,
      address: '10.70.1.2',
      since: 0,
    };
    const found = plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { networks, shims: [shim] });
    const told = found.hosts.map(({ notices }) => notices.map(({ code }) => code).includes('shim_stays'));
    expect(told).toEqual([false, true]);
  });
  it('warns who can’t start again without the network that it was made with', () => {
    const own = { ...stopped(), networkMode: { kind: 'network', network: 'office' } as const };
    const found = plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { networks, containers: [own] });
    expect(found.hosts[0]?.notices).toContainEqual(
      expect.objectContaining({
        code: 'start_needs_network',
        params: { container: 'off', network: 'office' },
      }),
    );
  });
  it('disconnects stopped containers first, and refuses running ones', () => {
    const world = { networks, containers: [stopped()] };
    const found = plan({ kind: 'delete-segment', segmentId: 'seg-1' }, world);
    expect(ops(found)).toEqual(['disconnect off', 'remove-network office']);
    expect(ops(found, 'e2')).toEqual(['remove-network office']);
    expect(found.segment).toBeNull();
    const busy = { networks, containers: [stopped(), pinned()] };
    expect(problems(plan({ kind: 'delete-segment', segmentId: 'seg-1' }, busy))).toEqual([
      'e1 network_in_use',
    ]);
    const told = plan({ kind: 'delete-segment', segmentId: 'seg-1', detachRunning: true }, busy);
    expect(ops(told)).toEqual(['disconnect off', 'disconnect web', 'remove-network office']);
    expect(told.hosts[0]?.notices.map((one) => one.code)).toContain('interruption');
  });
  it('tells for whom undo would be refused: no engine holds the address of one that is stopped', () => {
    const auto = container({
      id: 'auto',
      name: 'auto',
      endpoints: [endpoint(here, { ipv4: '10.70.1.140' })],
    });
    const off = (pinned4: string) =>
      container({ id: 'off', name: 'off', state: 'exited', endpoints: [idle(here, { pinned4 })] });
    const told = (...containers: ReturnType<typeof off>[]) =>
      plan(
        { kind: 'delete-segment', segmentId: 'seg-1', detachRunning: true },
        { networks, containers },
      ).hosts[0]?.notices.filter(({ code }) => code === 'undo_impossible');
    expect(told(off('10.70.1.128'), auto)).toMatchObject([
      { params: { context: 'not_held', container: 'off', address: '10.70.1.128', other: 'auto' } },
    ]);
    expect(told(off('10.70.1.180'), auto)).toEqual([]);
    expect(told(off('10.70.1.128'))).toEqual([]);
  });
  it('is refused over what a failed attach left in a live container: that is to be detached first', () => {
    const half = { leftover: true as const };
    const bare = { endpointId: '', ipv4: '', mac: '' };
    const segment = { ...office, mode: 'private' };
    for (const left of [half, bare]) {
      const containers = [container({ name: 'both', endpoints: [endpoint(here, left)] })];
      const world = { networks, containers };
      const found = [
        plan({ kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e1', detachRunning: true }, world),
        plan({ kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e1' }, world),
        plan({ kind: 'edit-segment', segmentId: 'seg-1', segment, hosts: [] }, world),
      ];
      for (const { hosts } of found)
        expect(hosts[0]?.problems).toMatchObject([
          {
            code: 'not_connected',
            params: { context: 'leftover', container: 'both', network: 'office' },
          },
        ]);
    }
  });
  it('tells whose default route moves or goes, as a plain detach does', () => {
    const net = bridge({ id: 'net', engineId: 'e1', name: 'zz' });
    const both = container({ name: 'both', endpoints: [endpoint(here), endpoint(net)] });
    const only = container({ name: 'only', endpoints: [endpoint(here)] });
    const beside = container({ name: 'beside', endpoints: [endpoint(net)] });
    const world = { networks: [...networks, net], containers: [both, only, beside] };
    const found = plan({ kind: 'delete-segment', segmentId: 'seg-1', detachRunning: true }, world);
    expect(found.hosts[0]?.notices.filter(({ code }) => code.startsWith('route_'))).toMatchObject([
      { code: 'route_moves', params: { container: 'both', from: 'office', to: 'zz' } },
      { code: 'route_lost', params: { container: 'only', from: 'office' } },
    ]);
  });
  it('passes over what is gone, and refuses what could not be made again', () => {
    expect(ops(plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { networks: [there] }))).toEqual([]);
    const strange = [{ ...here, configFrom: 'settings' }, there];
    expect(problems(plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { networks: strange }))).toEqual([
      'e1 network_not_recreatable',
    ]);
    const twins = [...networks, bridge({ id: 'twin', engineId: 'e1', name: here.name })];
    expect(problems(plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { networks: twins }))).toEqual([
      'e1 network_not_recreatable',
    ]);
  });
});

describe('two networks of one host', () => {
  it('go in one list of steps', () => {
    const twice = {
      ...planned,
      members: [planned.members[0]!, { ...planned.members[0]!, networkName: 'second' }],
    };
    const found = plan(
      { kind: 'delete-segment', segmentId: 'seg-1' },
      { plan: [twice], networks: made(twice) },
    );
    expect(found.hosts).toHaveLength(1);
    expect(ops(found)).toEqual(['remove-network office', 'remove-network second']);
  });
});
