import type { UndoException } from '../../../shared/model';
import { HOSTS_LATE, lateOnLan, newPins, type Inventory } from '../../../shared/rules';
import { exceptionsIn } from './pictures';
import type { HostJob } from './run-hosts';

/** An undo has no preview that could warn of it: hosts of a LAN that did not answer in time, where it gives addresses back. */
export const lateForUndo = (jobs: readonly HostJob[], known: Inventory): UndoException[] =>
  exceptionsIn(
    newPins(jobs, known).flatMap(({ network }) => {
      const hosts = lateOnLan(network, known).filter(({ id }) => id !== network.engineId);
      const before = hosts.map(({ name }) => name).join(', ');
      return before ? [{ network: network.name, field: HOSTS_LATE, before, after: '' }] : [];
    }),
  ).exceptions ?? [];
