import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineRequest } from '../../../shared/model';
import { networkFinder } from '../../../shared/rules';
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
  const networks = useInventory(({ snapshot }) => snapshot.networks);
  const find = useMemo(
    () => networkFinder(networks.filter((one) => one.engineId === engineId)),
    [networks, engineId],
  );
  // It can't leave what is gone.
  const others = (container?.endpoints ?? [])
    .flatMap((endpoint) => find(endpoint) ?? [])
    .filter(({ id }) => id !== toNetworkId);
  if (others.length < 2) return null;
  return (
    <Select
      label={t('leaves')}
      allowDeselect={false}
      data={others.map(({ id, name }) => ({ value: id, label: name }))}
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
