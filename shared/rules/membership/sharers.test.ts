import { describe, expect, it } from 'vitest';
import type { Container, ContainerDetail } from '../../model';
import { attentionOf } from './attention';
import { container, engine } from '../testing';

/** Started so many seconds after the hour. */
const since = (seconds: number) =>
  ({ startedAt: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString() }) as ContainerDetail;
const owner = (at: number, over: Partial<Container> = {}) =>
  container({ name: 'vpn', id: 'e1-vpn', detail: since(at), ...over });
const sharer = (at: number, over: Partial<Container> = {}) =>
  container({ networkMode: { kind: 'container', containerId: 'e1-vpn' }, detail: since(at), ...over });
const found = (...containers: Container[]) =>
  attentionOf({ engines: [engine()], networks: [], containers }).map((each) =>
    'owner' in each ? `${each.container.name}: ${each.kind} ${each.owner}` : each.kind,
  );

describe('a container that uses the network of another', () => {
  it('is in order while it was started after its owner, or nobody knows when', () => {
    expect(found(owner(0), sharer(1))).toEqual([]);
    expect(found(owner(0, { state: 'paused' }), sharer(1))).toEqual([]);
    expect(found(owner(5, { detail: null }), sharer(1))).toEqual([]);
    expect(found(owner(5), sharer(1, { detail: null }))).toEqual([]);
  });

  it('is cut off when its owner was restarted after it, until it is restarted itself', () => {
    expect(found(owner(5), sharer(1))).toEqual(['web: ownerRestarted vpn']);
    expect(found(owner(5), sharer(6))).toEqual([]);
    expect(found(owner(5), sharer(1, { state: 'exited' }))).toEqual([]);
  });

  it('has no network while its owner does not run; that both are stopped is in order', () => {
    expect(found(owner(0, { state: 'exited' }), sharer(1))).toEqual(['web: ownerStopped vpn']);
    expect(found(owner(0, { state: 'exited' }), sharer(1, { state: 'exited' }))).toEqual([]);
  });

  it('can’t start again when its owner is gone from its host', () => {
    const containerId = '0123456789abcdef'.repeat(4);
    const lost = sharer(1, { state: 'exited', networkMode: { kind: 'container', containerId } });
    expect(found(lost)).toEqual(['web: ownerGone 0123456789ab']);
    expect(found(owner(0, { engineId: 'e2' }), sharer(1))).toEqual(['web: ownerGone e1-vpn']);
  });

  it('keeps what it has when one between it and the owner stops or restarts', () => {
    const between = (at: number, over: Partial<Container> = {}) =>
      sharer(at, { name: 'mid', id: 'e1-mid', ...over });
    const last = sharer(2, { networkMode: { kind: 'container', containerId: 'e1-mid' } });
    expect(found(owner(0), between(1), last)).toEqual([]);
    expect(found(owner(0), between(3), last)).toEqual([]);
    expect(found(owner(0), between(1, { state: 'exited' }), last)).toEqual([]);
    const late = { ...last, detail: since(6) };
    expect(found(owner(5), between(1), late)).toEqual(['mid: ownerRestarted vpn', 'web: ownerRestarted vpn']);
  });

  it('is not judged on a host that does not answer', () => {
    const engines = [engine({ state: 'offline' })];
    const kinds = attentionOf({ engines, networks: [], containers: [owner(5), sharer(1)] });
    expect(kinds.map(({ kind }) => kind)).toEqual(['offline']);
  });
});
