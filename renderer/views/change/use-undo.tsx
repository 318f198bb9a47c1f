import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord } from '../../../shared/model';
import { useApp } from '../../app/context';
import { useSentences } from '../../i18n';
import { exceptionTexts } from './exceptions';
import { useTitles } from './use-titles';
import { addressText } from './words';

/** How long a toast offers undo, milliseconds; the change log offers it for good. */
const offerFor = 12_000;

const toastId = (changeId: string) => `change-${changeId}`;

/** Takes a change back, and says how that went. */
export function useUndo(): (changeId: string) => Promise<void> {
  const { api, stores } = useApp();
  const { t } = useTranslation('change');
  const titleOf = useTitles();
  const sentences = useSentences();
  return useCallback(
    async (id) => {
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
      const result = await api.invoke('change.undo', { id });
      const common = { id: undoing, loading: false, withCloseButton: true } as const;
      if (result.ok) {
        const title = titleOf(result.value, stores.inventory.getState().snapshot);
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
      notifications.update({
        ...common,
        autoClose: false,
        color: 'red',
        icon: <IconX size={16} />,
        title: t('toast.undoFailed'),
        message: [sentences.whole(error), error.engineText].filter(Boolean).join(' '),
      });
    },
    [api, stores, t, titleOf, sentences],
  );
}

/** What a change came to, in words: with the address that it gave, and the hosts that it is not on. */
function useOutcome(): (record: ChangeRecord) => string {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const { t: segments } = useTranslation('segments');
  const titleOf = useTitles();
  return useCallback(
    (record) => {
      const title = titleOf(record, stores.inventory.getState().snapshot);
      const not = record.hosts.filter((host) => host.state !== 'done').map((host) => host.engineName);
      if (record.state === 'partial') return segments('toast.partial', { title, hosts: not.join(', ') });
      const address = record.hosts.map(addressText).find((text) => text !== '');
      return address ? t('toast.withAddress', { title, address }) : title;
    },
    [stores, t, segments, titleOf],
  );
}

/** Says that a change was applied, and offers to take it back while the toast is there. */
export function useAppliedToast(): (record: ChangeRecord) => void {
  const { stores } = useApp();
  const { t } = useTranslation('change');
  const { t: common } = useTranslation();
  const undo = useUndo();
  const outcomeOf = useOutcome();
  return useCallback(
    (record) => {
      const { id, undoable } = record;
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
            <Text size="sm">{outcomeOf(record)}</Text>
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
    [stores, t, common, undo, outcomeOf],
  );
}
