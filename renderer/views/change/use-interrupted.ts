import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, Recovery, SegmentRecord, Snapshot, Step } from '../../../shared/model';
import { useChanges, useInventory, useSegments } from '../../app/context';
import { recordTitle } from '../segments/words';
import { changeTitle } from './words';

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

/** A change that was cut off, of one engine or of a segment's. */
export interface Interrupted {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  ofSegment: boolean;
  title: string;
  undoing: boolean;
  hosts: InterruptedHost[];
}

type Found = Pick<ChangeRecord, 'engineId' | 'engineName' | 'steps' | 'stepsDone' | 'recovery'>;

const hostOf = (
  { engineId, engineName, steps, stepsDone = 0, recovery }: Found,
  { revision, engines }: Snapshot,
): InterruptedHost => ({
  name: engineName,
  gone: revision >= 0 && !engines.some((each) => each.id === engineId),
  steps,
  done: stepsDone,
  recovery: recovery ?? { doubtful: false, finish: null, rollBack: null },
});

const isOpen = ({ state }: ChangeRecord | SegmentRecord): boolean => state === 'interrupted';

/** Changes that wait for a decision, oldest first. */
export function useInterrupted(): Interrupted[] {
  const { t } = useTranslation('change');
  const { t: segmentWords } = useTranslation('segments');
  const snapshot = useInventory((state) => state.snapshot);
  const changes = useChanges((state) => state.records);
  const segments = useSegments((state) => state.records);
  return useMemo(() => {
    const single = changes.filter(isOpen).map((record): Interrupted => ({
      id: record.id,
      at: record.at,
      ofSegment: false,
      title: changeTitle(t, record.request, record.steps, snapshot),
      undoing: record.wasUndoing ?? false,
      hosts: [hostOf(record, snapshot)],
    }));
    const whole = segments.filter(isOpen).map((record): Interrupted => ({
      id: record.id,
      at: record.at,
      ofSegment: true,
      title: recordTitle(segmentWords, record, snapshot),
      undoing: record.wasUndoing ?? false,
      hosts: record.hosts.map((host) => hostOf(host, snapshot)),
    }));
    return [...single, ...whole].sort((a, b) => a.at - b.at);
  }, [changes, segments, snapshot, t, segmentWords]);
}
