import { describe, expect, it } from 'vitest';
import type { Network } from '../../shared/model';
import { network } from '../../shared/rules/testing';
import { findLans } from './lans';
import { sharedLans } from './uplinks';

const at = (engineId: string, site?: string, over: Partial<Network> = {}) =>
  network({ engineId, ...over, ...(site === undefined ? {} : { site }) });
const bands = (...networks: Network[]) =>
  findLans(networks).map(({ site = '', engineIds }) => `${site}: ${engineIds.join(' ')}`);

describe('the bands of one subnet', () => {
  it('are one for each site; what is at none joins the only one', () => {
    expect(bands(at('e1'), at('e2'))).toEqual([': e1 e2']);
    expect(bands(at('e1', 'A'), at('e2'))).toEqual(['A: e1 e2']);
    expect(bands(at('e1', 'A'), at('e2', 'B'), at('e3', 'a'))).toEqual(['A: e1 e3', 'B: e2']);
    expect(bands(at('e1', 'A'), at('e2', 'B'), at('e3')).sort()).toEqual([': e3', 'A: e1', 'B: e2']);
  });
  it('are drawn for one host, too, where another site has the subnet', () => {
    const drawn = (...networks: Network[]) => sharedLans(findLans(networks)).map(({ site }) => site);
    expect(drawn(at('e1', 'A'), at('e2', 'B'))).toEqual(['A', 'B']);
    expect(drawn(at('e1', 'A'))).toEqual([]);
    expect(
      drawn(
        at('e1', 'A'),
        at('e2', 'B', { subnets: network({ subnet: { subnet: '10.9.0.0/24' } }).subnets }),
      ),
    ).toEqual([]);
  });
  it('have keys of their own, the old one while they are one', () => {
    const keys = (...networks: Network[]) => findLans(networks).map(({ key }) => key);
    expect(keys(at('e1', 'A'), at('e2'))).toEqual(keys(at('e1'), at('e2')));
    const two = keys(
      at('e1', 'A', { parent: 'eth1.10' }),
      at('e2', 'B'),
      at('e3', 'A', { parent: 'eth1.20' }),
    );
    expect(new Set(two).size).toBe(3);
  });
});
