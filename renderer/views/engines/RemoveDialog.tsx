import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hostNameOf } from '../../../shared/rules';
import { useEngines, useInventory } from '../../context/context';
import { ProblemNote } from '../../components';
import { findEntry } from '../../store/engines';
import { findEngine } from '../../store/inventory';
import { useClosingCommand } from './use-closing-command';
import { CancelButton, TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  engineId: string;
  onClose: () => void;
}

/** Says that nothing happens on the engine itself, then takes it off the list. */
export function RemoveDialog({ engineId, onClose }: Props) {
  const { t } = useTranslation('engines');
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const entry = useEngines((state) => findEntry(state, engineId));
  const { busy, failed: problem, send } = useClosingCommand('engines.remove', onClose);
  // It is gone from both while the dialog is closing: its name stays.
  const [host] = useState(entry?.name ?? hostNameOf(engine, engineId));
  return (
    <TaskDialog busy={busy} onClose={onClose} size={500} title={t('remove.title', { host })}>
      <Stack gap="sm" data-testid="engine-remove">
        <Text>{t('remove.body', { host })}</Text>
        <Text size="xs" c="dimmed">
          {t('remove.kept')}
        </Text>
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" gap="sm">
          <CancelButton autoFocus />
          <Button
            color="red"
            loading={busy}
            onClick={() => void send({ engineId })}
            data-testid="remove-confirm"
          >
            {t('remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </TaskDialog>
  );
}
