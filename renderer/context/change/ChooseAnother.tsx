import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApp, useInventory } from '../context';
import { findContainer } from '../../store/inventory';

interface Props {
  engineId: string;
  containerId: string;
  /** The network that it leaves, for a move. */
  from?: string | undefined;
  disabled: boolean;
}

/** Leads back to the choice of what a container is attached to. */
export function ChooseAnother({ engineId, containerId, from, disabled }: Props) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const there = useInventory((state) => findContainer(state.snapshot, engineId, containerId) !== undefined);
  // Of a container that is gone there is nothing to choose for.
  if (!there) return null;
  return (
    <Anchor
      component="button"
      type="button"
      size="xs"
      disabled={disabled}
      onClick={() => stores.ui.setState({ dialog: { kind: 'attach', engineId, containerId, from } })}
    >
      {t('attach.back')}
    </Anchor>
  );
}
