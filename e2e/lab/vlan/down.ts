import { untilSync } from '../poll';
import { isAlive, signal } from '../procfs';
import { findVlanLabs } from './record';
import { removeVlanLab, removeVlanLeftovers, vlanLabOwnerIsAlive } from './remove';

/** Removes VLAN labs, all or those named, whoever owns them. Gives their ids. Blocking. */
export function downVlanLabs(ids: readonly string[]): string[] {
  const left = removeVlanLeftovers();
  const labs = findVlanLabs().filter(({ id }) => ids.length === 0 || ids.includes(id));
  for (const lab of labs) {
    if (vlanLabOwnerIsAlive(lab)) {
      signal(lab.owner, 'SIGTERM');
      // A test runner may live on after its lab: it is the lab that has to go.
      untilSync(() => !isAlive(lab.owner) || !findVlanLabs().some(({ id }) => id === lab.id), 30_000);
    }
    removeVlanLab(lab);
  }
  return [...left, ...labs.map(({ id }) => id)];
}
