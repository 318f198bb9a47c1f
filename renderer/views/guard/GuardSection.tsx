import { Button, Text } from '@mantine/core';
import { IconShieldPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Container } from '../../../shared/model';
import { attachmentsToKeep } from '../../../shared/rules';
import { useGuardOf } from '../../context/guards';
import { Changing } from '../../context/Changing';
import { useApp, useInventory, useReadOnly } from '../../context/context';
import { useObstacles } from '../../context/obstacles';
import { Section } from '../../components';
import { Attachments, KnownAs } from './GuardParts';
import { GuardState } from './GuardState';

/** Of a container: whether its addresses come back when it is made anew, and the way to that. */
export function GuardSection({ container }: { container: Container }) {
  const { t } = useTranslation('guard');
  const { stores } = useApp();
  const readOnly = useReadOnly();
  const snapshot = useInventory((state) => state.snapshot);
  const guard = useGuardOf(container);
  const offline = useObstacles().host(container.engineId);
  const { engineId, id: containerId } = container;
  if (guard)
    return (
      <Section title={t('section')}>
        <GuardState guard={guard} />
        <Attachments attachments={guard.attachments} />
        <KnownAs identity={guard.identity} />
      </Section>
    );
  // There is nothing that could be lost, or nobody to begin it.
  if (readOnly || attachmentsToKeep(container, snapshot).length === 0) return null;
  return (
    <Section title={t('section')}>
      <Text size="xs" c="dimmed" mb="xs">
        {t('hint')}
      </Text>
      <Changing>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconShieldPlus size={15} stroke={1.7} />}
          disabled={offline !== undefined}
          title={offline}
          onClick={() => stores.ui.setState({ dialog: { kind: 'guard', engineId, containerId } })}
          data-testid="guard"
        >
          {t('guard')}
        </Button>
      </Changing>
    </Section>
  );
}
