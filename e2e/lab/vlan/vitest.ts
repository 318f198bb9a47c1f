import { afterAll, beforeAll, inject } from 'vitest';
import { openVlanLab, type VlanLab } from './start';
import './vitest-setup';

/**
 * The run's VLAN lab, cleaned before the first test of the file and after the last: cleaning and filling an
 * engine takes its time there. Call it at the top of a file.
 */
export function freshVlanLab(): VlanLab {
  const lab = openVlanLab(inject('vlanLab'));
  const clean = async () => {
    await Promise.all(lab.hosts.map((host) => host.clean()));
  };
  beforeAll(clean);
  afterAll(clean);
  return lab;
}
