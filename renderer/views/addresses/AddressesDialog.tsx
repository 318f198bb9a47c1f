import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressPlan } from '../../../shared/model';
import { addressGrid, contains, firstFree, parseIp, type AddressGrid } from '../../../shared/rules';
import { ProblemNote, SlowLoader } from '../../components';
import { TaskDialog } from '../../components/dialog/TaskDialog';
import { useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { useAddressPlan } from '../../context/use-address-plan';
import { findNetwork } from '../../store/inventory';
import { ChooseContainer } from './ChooseContainer';
import { GridPane } from './GridPane';

/** What is offered in every dialog, where this subnet is the one of its family that offers begin with; else its first. */
function nextFree({ suggestion, suggestion6 }: AddressPlan, grid: AddressGrid): string | null {
  const offered = [suggestion, suggestion6].find((each) => {
    const ip = each ? parseIp(each) : null;
    return ip !== null && contains(grid.subnet, ip);
  });
  return offered ?? firstFree(grid) ?? firstFree(grid, undefined, true);
}

/** Every address of a network's LAN: who has it, over all hosts, and what is free; from here it is given to a container. */
export function AddressesDialog({ engineId, networkId, at, onClose }: DialogProps<'addresses'>) {
  const { t } = useTranslation('addresses');
  const { value: plan, problem } = useAddressPlan({ engineId, networkId });
  const network = useInventory((state) => findNetwork(state.snapshot, engineId, networkId));
  const [chosen, setChosen] = useState<string | null>(null);
  const [giving, setGiving] = useState<string | null>(null);
  const [begin, setBegin] = useState(at);
  const subnet = chosen ?? plan?.subnets.find((each) => each === plan.subnet) ?? '';
  const grid: AddressGrid | null = useMemo(
    () => (plan && subnet ? addressGrid(plan, subnet) : null),
    [plan, subnet],
  );
  const name = network?.name ?? networkId;
  return (
    <TaskDialog
      onClose={onClose}
      size={920}
      title={giving ? t('choose', { address: giving }) : t('title', { network: name })}
    >
      {problem && <ProblemNote problem={problem} />}
      {!plan && !problem && <SlowLoader />}
      {giving && network && (
        <ChooseContainer address={giving} network={network} onBack={() => setGiving(null)} />
      )}
      {plan && grid && !giving && (
        <GridPane
          key={subnet}
          grid={grid}
          subnet={subnet}
          subnets={plan.subnets}
          begin={begin}
          next={nextFree(plan, grid)}
          onSubnet={setChosen}
          onGive={(address) => {
            setBegin(address);
            setGiving(address);
          }}
        />
      )}
    </TaskDialog>
  );
}
