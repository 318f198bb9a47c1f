import type { RemovableLab } from '../down';
import { findVlanLabs, type VlanLabRecord } from './record';
import { removeVlanLab, vlanLabOwnerIsAlive } from './remove';

/** For `down`. */
export const removableVlanLab = (record: VlanLabRecord): RemovableLab => ({
  kind: 'VLAN lab',
  id: record.id,
  owner: record.owner,
  interactive: record.interactive,
  ownerIsAlive: () => vlanLabOwnerIsAlive(record),
  exists: () => findVlanLabs().some(({ id }) => id === record.id),
  remove: () => {
    removeVlanLab(record);
  },
});
