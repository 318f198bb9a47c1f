import { Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord } from '../../../shared/model';
import { useApp } from '../context';
import { useSentences, useJoinNames } from '../../i18n';
import { exceptionTexts } from './exceptions';
import { isCutOff } from './outcome';
import { UndoOffer } from './UndoOffer';
import { useWhere } from './use-titles';
import { addressText, shimAddress } from './words';

/** How long a toast offers undo, milliseconds; the change log offers it for good. */
const offerFor = 12_000;

const toastId = (changeId: string) => `change-${changeId}`;

/** How long one is told of that failed, milliseconds. */
const failedFor = 20_000;

/** What a change came to, in words: with the address that it gave, and the hosts that it is not on. */
function useOutcome(): (record: ChangeRecord) => string {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const join = useJoinNames();
  const { t: segments } = useTranslation('segments');
  const whereOf = useWhere();
  return useCallback(
    (record) => {
      const title = whereOf(record, stores.inventory.getState().snapshot);
      const not = record.hosts.filter((host) => host.state !== 'done').map((host) => host.engineName);
      if (record.state === 'partial') return segments('toast.partial', { title, hosts: join(not) });
      const address = shimAddress(record) || record.hosts.map(addressText).find((text) => text !== '');
      return address ? t('toast.withAddress', { title, address }) : title;
    },
    [stores, t, segments, whereOf, join],
  );
}

/** Takes a change back, and says how that went. */
export function useUndo(): (changeId: string) => Promise<void> {
  const { api, stores } = useApp();
  const { t } = useTranslation('change');
  const outcomeOf = useOutcome();
  const whereOf = useWhere();
  const sentences = useSentences();
  return useCallback(
    async (id) => {
      const { ownChanges } = stores.ui.getState();
      const at = ownChanges.indexOf(id);
      stores.ui.setState({ ownChanges: ownChanges.filter((each) => each !== id) });
      notifications.hide(toastId(id));
      const undoing = notifications.show({
        id: `${toastId(id)}-undo`,
        title: t('toast.undoing'),
        message: null,
        loading: true,
        autoClose: false,
        color: 'line',
        withCloseButton: false,
      });
      const seen = stores.changes.getState().records.find((each) => each.id === id)?.hosts;
      const result = await api.invoke('change.undo', { id, ...(seen ? { seen } : {}) });
      const common = { id: undoing, loading: false, withCloseButton: true } as const;
      if (result.ok) {
        const title = outcomeOf(result.value);
        const not = exceptionTexts(t, result.value.exceptions);
        return void notifications.update({
          ...common,
          autoClose: 5_000,
          color: 'green',
          icon: <IconArrowBackUp size={16} />,
          title: t('toast.undone'),
          message: not.length > 0 ? [title, t('log.except.undone'), ...not].join(' ') : title,
        });
      }
      const { error } = result;
      // It stands, and can be asked for again; but one that can't be taken back must not stand before those that can.
      if (at >= 0 && error.code !== 'change_not_undoable')
        stores.ui.setState(({ ownChanges: now }) => ({ ownChanges: now.toSpliced(at, 0, id) }));
      const record = stores.changes.getState().records.find((each) => each.id === id);
      const lost = isCutOff(error);
      const why = lost
        ? t('toast.undoUnknownHint')
        : [sentences.whole(error), error.engineText].filter(Boolean).join(' ');
      notifications.update({
        ...common,
        autoClose: failedFor,
        color: 'red',
        icon: <IconX size={16} />,
        title: t(lost ? 'toast.undoUnknown' : 'toast.undoFailed'),
        message: record
          ? t('toast.about', { title: whereOf(record, stores.inventory.getState().snapshot), text: why })
          : why,
      });
    },
    [api, stores, t, outcomeOf, whereOf, sentences],
  );
}

/** Takes back the newest of this window's changes that is not taken back yet; where there is none, that is said. */
export function useUndoLast(): () => void {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const undo = useUndo();
  return useCallback(() => {
    const newest = stores.ui.getState().ownChanges.at(-1);
    if (newest !== undefined) return void undo(newest);
    notifications.show({
      id: 'nothing-to-undo',
      autoClose: 5_000,
      color: 'line',
      title: t('toast.nothing'),
      message: t('toast.nothingHint'),
    });
  }, [stores, t, undo]);
}

/** Says that a change was applied, and offers to take it back while the toast is there. */
export function useAppliedToast(): (record: ChangeRecord) => void {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const undo = useUndo();
  const outcomeOf = useOutcome();
  return useCallback(
    (record) => {
      const { id, undoable } = record;
      if (undoable) stores.ui.setState(({ ownChanges }) => ({ ownChanges: [...ownChanges, id] }));
      notifications.show({
        id: toastId(id),
        autoClose: offerFor,
        color: 'green',
        icon: <IconCheck size={16} />,
        title: t('toast.applied'),
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">{outcomeOf(record)}</Text>
            {undoable && <UndoOffer id={id} onUndo={() => void undo(id)} />}
          </Group>
        ),
      });
    },
    [stores, t, undo, outcomeOf],
  );
}
