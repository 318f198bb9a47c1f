import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { fail, ok, type ChangeRecord, type Result } from '../../../shared/model';
import { useApp } from '../../app/context';
import { useSentences } from '../../i18n';
import { exceptionTexts } from './exceptions';
import { addressText, changeTitle } from './words';

/** How long a toast offers undo, milliseconds; the change log offers it for good. */
const offerFor = 12_000;

const toastId = (changeId: string) => `change-${changeId}`;

/** Says how taking something back goes; `undo` gives what was undone in words, or why it was not. */
export function useUndoing(): (id: string, undo: () => Promise<Result<string>>) => Promise<void> {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const sentences = useSentences();
  return useCallback(
    async (id, undo) => {
      stores.ui.setState((state) => (state.undoable === id ? { undoable: null } : state));
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
      const result = await undo();
      const common = { id: undoing, loading: false, withCloseButton: true } as const;
      if (result.ok)
        return void notifications.update({
          ...common,
          autoClose: 5_000,
          color: 'green',
          icon: <IconArrowBackUp size={16} />,
          title: t('toast.undone'),
          message: result.value,
        });
      const { error } = result;
      notifications.update({
        ...common,
        autoClose: false,
        color: 'red',
        icon: <IconX size={16} />,
        title: t('toast.undoFailed'),
        message: [sentences.whole(error), error.engineText].filter(Boolean).join(' '),
      });
    },
    [stores, t, sentences],
  );
}

/** Takes a change back, and says how that went. */
export function useUndo(): (changeId: string) => Promise<void> {
  const { api, stores } = useApp();
  const { t } = useTranslation('change');
  const undoing = useUndoing();
  return useCallback(
    (changeId) =>
      undoing(changeId, async () => {
        const result = await api.invoke('change.undo', { id: changeId });
        if (!result.ok) return result;
        const { problem, state, request, steps, exceptions } = result.value;
        if (problem && state !== 'undone' && state !== 'applied') return fail(problem);
        const title = changeTitle(t, request, steps, stores.inventory.getState().snapshot);
        const not = exceptionTexts(t, exceptions);
        return ok(not.length > 0 ? [title, t('log.except.undone'), ...not].join(' ') : title);
      }),
    [api, stores, t, undoing],
  );
}

interface Done {
  id: string;
  /** What was done, in words. */
  text: string;
  undoable: boolean;
  undo: (id: string) => Promise<void>;
}

/** Says that something was done, and offers to take it back while the toast is there. */
export function useDoneToast(): (done: Done) => void {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const { t: common } = useTranslation();
  return useCallback(
    ({ id, text, undoable, undo }) => {
      const withdraw = () =>
        stores.ui.setState((state) => (state.undoable === id ? { undoable: null } : state));
      if (undoable) stores.ui.setState({ undoable: id });
      notifications.show({
        id: toastId(id),
        autoClose: offerFor,
        color: 'green',
        icon: <IconCheck size={16} />,
        onClose: withdraw,
        title: t('toast.applied'),
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">{text}</Text>
            {undoable && (
              <Button
                size="compact-xs"
                variant="light"
                flex="none"
                leftSection={<IconArrowBackUp size={13} />}
                onClick={() => void undo(id)}
                data-testid="undo"
              >
                {common('actions.undo')}
              </Button>
            )}
          </Group>
        ),
      });
    },
    [stores, t, common],
  );
}

/** The same for a single change. */
export function useAppliedToast(): (record: ChangeRecord) => void {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const undo = useUndo();
  const done = useDoneToast();
  return useCallback(
    ({ id, request, steps, ipv4, ipv6, undoable }) => {
      const title = changeTitle(t, request, steps, stores.inventory.getState().snapshot);
      const address = addressText({ ipv4, ipv6 });
      const text = address ? t('toast.withAddress', { title, address }) : title;
      done({ id, text, undoable, undo });
    },
    [stores, t, undo, done],
  );
}
