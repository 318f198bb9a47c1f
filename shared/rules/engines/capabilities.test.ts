import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../model';
import {
  capabilitiesOf,
  capabilityNames,
  capabilityTable,
  compareApiVersions,
  hasChanged,
  lacks,
} from './capabilities';

const always = ['changesPaused', 'exclusions', 'ipvlan', 'leavesNone', 'vlanLinks'];
const can = (all: Capabilities) => capabilityNames.filter((name) => all[name]).sort();

describe('capabilities', () => {
  it.each([
    ['1.41', []],
    ['1.45', ['validatesIpam']],
    ['1.47', ['sharedParent', 'validatesIpam']],
    ['1.48', ['gatewayPriority', 'interfaceName', 'nullIpam', 'sharedParent', 'validatesIpam']],
    [
      '1.55',
      ['gatewayPriority', 'interfaceName', 'macOnConnect', 'nullIpam', 'sharedParent', 'validatesIpam'],
    ],
  ])('API %s can %j, and what every engine of today can', (apiVersion, names) => {
    expect(can(capabilitiesOf(apiVersion))).toEqual([...names, ...always].sort());
  });

  it('are none of an unknown version, and nothing is known to be lacking there', () => {
    const capabilities = capabilitiesOf('');
    expect(can(capabilities)).toEqual([]);
    expect(lacks({ apiVersion: '', capabilities }, 'exclusions')).toBe(false);
  });

  it('are Podman’s own, whatever API it names', () => {
    expect(can(capabilitiesOf('1.55', 'podman', '4.3.1'))).toEqual(['macOnConnect', 'sharedParent']);
    expect(can(capabilitiesOf('1.41', 'podman', '5.2.0'))).toEqual([
      'ipvlan',
      'macOnConnect',
      'sharedParent',
    ]);
    expect(can(capabilitiesOf('1.41', 'podman', '5.8.6'))).toContain('nullIpam');
    const podman = { apiVersion: '1.41', capabilities: capabilitiesOf('1.41', 'podman', '4.3.1') };
    expect(lacks(podman, 'exclusions')).toBe(true);
    expect(lacks(podman, 'sharedParent')).toBe(false);
  });

  it('know what Docker does otherwise, of an engine that was reached', () => {
    expect(hasChanged('', 'takesPairs')).toBe(false);
    expect(hasChanged(undefined, 'takesPairs')).toBe(false);
    expect([hasChanged('1.47', 'randomMacs'), hasChanged('1.48', 'randomMacs')]).toEqual([false, true]);
    expect([hasChanged('1.51', 'hidesOwnMac'), hasChanged('1.52', 'hidesOwnMac')]).toEqual([false, true]);
  });

  it('name the release that first has the API: 29.0 has 1.52 only', () => {
    expect(capabilityTable.macOnConnect).toMatchObject({ api: '1.54', docker: '29.3' });
  });

  it('compares versions by number, not by text', () => {
    expect(compareApiVersions('1.9', '1.41')).toBeLessThan(0);
    expect(compareApiVersions('2.0', '1.99')).toBeGreaterThan(0);
    expect(compareApiVersions('1.54', '1.54')).toBe(0);
  });
});
