import { describe, expect, it } from 'vitest';
import { addressPlanSchema } from '../../model/address';
import { addressPlan } from './address-plan';
import { parseCidr } from '../basics/cidr';
import { engine, network, special, twoHosts } from '../testing';

describe('addressPlan', () => {
  it('fits the contract and speaks of every subnet', () => {
    const { here, there, engines, networks } = twoHosts({ subnet: { ipRange: '10.70.1.0/26' } });
    there.subnets[0]!.ipRange = undefined;
    here.subnets.push({ subnet: 'fd00:70::/64', gateway: 'fd00:70::1', exclusions: {} });
    const plan = addressPlan(here, { engines, networks, containers: [] });
    expect(plan).toEqual({
      subnet: '10.70.1.0/24',
      subnets: ['10.70.1.0/24', 'fd00:70::/64'],
      gateways: ['10.70.1.1', 'fd00:70::1'],
      ranges: [
        { engineId: 'e1', networkId: 'e1-lan', range: '10.70.1.0/26' },
        { engineId: 'e1', networkId: 'e1-lan', range: 'fd00:70::/64' },
        { engineId: 'e2', networkId: 'e2-lan', range: '10.70.1.0/24' },
      ],
      used: [
        { address: '10.70.1.1', kind: 'gateway', engineId: 'e1', owner: '' },
        { address: 'fd00:70::1', kind: 'gateway', engineId: 'e1', owner: '' },
        { address: '10.70.1.1', kind: 'gateway', engineId: 'e2', owner: '' },
      ],
      // What is offered is not spoken against.
      notices: [],
      suggestion: '10.70.1.254',
    });
    expect(addressPlanSchema.parse(plan)).toEqual(plan);
  });
  it('tells of whom nobody here knows, by the MACs that answer', () => {
    const { here, engines, networks } = twoHosts();
    const macs = ['3c:00:00:00:00:01', '3c:00:00:00:00:02'];
    const answering = [{ engineId: 'e1', nic: here.parent!, address: '10.70.1.99', macs }];
    const { used } = addressPlan(here, { engines, networks, containers: [], answering });
    expect(used.at(-1)).toEqual({
      ...{ address: '10.70.1.99', kind: 'foreign', engineId: 'e1' },
      owner: '3c:00:00:00:00:01, 3c:00:00:00:00:02',
    });
  });
  it('is empty for a network without addresses', () => {
    const none = special('none');
    const plan = addressPlan(none, { engines: [engine()], networks: [none], containers: [] });
    expect(plan).toEqual({ subnet: '', subnets: [], gateways: [], ranges: [], used: [], notices: [] });
  });
  it('survives a subnet that cannot be read', () => {
    const odd = network({ subnet: { subnet: 'nonsense' } });
    expect(parseCidr('nonsense')).toBeNull();
    expect(addressPlan(odd, { engines: [engine()], networks: [odd], containers: [] }).subnet).toBe('');
  });
});
