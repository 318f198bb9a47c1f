import { Button, Group, Text } from '@mantine/core';
import { IconShieldOff, IconShieldPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { useApp } from '../../context/context';
import { useObstacles } from '../../context/obstacles';
import { Section } from '../../components';
import { useTargets } from './use-targets';

/** Of a network: how many of its containers are guarded, and the way to all of them. */
export function NetworkGuards({ network }: { network: Network }) {
  const { t } = useTranslation('guard');
  const { stores } = useApp();
  const { engineId, id: networkId, name } = network;
  const targets = useMemo(() => ({ networks: [{ engineId, networkId }] }), [engineId, networkId]);
  const { guarded, open } = useTargets(targets);
  const offline = useObstacles().host(engineId);
  if (guarded.length + open.length === 0) return null;
  const opens = (purpose: 'set' | 'release') => () =>
    stores.ui.setState({ dialog: { kind: 'guard-all', purpose, targets, name } });
  return (
    <Section title={t('section')}>
      <Text size="xs" c="dimmed" mb="xs" data-testid="network-guarded">
        {t('all.count', { number: guarded.length, total: guarded.length + open.length })}
      </Text>
      <Changing>
        <Group gap="xs">
          {open.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconShieldPlus size={15} stroke={1.7} />}
              disabled={offline !== undefined}
              title={offline}
              onClick={opens('set')}
              data-testid="guard-all"
            >
              {t('all.open')}
            </Button>
          )}
          {guarded.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconShieldOff size={15} stroke={1.7} />}
              onClick={opens('release')}
              data-testid="release-all"
            >
              {t('all.openRelease')}
            </Button>
          )}
        </Group>
      </Changing>
    </Section>
  );
}
