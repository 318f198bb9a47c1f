import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, Problem } from '../../../shared/model';
import { useApp } from '../../app/context';
import { useSentences } from '../../i18n';
import { changeTitle } from './words';

/** How long a toast offers undo, milliseconds; the change log offers it for good. */
const offerFor = 12_000;

const toastId = (changeId: string) => `change-${changeId}`;

/** Takes a change back, and says how that went. */
export function useUndo(): (changeId: string) => Promise<void> {
  const { api, stores } = useApp();
  const { t } = useTranslation('change');
  const sentences = useSentences();
  return useCallback(
    async (changeId) => {
      const id = toastId(changeId);
      stores.ui.setState((state) => (state.undoable === changeId ? { undoable: null } : state));
      const busy = {
        id,
        title: t('toast.undoing'),
        message: null,
        loading: true,
        autoClose: false,
        color: 'line',
      } as const;
      notifications.hide(id);
      const undoing = notifications.show({ ...busy, id: `${id}-undo`, withCloseButton: false });
      const failed = (problem: Problem) =>
        notifications.update({
          id: undoing,
          loading: false,
          autoClose: false,
          withCloseButton: true,
          color: 'red',
          icon: <IconX size={16} />,
          title: t('toast.undoFailed'),
          message: [sentences.problem(problem), sentences.hint(problem), problem.engineText]
            .filter(Boolean)
            .join(' '),
        });
      const result = await api.invoke('change.undo', { id: changeId });
      if (!result.ok) return void failed(result.error);
      const record = result.value;
      if (record.problem && record.state !== 'undone' && record.state !== 'applied')
        return void failed(record.problem);
      notifications.update({
        id: undoing,
        loading: false,
        autoClose: 5_000,
        withCloseButton: true,
        color: 'green',
        icon: <IconArrowBackUp size={16} />,
        title: t('toast.undone'),
        message: changeTitle(t, record.request, record.steps, stores.inventory.getState().snapshot),
      });
    },
    [api, stores, t, sentences],
  );
}

/** Says that a change was applied, and offers to take it back while the toast is there. */
export function useAppliedToast(): (record: ChangeRecord) => void {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const { t: common } = useTranslation();
  const undo = useUndo();
  return useCallback(
    (record) => {
      const title = changeTitle(t, record.request, record.steps, stores.inventory.getState().snapshot);
      const withdraw = () =>
        stores.ui.setState((state) => (state.undoable === record.id ? { undoable: null } : state));
      if (record.undoable) stores.ui.setState({ undoable: record.id });
      notifications.show({
        id: toastId(record.id),
        autoClose: offerFor,
        color: 'green',
        icon: <IconCheck size={16} />,
        onClose: withdraw,
        title: t('toast.applied'),
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">
              {record.ipv4 ? t('toast.withAddress', { title, address: record.ipv4 }) : title}
            </Text>
            {record.undoable && (
              <Button
                size="compact-xs"
                variant="light"
                flex="none"
                leftSection={<IconArrowBackUp size={13} />}
                onClick={() => void undo(record.id)}
                data-testid="undo"
              >
                {common('actions.undo')}
              </Button>
            )}
          </Group>
        ),
      });
    },
    [stores, t, common, undo],
  );
}
