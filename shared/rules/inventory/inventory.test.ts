import { describe, expect, it } from 'vitest';
import type { Delta, Snapshot } from '../../model';
import { applyDelta, containerKey, resolveOwner } from './inventory';
import { container, engine, network } from '../testing';

const empty = { networks: [], networksRemoved: [], containers: [], containersRemoved: [] };
const delta = (over: Partial<Delta>): Delta => ({ revision: 2, engineId: 'e1', ...empty, ...over });
const snapshot = (): Snapshot => ({
  revision: 1,
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [network({ engineId: 'e1' }), network({ engineId: 'e2' })],
  containers: [container({ name: 'a' }), container({ name: 'b' }), container({ name: 'a', engineId: 'e2' })],
});

describe('applyDelta', () => {
  it('replaces in place, appends what is new, drops what is gone, and leaves the given snapshot alone', () => {
    const before = snapshot();
    const copy = structuredClone(before);
    const changed = container({ name: 'a', state: 'exited' });
    const added = container({ name: 'c' });
    const after = applyDelta(before, delta({ containers: [changed, added], containersRemoved: ['e1-b'] }));
    expect(after.containers).toEqual([changed, container({ name: 'a', engineId: 'e2' }), added]);
    expect(after.revision).toBe(2);
    expect(before).toEqual(copy);
  });
  it('keeps the identity of what did not change', () => {
    const before = snapshot();
    const after = applyDelta(before, delta({ containers: [container({ name: 'a', state: 'exited' })] }));
    expect(after.networks).toBe(before.networks);
    expect(after.engines).toBe(before.engines);
    expect(after.containers[1]).toBe(before.containers[1]);
  });
  it.each([0, 1])('ignores revision %i, which is already in', (revision) => {
    const before = snapshot();
    expect(applyDelta(before, delta({ revision, containersRemoved: ['e1-a'] }))).toBe(before);
  });
  it('touches only the named engine, even where ids are the same', () => {
    const before = snapshot();
    before.containers.push(container({ id: 'same' }), container({ id: 'same', engineId: 'e2' }));
    const after = applyDelta(before, delta({ containersRemoved: ['same'] }));
    expect(after.containers.filter((one) => one.id === 'same').map((one) => one.engineId)).toEqual(['e2']);
  });
  it('takes an engine off with all that is on it', () => {
    const after = applyDelta(snapshot(), delta({ engineRemoved: true }));
    expect(after.engines.map((one) => one.id)).toEqual(['e2']);
    expect([...after.networks, ...after.containers].map((one) => one.engineId)).toEqual(['e2', 'e2']);
  });
  it('adds a new engine and replaces a known one', () => {
    const offline = engine({ id: 'e1', state: 'offline' });
    expect(applyDelta(snapshot(), delta({ engine: offline })).engines[0]).toBe(offline);
    const third = engine({ id: 'e3' });
    expect(applyDelta(snapshot(), delta({ engineId: 'e3', engine: third })).engines[2]).toBe(third);
  });
  it('keeps the admin’s order of engines when one gets another place', () => {
    const before = {
      ...snapshot(),
      engines: [engine({ id: 'e1', position: 0 }), engine({ id: 'e2', position: 1 })],
    };
    const after = applyDelta(before, delta({ engine: engine({ id: 'e1', position: 2 }) }));
    expect(after.engines.map((one) => one.id)).toEqual(['e2', 'e1']);
    expect(before.engines.map((one) => one.id)).toEqual(['e1', 'e2']);
  });
});

describe('resolveOwner', () => {
  const owner = container({ id: 'abcdef0123456789', name: 'app' });
  const sharer = (containerId: string) =>
    container({ name: 'side', networkMode: { kind: 'container', containerId } });
  it.each(['abcdef0123456789', 'app', 'abcdef012345'])('finds it by %s', (id) => {
    expect(resolveOwner(sharer(id), [sharer(id), owner])).toBe(owner);
  });
  it('is null when the owner is gone, on another engine, or there is none', () => {
    expect(resolveOwner(sharer('gone'), [owner])).toBeNull();
    expect(resolveOwner(sharer('app'), [{ ...owner, engineId: 'e2' }])).toBeNull();
    expect(resolveOwner(container(), [owner])).toBeNull();
  });
  it('does not take a few letters for an id', () => expect(resolveOwner(sharer('abc'), [owner])).toBeNull());
});

it('keys a container by its engine too', () => expect(containerKey('e1', 'c')).toBe('e1/c'));
