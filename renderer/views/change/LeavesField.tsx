import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EngineRequest } from '../../../shared/model';
import { useApp, useInventory } from '../../context/context';
import { findContainer } from '../../store/inventory';

interface Props {
  request: Extract<EngineRequest, { kind: 'move' }>;
  disabled: boolean;
}

/** Which network a container leaves, where it is on several: a drag can't tell which of them was meant. */
export function LeavesField({ request, disabled }: Props) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const { engineId, containerId, fromNetworkId, toNetworkId } = request;
  const container = useInventory(({ snapshot }) => findContainer(snapshot, engineId, containerId));
  const others = (container?.endpoints ?? []).filter(({ networkId }) => networkId !== toNetworkId);
  if (others.length < 2) return null;
  return (
    <Select
      label={t('leaves')}
      allowDeselect={false}
      data={others.map(({ networkId, networkName }) => ({ value: networkId, label: networkName }))}
      value={fromNetworkId}
      onChange={(chosen) => {
        if (chosen !== null)
          stores.ui.setState({
            dialog: { kind: 'change', request: { ...request, fromNetworkId: chosen } },
          });
      }}
      disabled={disabled}
      data-testid="leaves"
    />
  );
}
