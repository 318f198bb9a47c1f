import { describe, expect, it } from 'vitest';
import { capabilitiesOf, compareApiVersions } from './capabilities';

describe('capabilities', () => {
  it.each([
    ['1.41', []],
    ['1.45', ['validatesIpam']],
    ['1.47', ['sharedParent', 'validatesIpam']],
    ['1.48', ['gatewayPriority', 'interfaceName', 'sharedParent', 'validatesIpam']],
    [
      '1.55',
      ['gatewayPriority', 'interfaceName', 'macOnConnect', 'nullIpam', 'sharedParent', 'validatesIpam'],
    ],
    ['', []],
  ])('API %s can %j', (apiVersion, can) => {
    const all = Object.entries(capabilitiesOf(apiVersion));
    expect(
      all
        .filter(([, value]) => value)
        .map(([key]) => key)
        .sort(),
    ).toEqual(can);
  });

  it('compares versions by number, not by text', () => {
    expect(compareApiVersions('1.9', '1.41')).toBeLessThan(0);
    expect(compareApiVersions('2.0', '1.99')).toBeGreaterThan(0);
    expect(compareApiVersions('1.54', '1.54')).toBe(0);
  });
});
