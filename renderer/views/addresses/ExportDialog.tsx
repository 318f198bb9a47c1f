import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Stack } from '@mantine/core';
import type { AddressPlan } from '../../../shared/model';
import {
  exportAddresses,
  exportDomain,
  exportFamily,
  hostName,
  type ExportSource,
  type RangeEnds,
} from '../../../shared/rules';
import { ProblemNote, SlowLoader } from '../../components';
import { TaskDialog } from '../../components/dialog/TaskDialog';
import { useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { useLeases } from '../../context/leases';
import { useAddressPlan } from '../../context/use-address-plan';
import { findNetwork } from '../../store/inventory';
import { leaseOn } from '../../store/leases';
import { hasDomain, ExportChoices, type Chosen } from './ExportChoices';
import { ExportFile } from './ExportFile';
import { LeftOutList, RenamedList } from './LeftOutList';

/** The section that phpIPAM comes with. */
const firstChoice: Chosen = { format: 'csv', automatic: false, domain: '', section: 'Customers', part: true };

/** The addresses of a network's LAN, or those of a range, as a file that another program imports. */
export function ExportDialog({ engineId, networkId, range, onClose }: DialogProps<'addresses-export'>) {
  const { t } = useTranslation('addresses');
  const { value: plan, problem } = useAddressPlan({ engineId, networkId });
  const name = useInventory((state) => findNetwork(state.snapshot, engineId, networkId)?.name ?? networkId);
  return (
    <TaskDialog onClose={onClose} size={780} title={t('export.title', { network: name })}>
      {problem && <ProblemNote problem={problem} />}
      {!plan && !problem && <SlowLoader />}
      {plan && <ExportPane plan={plan} network={name} range={range ?? null} />}
    </TaskDialog>
  );
}

function useSource(plan: AddressPlan, network: string): ExportSource {
  const snapshot = useInventory((state) => state.snapshot);
  const leases = useLeases();
  return useMemo(() => {
    const networkOf = (engineId: string, id: string) => findNetwork(snapshot, engineId, id)?.name ?? id;
    return {
      plan,
      network,
      networkOf,
      hostOf: (id) => hostName(id, snapshot.engines),
      leases: (engineId, containerId, networkId) =>
        leaseOn(leases, engineId, containerId, networkOf(engineId, networkId)) !== undefined,
    };
  }, [plan, network, snapshot, leases]);
}

interface Props {
  plan: AddressPlan;
  network: string;
  range: RangeEnds | null;
}

/** What is chosen, and what comes of it. */
function ExportPane({ plan, network, range }: Props) {
  const source = useSource(plan, network);
  const [chosen, setChosen] = useState(firstChoice);
  const wrong =
    hasDomain(chosen.format) && exportDomain(chosen.domain) === null
      ? 'domain'
      : exportFamily(chosen.format) === 'phpipam' && chosen.section.trim() === ''
        ? 'section'
        : null;
  const made = useMemo(
    () =>
      exportAddresses(source, {
        ...chosen,
        section: chosen.section.trim(),
        range: chosen.part ? range : null,
      }),
    [source, chosen, range],
  );
  return (
    <Stack gap="md" data-testid="addresses-export">
      <ExportChoices chosen={chosen} range={range} wrong={wrong} onChosen={setChosen} />
      {wrong === null && (
        <>
          <LeftOutList leftOut={made.leftOut} />
          <RenamedList renamed={made.renamed} />
          <ExportFile format={chosen.format} made={made} />
        </>
      )}
    </Stack>
  );
}
