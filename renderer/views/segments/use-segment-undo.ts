import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ok, type SegmentRecord } from '../../../shared/model';
import { useApp } from '../../app/context';
import { exceptionTexts } from '../change/exceptions';
import { useDoneToast, useUndo, useUndoing } from '../change/use-undo';
import { attachedAddress, recordTitle } from './words';

/** Takes a segment change back on all of its hosts, and says how that went. */
export function useSegmentUndo(): (id: string) => Promise<void> {
  const { api, stores } = useApp();
  const { t } = useTranslation('segments');
  const { t: words } = useTranslation('change');
  const undoing = useUndoing();
  return useCallback(
    (id) =>
      undoing(id, async () => {
        const result = await api.invoke('segments.undo', { id });
        if (!result.ok) return result;
        const title = recordTitle(t, result.value, stores.inventory.getState().snapshot);
        const not = exceptionTexts(words, result.value.exceptions);
        return ok(not.length > 0 ? [title, words('log.except.undone'), ...not].join(' ') : title);
      }),
    [api, stores, t, words, undoing],
  );
}

/** Undo for whatever the id is of, a single change or one of a segment. */
export function useUndoAny(): (id: string) => Promise<void> {
  const { stores } = useApp();
  const change = useUndo();
  const segment = useSegmentUndo();
  return useCallback(
    (id) => (stores.segments.getState().records.some((each) => each.id === id) ? segment : change)(id),
    [stores, change, segment],
  );
}

/** Says that a segment change was applied, on how many hosts, and offers to take it back. */
export function useSegmentToast(): (record: SegmentRecord) => void {
  const { stores } = useApp();
  const { t } = useTranslation('segments');
  const { t: words } = useTranslation('change');
  const undo = useSegmentUndo();
  const done = useDoneToast();
  return useCallback(
    (record) => {
      const { snapshot } = stores.inventory.getState();
      const plain = recordTitle(t, record, snapshot);
      const address = attachedAddress(record, snapshot);
      const title = address ? words('toast.withAddress', { title: plain, address }) : plain;
      const failed = record.hosts.filter((host) => host.state !== 'done').map((host) => host.engineName);
      const text =
        record.state === 'partial' ? t('toast.partial', { title, hosts: failed.join(', ') }) : title;
      done({ id: record.id, text, undoable: record.undoable, undo });
    },
    [stores, t, words, undo, done],
  );
}
