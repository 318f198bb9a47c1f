import { useMemo } from 'react';
import type { ChangeRecord, HostResult, Recovery, Snapshot, Step } from '../../../shared/model';
import { useChanges, useInventory } from '../../context/context';
import { useTitles } from '../../context/change/use-titles';

/** Where a change that was cut off stands on one host. */
export interface InterruptedHost {
  name: string;
  steps: readonly Step[];
  /** How many of them, from the first, surely hold. */
  done: number;
  recovery: Recovery;
  /** Its engine is off the list: nothing can be done there, and it is left as it is. */
  gone: boolean;
}

/** A change that was cut off. */
export interface Interrupted {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  title: string;
  undoing: boolean;
  /** As the window has read it. */
  record: ChangeRecord;
  hosts: InterruptedHost[];
}

const hostOf = (
  { engineId, engineName, steps, stepsDone = 0, recovery }: HostResult,
  { revision, engines }: Snapshot,
): InterruptedHost => ({
  name: engineName,
  gone: revision >= 0 && !engines.some((each) => each.id === engineId),
  steps,
  done: stepsDone,
  recovery: recovery ?? { doubtful: false, finish: null, rollBack: null },
});

/** Changes that wait for a decision, oldest first. */
export function useInterrupted(): Interrupted[] {
  const titleOf = useTitles();
  const snapshot = useInventory((state) => state.snapshot);
  const records = useChanges((state) => state.records);
  return useMemo(
    () =>
      records
        .filter(({ state }) => state === 'interrupted')
        .map((record): Interrupted => ({
          id: record.id,
          at: record.at,
          title: titleOf(record, snapshot),
          undoing: record.wasUndoing ?? false,
          record,
          hosts: record.hosts.map((host) => hostOf(host, snapshot)),
        }))
        .sort((a, b) => a.at - b.at),
    [records, snapshot, titleOf],
  );
}
