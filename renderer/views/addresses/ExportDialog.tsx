import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Stack } from '@mantine/core';
import type { AddressPlan } from '../../../shared/model';
import { exportAddresses, exportDomain, exportFamily, type RangeEnds } from '../../../shared/rules';
import { ProblemNote, SlowLoader } from '../../components';
import { TaskDialog } from '../../components/dialog/TaskDialog';
import { useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { useAddressPlan } from '../../context/use-address-plan';
import { findNetwork } from '../../store/inventory';
import { hasDomain, ExportChoices, type Chosen } from './ExportChoices';
import { ExportFile } from './ExportFile';
import { LeftOutList, RenamedList } from './LeftOutList';
import { useSource } from './use-source';

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
