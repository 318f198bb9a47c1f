import { afterAll, beforeEach, inject } from 'vitest';
import { openVlanLab, type VlanLab } from './start';
import './vitest-setup';

/** The run's VLAN lab, cleaned before each test of the file and after the last. Call it at the top of a file. */
export function freshVlanLab(): VlanLab {
  const lab = openVlanLab(inject('vlanLab'));
  const clean = async () => {
    await Promise.all(lab.hosts.map((host) => host.clean()));
  };
  beforeEach(clean);
  afterAll(clean);
  return lab;
}
