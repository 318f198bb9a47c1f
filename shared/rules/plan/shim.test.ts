import { describe, expect, it } from 'vitest';
import type { Network } from '../../model';
import { hostFacts, nic } from '../host/testing';
import type { Inventory } from '../inventory/inventory';
import { shimAlias, shimName } from '../lans/shim-link';
import { engine, network } from '../testing';
import { planShim } from './shim';

describe('the address of another shim', () => {
  const range = { ipRange: '10.70.1.128/25' };
  const put = (there: Network, on: Partial<Inventory>, here: Partial<Network> = {}, address?: string) => {
    const own = { ...network({ subnet: range }), ...here };
    const found = planShim(
      { kind: 'put-shim', engineId: 'e1', networkId: own.id, ...(address && { address }) },
      { engines: [engine(), engine({ id: 'e2' })], networks: [own, there], containers: [], ...on },
      7,
    );
    return [found.suggestedIpv4, found.problems.map(({ code, params }) => [code, params?.context])];
  };
  const policy = { engineId: 'e2', networkName: 'lan', address: '10.70.1.2', since: 0 };
  const refused = [['address_reserved', 'shim']];

  it('is free on another LAN, and taken on the same one', () => {
    const near = network({ engineId: 'e2', subnet: range });
    const shims = [{ ...policy, networkId: near.id }];
    expect(put(near, { shims }, {}, '10.70.1.2')).toEqual(['10.70.1.3', refused]);
    const [north, south] = [{ site: 'north' }, { site: 'south' }];
    expect(put({ ...near, ...south }, { shims }, north)).toEqual(['10.70.1.2', []]);
    expect(put({ ...near, parent: 'eth1.20' }, { shims }, { parent: 'eth1.10' })).toEqual(['10.70.1.2', []]);
  });

  it('is taken where a look at another host has seen it, whoever keeps it, and not where it is the own one', () => {
    const near = network({ engineId: 'e2', subnet: range });
    const link = (networkId: string) =>
      nic({
        ...{ name: shimName(networkId), kind: 'macvlan', alias: `${shimAlias} for=10.70.1.2` },
        addresses: [{ address: '10.70.1.2', prefix: 32, scope: 'global' }],
      });
    const seen = (engineId: string, networkId: string) => ({
      facts: [hostFacts(engineId, nic({ name: 'eth1' }), link(networkId))],
    });
    expect(put(near, seen('e2', near.id), {}, '10.70.1.2')).toEqual(['10.70.1.3', refused]);
    expect(put(near, seen('e1', network().id), {}, '10.70.1.2')[1]).toEqual([]);
    expect(put(near, seen('e1', 'gone'), {}, '10.70.1.2')[1]).toEqual([]);
  });
});
