import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../context/context';
import type { Back } from '../../store/ui';

interface Props {
  size?: 'xs' | 'compact-xs';
  back?: Back;
  autoFocus?: boolean;
}

/** A demo that was asked for adds nothing; one for want of an engine ends with the first host. */
export function useDemoOnly(): boolean {
  const { info } = useApp();
  return info.demo && !info.demoReason;
}

/** Opens the form for a new host. */
export function AddHost({ size = 'xs', back, autoFocus }: Props) {
  const { t } = useTranslation('engines');
  const { stores } = useApp();
  return (
    <Button
      size={size}
      leftSection={<IconPlus size={size === 'xs' ? 14 : 13} stroke={2} />}
      disabled={useDemoOnly()}
      onClick={() => stores.ui.setState({ dialog: { kind: 'engine-form', ...(back && { back }) } })}
      data-testid="add-host"
      data-autofocus={autoFocus || undefined}
    >
      {t('add')}
    </Button>
  );
}
