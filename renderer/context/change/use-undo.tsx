import { Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useCallback, type ComponentProps } from 'react';
import type { ChangeRecord } from '../../../shared/model';
import { useApp } from '../context';
import { notClean } from './not-clean';
import { isCutOff } from './outcome';
import { ToastText } from './ToastText';
import { UndoOffer } from './UndoOffer';

/** How long a toast offers undo, milliseconds; the change log offers it for good. */
const offerFor = 12_000;

const toastId = (changeId: string) => `change-${changeId}`;

/** How long one is told of that failed, milliseconds. */
const failedFor = 20_000;

/** Words of a toast, which go with the language. */
const words = (of: ComponentProps<typeof ToastText>['of']) => <ToastText of={of} />;

/** Takes a change back, and says how that went. */
export function useUndo(): (changeId: string) => Promise<void> {
  const { api, stores } = useApp();
  return useCallback(
    async (id) => {
      const { ownChanges } = stores.ui.getState();
      const at = ownChanges.indexOf(id);
      stores.ui.setState({ ownChanges: ownChanges.filter((each) => each !== id) });
      notifications.hide(toastId(id));
      const undoing = notifications.show({
        id: `${toastId(id)}-undo`,
        title: words(({ t }) => t('toast.undoing')),
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
        const { value } = result;
        const { snapshot } = stores.inventory.getState();
        const left = notClean(value).length > 0;
        return void notifications.update({
          ...common,
          autoClose: left ? failedFor : 5_000,
          color: left ? 'orange' : 'green',
          icon: left ? <IconAlertTriangle size={16} /> : <IconArrowBackUp size={16} />,
          title: words(({ t }) => t(left ? 'toast.undoneExcept' : 'toast.undone')),
          message: words(({ outcomeOf, withExceptions }) =>
            withExceptions(outcomeOf(value, snapshot), value),
          ),
        });
      }
      const { error } = result;
      // It stands, and can be asked for again; but one that can't be taken back must not stand before those that can.
      if (at >= 0 && error.code !== 'change_not_undoable')
        stores.ui.setState(({ ownChanges: now }) => ({ ownChanges: now.toSpliced(at, 0, id) }));
      const record = stores.changes.getState().records.find((each) => each.id === id);
      const lost = isCutOff(error);
      const { snapshot } = stores.inventory.getState();
      notifications.update({
        ...common,
        autoClose: failedFor,
        color: 'red',
        icon: <IconX size={16} />,
        title: words(({ t }) => t(lost ? 'toast.undoUnknown' : 'toast.undoFailed')),
        message: words(({ t, sentences, whereOf }) => {
          const text = lost
            ? t('toast.undoUnknownHint')
            : [sentences.whole(error), error.engineText].filter(Boolean).join(' ');
          return record ? t('toast.about', { title: whereOf(record, snapshot), text }) : text;
        }),
      });
    },
    [api, stores],
  );
}

/** Takes back the newest of this window's changes that is not taken back yet; where there is none, that is said. */
export function useUndoLast(): () => void {
  const { stores } = useApp();
  const undo = useUndo();
  return useCallback(() => {
    const newest = stores.ui.getState().ownChanges.at(-1);
    if (newest !== undefined) return void undo(newest);
    notifications.show({
      id: 'nothing-to-undo',
      autoClose: 5_000,
      color: 'line',
      title: words(({ t }) => t('toast.nothing')),
      message: words(({ t }) => t('toast.nothingHint')),
    });
  }, [stores, undo]);
}

/** Says that a change was applied, and offers to take it back while the toast is there. */
export function useAppliedToast(): (record: ChangeRecord) => void {
  const { stores } = useApp();
  const undo = useUndo();
  return useCallback(
    (record) => {
      const { id, undoable } = record;
      const { snapshot } = stores.inventory.getState();
      const unclean = notClean(record);
      const left = unclean.length > 0;
      const all = unclean.every(({ state }) => state === 'done');
      if (undoable) stores.ui.setState(({ ownChanges }) => ({ ownChanges: [...ownChanges, id] }));
      notifications.show({
        id: toastId(id),
        autoClose: left ? failedFor : offerFor,
        color: left ? 'orange' : 'green',
        icon: left ? <IconAlertTriangle size={16} /> : <IconCheck size={16} />,
        title: words(({ t }) =>
          t(!left ? 'toast.applied' : all ? 'toast.appliedOtherwise' : 'toast.appliedExcept'),
        ),
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">
              {words(({ outcomeOf, withExceptions }) => withExceptions(outcomeOf(record, snapshot), record))}
            </Text>
            {undoable && <UndoOffer id={id} onUndo={() => void undo(id)} />}
          </Group>
        ),
      });
    },
    [stores, undo],
  );
}
