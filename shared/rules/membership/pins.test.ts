import { describe, expect, it } from 'vitest';
import type { Endpoint, Network } from '../../model';
import { pinsOf } from './pins';
import { planChange } from '../plan/plan';
import { addressUses } from '../addresses/testing';
import { bridge, container, endpoint, engine, network, podman } from '../testing';

const overlay = network({
  name: 'ov',
  kind: 'overlay',
  driver: 'overlay',
  scope: 'swarm',
  attachable: true,
  parent: undefined,
});
const swarm = network({ name: 'swm', scope: 'swarm' });
const address = '10.70.1.2';
const on = (where: Network, over: Partial<Endpoint> = {}, state: 'running' | 'exited' = 'running') => {
  const attached = endpoint(where, state === 'exited' ? { ipv4: '', endpointId: '', ...over } : over);
  return container({ state, endpoints: [attached] });
};
const told = (where: Network, over?: Partial<Endpoint>, state?: 'running' | 'exited', by = engine()) => {
  const who = on(where, over, state);
  return pinsOf(who, who.endpoints[0]!, where, by);
};

describe('what is fixed of an address', () => {
  it('is what the engine was told on every network of its own', () => {
    for (const where of [
      network(),
      bridge(),
      network({ kind: 'ipvlan' }),
      network({ kind: 'other', driver: 'weave' }),
    ]) {
      expect(told(where, { pinned4: address })).toEqual({ kind: 'pinned', ipv4: address });
      expect(told(where)).toEqual({ kind: 'automatic' });
    }
    expect(told(network(), { pinned6: 'fd00::2' })).toEqual({ kind: 'pinned', ipv6: 'fd00::2' });
  });

  it('is not told of a running container on an overlay, where each address stands as a fixed one', () => {
    expect(told(overlay, { pinned4: address })).toEqual({ kind: 'untold' });
    expect(told(overlay)).toEqual({ kind: 'untold' });
    expect(told(overlay, { pinned4: address }, 'exited')).toEqual({ kind: 'pinned', ipv4: address });
    expect(told(overlay, {}, 'exited')).toEqual({ kind: 'automatic' });
  });

  it('is nothing on other networks of a swarm, which passes over what was asked for', () => {
    expect(told(swarm, { pinned4: address })).toEqual({ kind: 'automatic' });
    expect(told(swarm, { pinned4: address }, 'exited')).toEqual({ kind: 'automatic' });
  });

  it('is not told by Podman', () => {
    expect(told(network(), {}, 'running', podman())).toEqual({ kind: 'untold' });
  });

  it('is a pin in the address plan only where it is told', () => {
    const kinds = (where: Network, by = engine()) =>
      addressUses(where, { engines: [by], networks: [where], containers: [on(where, { pinned4: address })] })
        .filter(({ owner }) => owner === 'web')
        .map(({ kind }) => kind);
    expect([kinds(network()), kinds(overlay), kinds(swarm)]).toEqual([
      ['pinned'],
      ['automatic'],
      ['automatic'],
    ]);
  });

  it('is fixed, or released, when asked for where it is not told whether it is already', () => {
    const who = on(overlay, { pinned4: address });
    const inventory = { engines: [engine()], networks: [overlay], containers: [who] };
    const ids = { engineId: 'e1', containerId: who.id, networkId: overlay.id };
    for (const ipv4 of [address, undefined]) {
      const plan = planChange({ kind: 'readdress', ...ids, ...(ipv4 ? { ipv4 } : {}) }, inventory);
      expect(plan.problems).toEqual([]);
      expect(plan.steps.map((step) => step.op)).toEqual(['disconnect', 'connect']);
      const [, connect] = plan.steps;
      expect(connect).toMatchObject({ endpoint: ipv4 ? { ipv4 } : {} });
    }
  });
});
