import { describe, expect, it } from 'vitest';
import { bridge, engine, network } from '../../shared/rules/testing';
import { offlineProblem } from '../../shared/rules';
import { addressProblem } from './obstacles';

describe('what stands in the way of a change from the start', () => {
  it('is a host that does not answer', () => {
    expect(offlineProblem(engine())).toBeNull();
    expect(offlineProblem(engine({ state: 'connecting' }))).toBeNull();
    expect(offlineProblem(engine({ state: 'offline' }))).toMatchObject({ code: 'engine_unreachable' });
  });

  it('is a default bridge, for another address: attaching without one is no way out', () => {
    expect(addressProblem(network())).toBeNull();
    expect(addressProblem(bridge({ name: 'apps' }))).toBeNull();
    const found = addressProblem(bridge({ name: 'bridge' }));
    expect(found).toMatchObject({ code: 'pin_needs_user_network', params: { network: 'bridge' } });
    expect(found?.hint).not.toContain('without an address');
  });
});
