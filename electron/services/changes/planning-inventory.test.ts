import { describe, expect, it, vi } from 'vitest';
import { ProblemError, type EngineRequest, type HostFacts } from '../../../shared/model';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { engine, network } from '../../../shared/rules/testing';
import { PlanningInventory, type PlanningSources } from './planning-inventory';

const old = hostFacts('e1', nic({ name: 'old' }));
const fresh = hostFacts('e1', nic({ name: 'fresh' }));
const create: EngineRequest = {
  kind: 'create-network',
  engineId: 'e1',
  spec: {
    name: 'lan20',
    driver: 'macvlan',
    parent: 'eth0',
    mode: 'bridge',
    subnet: '10.70.2.0/24',
    exclusions: [],
    internal: false,
  },
};
const attach: EngineRequest = { kind: 'attach', engineId: 'e1', containerId: 'web', networkId: 'lan' };

function start(facts: PlanningSources['facts'], state: 'online' | 'offline' = 'online') {
  const look = vi.fn(facts);
  const shims = [{ engineId: 'e1', networkId: 'e1-lan', networkName: 'lan', address: '10.70.1.9', since: 0 }];
  const sources: PlanningSources = {
    snapshot: () => ({ revision: 1, engines: [engine({ state })], networks: [network()], containers: [] }),
    segments: () => [],
    shims: () => shims,
    guards: () => [],
    lastFacts: () => [old],
    answering: () => [],
    records: () => [],
    facts: look,
  };
  return { look, shims, world: new PlanningInventory(sources, 50) };
}

describe('what changes are planned on', () => {
  it('is the inventory with what is known beside it, and asks nobody', async () => {
    const { world, look, shims } = start(async () => fresh);
    expect(world.now()).toMatchObject({ networks: [network()], segments: [], shims, facts: [old] });
    expect(await world.for({ ...attach, kind: 'detach' })).toEqual(world.now());
    expect(look).not.toHaveBeenCalled();
  });

  it('has a fresh look at the host where a network is to be made', async () => {
    const { world, look, shims } = start(async () => fresh);
    expect(await world.for(create)).toMatchObject({ facts: [fresh], shims });
    expect(look.mock.calls).toEqual([['e1', false]]);
  });

  it('has one for an attach as well, beside what is known of other hosts', async () => {
    const { world, look } = start(async () => fresh);
    expect(await world.for(attach)).toMatchObject({ facts: [fresh], looked: ['e1'] });
    expect(look.mock.calls).toEqual([['e1', false]]);
    const without = start(() => Promise.reject(new Error('none')));
    expect(await without.world.for(attach)).toMatchObject({ facts: [old], looked: [] });
  });

  it('has none where none is allowed or possible, and an old one does not stand in for it', async () => {
    const refused = new ProblemError({ code: 'toolbox_unasked', message: 'not asked' });
    expect((await start(() => Promise.reject(refused)).world.for(create)).facts).toEqual([]);
    const { world, look } = start(async () => fresh, 'offline');
    expect((await world.for(create)).facts).toEqual([]);
    expect(look).not.toHaveBeenCalled();
  });

  it('goes on without a look that hangs', async () => {
    const { world } = start(() => new Promise<HostFacts>(() => undefined));
    expect((await world.for(create)).facts).toEqual([]);
  });

  it('is looked at anew before steps back are sent', async () => {
    const { look, world } = start(() => Promise.resolve(fresh));
    expect(await world.looked(['e1'])).toMatchObject({ looked: ['e1'], facts: [fresh] });
    expect(look).toHaveBeenCalledWith('e1', true);
    const { world: forbidden } = start(() => Promise.reject(new Error('refused')));
    expect(await forbidden.looked(['e1'])).toMatchObject({ looked: [], facts: [old] });
  });
});
