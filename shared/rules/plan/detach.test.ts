import { describe, expect, it } from 'vitest';
import { endpoint, idle, network } from '../testing';
import { codes, detach, docker0, lan, none, ops, plan, web } from './testing';

describe('detach', () => {
  it('warns that connections end, and that an automatic address may not come back', () => {
    const made = plan(detach(), { containers: [web({ endpoints: [endpoint(docker0), endpoint(lan)] })] });
    expect(ops(made)).toEqual(['disconnect lan']);
    expect(codes(made.notices)).toEqual(['interruption', 'undo_may_change_address']);
    const pinned = web({ endpoints: [endpoint(docker0), endpoint(lan, { pinned4: '10.70.1.2' })] });
    expect(codes(plan(detach(), { containers: [pinned] }).notices)).toEqual(['interruption']);
  });
  it('says that the default route goes', () => {
    const made = plan(detach(), { containers: [web({ endpoints: [endpoint(lan)] })] });
    expect(codes(made.notices)).toContain('route_lost');
  });
  it('refuses where it is not, and the none network', () => {
    expect(codes(plan(detach(), { containers: [web()] }).problems)).toEqual(['not_connected']);
    const alone = web({ networkMode: { kind: 'none' }, endpoints: [endpoint(none)] });
    expect(codes(plan(detach({ networkId: none.id }), { containers: [alone] }).problems)).toEqual([
      'none_mode',
    ]);
  });
  it('takes a stopped container off a network that is gone, by the network’s name', () => {
    const left = idle(network({ name: 'old' }));
    const stopped = web({ state: 'exited', endpoints: [left] });
    const made = plan(detach({ networkId: left.networkId }), { containers: [stopped] });
    expect(made.steps).toEqual([
      expect.objectContaining({ op: 'disconnect', networkId: 'old', networkName: 'old' }),
    ]);
  });
  it('warns, while it clears what a failed attach left, of another rest that keeps the container from starting', () => {
    const other = network({ id: 'other', name: 'other', parent: 'eth9' });
    const left = (on: typeof lan) => endpoint(on, { leftover: true, ipv4: '', mac: '' });
    const clear = (...endpoints: ReturnType<typeof left>[]) =>
      plan(detach(), { networks: [docker0, lan, none, other], containers: [web({ endpoints })] });
    const both = clear(left(lan), left(other));
    expect(ops(both)).toEqual(['stop web', 'disconnect lan', 'start web']);
    const told = (made: typeof both) =>
      made.notices.filter((one) => one.params?.['context'] === 'other_left');
    expect(told(both)).toMatchObject([
      { severity: 'warning', params: { container: 'web', network: 'other' } },
    ]);
    expect(told(clear(left(lan), endpoint(other)))).toEqual([]);
  });
  it('makes a live container’s phantom real before it takes it off', () => {
    const left = endpoint(lan, { endpointId: '', ipv4: '', mac: '' });
    expect(ops(plan(detach(), { containers: [web({ endpoints: [left] })] }))).toEqual([
      'connect lan',
      'disconnect lan',
    ]);
    const stopped = web({ state: 'exited', endpoints: [idle(lan)] });
    expect(ops(plan(detach(), { containers: [stopped] }))).toEqual(['disconnect lan']);
  });
});
