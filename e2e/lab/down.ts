import { untilSync } from './poll';
import { isAlive, signal } from './procfs';
import type { LabRecord, ProcessRecord } from './record';
import { findLabs, ownerIsAlive, removeLab } from './remove';

/** A lab of either kind, as far as its removal goes. */
export interface RemovableLab {
  kind: 'lab' | 'VLAN lab';
  id: string;
  owner: ProcessRecord;
  /** Started by hand, for as long as somebody wants it; otherwise it is a program's, which needs it until it ends. */
  interactive: boolean;
  ownerIsAlive(): boolean;
  /** Whether there is still anything of it. */
  exists(): boolean;
  remove(): void;
}

export const removableLab = (record: LabRecord): RemovableLab => ({
  kind: 'lab',
  id: record.id,
  owner: record.owner,
  interactive: record.interactive,
  ownerIsAlive: () => ownerIsAlive(record),
  exists: () => findLabs().some(({ id }) => id === record.id),
  remove: () => {
    removeLab(record);
  },
});

export interface DownOptions {
  /** Those and no others, whosever they are. */
  ids?: readonly string[];
  /** Every lab, whosever it is. */
  all?: boolean;
}

/** Whether it goes when nobody has named it: nobody's program needs it. */
const isFree = (lab: RemovableLab): boolean => lab.interactive || !lab.ownerIsAlive();

function isMeant(lab: RemovableLab, { ids = [], all = false }: DownOptions): boolean {
  if (all) return true;
  return ids.length > 0 ? ids.includes(lab.id) : isFree(lab);
}

/** Each owner removes its own lab when asked to end; what is left after that is removed here. Blocking. */
function take(lab: RemovableLab): void {
  if (lab.ownerIsAlive()) {
    signal(lab.owner, 'SIGTERM');
    // A test runner may live on after its lab: it is the lab that has to go.
    untilSync(() => !isAlive(lab.owner) || !lab.exists(), 30_000);
  }
  lab.remove();
}

/**
 * Removes labs: those named, or all, or else those that no running program needs.
 *
 * @param say is told of each lab that was removed, and of each that was left where none was named.
 * @throws Error before anything is removed, for an id that no lab has.
 */
export function down(labs: readonly RemovableLab[], options: DownOptions, say: (line: string) => void): void {
  const { ids = [] } = options;
  const unknown = ids.filter((id) => !labs.some((lab) => lab.id === id));
  if (unknown.length > 0) throw new Error(`no lab has the id ${unknown.join(', ')}`);
  for (const lab of labs.filter((each) => isMeant(each, options))) {
    const why = lab.ownerIsAlive() ? '' : ': its owner was gone';
    take(lab);
    say(`${lab.kind} ${lab.id} removed${why}`);
  }
  if (ids.length > 0) return;
  for (const { kind, id, owner } of labs.filter((each) => !isMeant(each, options))) {
    say(`${kind} ${id} left: process ${owner.pid} uses it (down ${id} or down --all removes it)`);
  }
}
