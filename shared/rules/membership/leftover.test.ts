import { describe, expect, it } from 'vitest';
import type { ContainerDetail } from '../../model';
import { attentionOf } from './attention';
import { hostFacts, nic } from '../host/testing';
import { isLeftover } from './leftover';
import { attach, detach, docker0, first, lan, ops, plan, readdress, v26, web } from '../plan/testing';
import { addressUses } from '../addresses/testing';
import { endpoint } from '../testing';

const half = endpoint(lan, { ipv4: '10.70.1.60', pinned4: '10.70.1.60', leftover: true });
const left = (over: Parameters<typeof web>[0] = {}) => web({ endpoints: [endpoint(docker0), half], ...over });
const world = (container = left()) => ({ engines: [v26], containers: [container] });
const facts = (...nics: Parameters<typeof nic>[0][]) => ({
  ...{ engines: [v26], containers: [web()] },
  beside: { facts: [hostFacts('e1', ...nics.map((one) => nic(one)))], looked: ['e1'] },
});

describe('what a failed connect left', () => {
  it('is told from an attachment while the container lives, and is a plain entry while it does not', () => {
    expect(isLeftover({ state: 'running' }, half)).toBe(true);
    expect(isLeftover({ state: 'paused' }, { ...half, leftover: undefined, endpointId: '' })).toBe(true);
    expect(isLeftover({ state: 'running' }, { ...half, leftover: undefined })).toBe(false);
    expect(isLeftover({ state: 'exited' }, { ...half, endpointId: '' })).toBe(false);
    expect(isLeftover({ state: 'running' }, { ...half, networkName: 'none' })).toBe(false);
  });

  it('is cleared by a detach that stops the container and starts it again, and says so', () => {
    const made = plan(detach(), world());
    expect(ops(made)).toEqual(['stop web', 'disconnect lan', 'start web']);
    expect(made.steps[1]).toMatchObject({ leftover: true });
    expect(made.notices).toMatchObject([{ code: 'interruption', params: { context: 'restarts' } }]);
    expect(ops(plan(detach({ stopFirst: true }), world()))).toEqual(['stop web', 'disconnect lan']);
  });

  it('is not cleared, nor anything else done, by a stop that the engine would remove the container for', () => {
    const detail = { autoRemove: true } as ContainerDetail;
    expect(first(plan(detach(), world(left({ detail }))))).toMatchObject({ code: 'removed_by_stop' });
    const looping = world(web({ state: 'restarting', detail }));
    expect(first(plan(attach({ stopFirst: true }), looping))).toMatchObject({ code: 'removed_by_stop' });
    // Not inspected yet, or not to be: then nobody knows.
    const unread = {
      code: 'removed_by_stop',
      params: { context: 'unread', container: 'web', host: 'host-e1' },
    };
    expect(first(plan(detach(), world(left({ detail: null }))))).toMatchObject(unread);
    expect(first(plan(attach({ stopFirst: true }), world(web({ detail: null }))))).toMatchObject(unread);
    // What needs no stop is done.
    expect(ops(plan(attach({ ipv4: '10.70.1.60' }), world(web({ detail }))))).toEqual(['connect lan']);
  });

  it('is cleared from one without a network by going back to none', () => {
    const bare = left({ networkMode: { kind: 'none' }, endpoints: [half] });
    const back = ['stop web', 'disconnect lan', 'connect none', 'start web'];
    expect(ops(plan(detach(), world(bare)))).toEqual(back);
  });

  it('can be cleared when its network has gone', () => {
    const gone = { ...half, networkId: 'gone', networkName: 'gone' };
    const made = plan(detach({ networkId: 'gone' }), world(left({ endpoints: [gone] })));
    expect(ops(made)).toEqual(['stop web', 'disconnect gone', 'start web']);
  });

  it('has no address that it could be changed from, and gives way to a good attach', () => {
    expect(first(plan(readdress({ ipv4: '10.70.1.61' }), world()))?.code).toBe('not_connected');
    expect(ops(plan(attach({ ipv4: '10.70.1.60' }), world()))).toEqual(['connect lan']);
    expect(ops(plan(attach({ ipv4: '10.70.1.60', stopFirst: true }), world()))).toEqual([
      'stop web',
      'disconnect lan',
      'connect lan',
    ]);
  });

  it('raises no false alarm, and is listed as what it is', () => {
    const other = web({ id: 'e1-b', name: 'b', endpoints: [endpoint(lan, { ipv4: '10.70.1.60' })] });
    const found = attentionOf({ engines: [v26], networks: [docker0, lan], containers: [left(), other] });
    expect(found).toMatchObject([{ kind: 'leftover', endpoint: { networkName: 'lan' } }]);
  });

  it('holds its pin for the next start, and no address', () => {
    const inventory = { engines: [v26], networks: [docker0, lan], containers: [left()] };
    const mine = (over: object) =>
      addressUses(lan, { ...inventory, containers: [left({ endpoints: [{ ...half, ...over }] })] })
        .filter((use) => use.owner === 'web')
        .map((use) => use.kind);
    expect(mine({})).toEqual(['pinned']);
    expect(mine({ pinned4: undefined })).toEqual([]);
  });
});

describe('a container that restarts again and again', () => {
  const looping = { containers: [web({ state: 'restarting' })] };
  it('is not changed while it does', () => {
    for (const request of [
      attach(),
      detach({ networkId: 'e1-bridge' }),
      readdress({ networkId: 'e1-bridge' }),
    ])
      expect(first(plan(request, looping))).toMatchObject({ code: 'container_restarting' });
  });

  it('is stopped first where that was asked for, and stays stopped', () => {
    const made = plan(attach({ stopFirst: true, ipv4: '10.70.1.60' }), looping);
    expect(ops(made)).toEqual(['stop web', 'connect lan']);
    expect(made.notices).toContainEqual(
      expect.objectContaining({
        code: 'interruption',
        params: expect.objectContaining({ context: 'stops' }) as object,
      }),
    );
    expect(ops(plan(detach({ stopFirst: true, networkId: 'e1-bridge' }), looping))).toEqual([
      'stop web',
      'disconnect bridge',
    ]);
  });
});

describe('the interface below the network, where somebody has looked', () => {
  it('must be there, and belong to no bridge', () => {
    expect(first(plan(attach(), facts({ name: 'other' })))).toMatchObject({
      code: 'parent_missing',
      params: { context: 'gone' },
    });
    const port = facts({ name: lan.parent ?? '', master: 'br0', masterKind: 'bridge' });
    expect(first(plan(attach(), port))).toMatchObject({ code: 'parent_busy' });
  });

  it('may be down, which is said', () => {
    const made = plan(attach(), facts({ name: lan.parent ?? '', up: false, carrier: false }));
    expect(ops(made)).toEqual(['connect lan']);
    expect(made.notices).toContainEqual(expect.objectContaining({ code: 'parent_unfit' }));
  });

  it('is nobody’s obstacle on an old look', () => {
    const { beside, ...rest } = facts({ name: 'other' });
    expect(ops(plan(attach(), { ...rest, beside: { facts: beside.facts } }))).toEqual(['connect lan']);
  });
});
