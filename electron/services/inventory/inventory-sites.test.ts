import { describe, expect, it } from 'vitest';
import type { Delta } from '../../../shared/model';
import { engine } from '../../../shared/rules/testing';
import { network } from '../testing/fake-engine';
import { Inventory } from './inventory';

describe('sites in the inventory', () => {
  const lan = network('n1', 'lan', { parent: 'eth1' });
  const other = network('n2', 'other', { parent: 'eth2' });
  it('are told of networks as they are read, and anew when the admin says otherwise', () => {
    const deltas: Delta[] = [];
    const inventory = new Inventory((delta) => deltas.push(delta));
    inventory.addEngine(engine(), { position: 0, site: 'Office', lans: { eth2: 'Cellar' } });
    inventory.update('e1', { networks: [lan, other] });
    const sites = () => inventory.networks('e1').map(({ site }) => site);
    expect(sites()).toEqual(['Office', 'Cellar']);
    expect(inventory.engine('e1')).toMatchObject({ site: 'Office', lans: { eth2: 'Cellar' } });
    // What is read again and is as before is no news.
    deltas.length = 0;
    inventory.update('e1', { networks: [lan, other] });
    expect(deltas).toEqual([]);
    inventory.setView('e1', { position: 0, lans: { eth2: 'Cellar' } });
    expect(sites()).toEqual([undefined, 'Cellar']);
    expect(deltas).toMatchObject([{ engine: { id: 'e1' }, networks: [{ id: 'n1' }] }]);
    expect(deltas[0]?.networks[0]).not.toHaveProperty('site');
    inventory.setView('e1', { position: 0 });
    expect(sites()).toEqual([undefined, undefined]);
    expect(inventory.engine('e1')).not.toHaveProperty('lans');
  });
});
