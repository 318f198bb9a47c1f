import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { canStopFirst } from './fields';

interface Props {
  problems: readonly Problem[];
  onClick: () => void;
}

/** One click puts the stop into the same change, where the container restarts again and again. */
export function StopFirst({ problems, onClick }: Props) {
  const { t } = useTranslation('change');
  if (!canStopFirst(problems)) return null;
  return (
    <Group>
      <Button size="xs" variant="light" onClick={onClick} data-testid="stop-first">
        {t('stopFirst')}
      </Button>
    </Group>
  );
}
