import { describe, expect, it } from 'vitest';
import { container, endpoint, engine, network } from '../../shared/rules/testing';
import { filterSnapshot, noFilters } from './filter';

const snapshot = {
  revision: 1,
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [network({ engineId: 'e1' }), network({ engineId: 'e2' })],
  containers: [container({ name: 'a' }), container({ name: 'b', engineId: 'e2', state: 'exited' })],
};

describe('filterSnapshot', () => {
  it('gives the same object when nothing is filtered', () => {
    expect(filterSnapshot(snapshot, noFilters)).toBe(snapshot);
  });
  it('leaves out the hosts that were not asked for, with all they have', () => {
    const only = filterSnapshot(snapshot, { ...noFilters, engines: ['e2'] });
    expect(only.engines.map((each) => each.id)).toEqual(['e2']);
    expect(only.networks.map((each) => each.engineId)).toEqual(['e2']);
    expect(only.containers.map((each) => each.name)).toEqual(['b']);
  });
  it('takes an id of a network that is gone for no other of its name, and a record without one by its name', () => {
    const on = (name: string, networkId: string) => {
      const entry = { ...endpoint(network({ engineId: 'e1', name: 'lan' })), networkId };
      return container({ name, engineId: 'e1', state: 'exited', endpoints: [entry] });
    };
    const lan = network({ engineId: 'e1', name: 'lan', kind: 'macvlan' });
    const containers = [on('stale', 'gone'), on('nameless', ''), on('right', lan.id)];
    const shown = filterSnapshot(
      { ...snapshot, networks: [lan], containers },
      { ...noFilters, drivers: ['macvlan'] },
    );
    expect(shown.containers.map((each) => each.name)).toEqual(['nameless', 'right']);
  });
  it('keeps hosts that a state filter empties', () => {
    const stopped = filterSnapshot(snapshot, { ...noFilters, states: ['exited'] });
    expect(stopped.engines).toHaveLength(2);
    expect(stopped.containers.map((each) => each.name)).toEqual(['b']);
  });
});
