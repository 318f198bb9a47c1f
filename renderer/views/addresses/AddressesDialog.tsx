import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressPlan } from '../../../shared/model';
import {
  addressGrid,
  contains,
  firstFree,
  parseCidr,
  parseIp,
  type AddressGrid,
} from '../../../shared/rules';
import { ProblemNote, SlowLoader } from '../../components';
import { TaskDialog } from '../../components/dialog/TaskDialog';
import { useApp, useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { useAddressPlan } from '../../context/use-address-plan';
import { findNetwork } from '../../store/inventory';
import { GridPane } from './GridPane';

/** What is offered in every dialog, where this subnet is the one of its family that offers begin with; else its first. */
function nextFree({ suggestion, suggestion6 }: AddressPlan, grid: AddressGrid): string | null {
  const offered = [suggestion, suggestion6].find((each) => {
    const ip = each ? parseIp(each) : null;
    return ip !== null && contains(grid.subnet, ip);
  });
  return offered ?? firstFree(grid) ?? firstFree(grid, undefined, true);
}

/** The subnet that an address is in, or one of its family, or the one that offers begin with. */
function firstSubnet({ subnet, subnets }: AddressPlan, at: string | undefined, version?: 4 | 6): string {
  const ip = at ? parseIp(at) : null;
  const has = (each: string) => {
    const cidr = parseCidr(each);
    return cidr !== null && ip !== null && contains(cidr, ip);
  };
  const ofFamily = (each: string) => version !== undefined && parseCidr(each)?.version === version;
  return subnets.find(has) ?? subnets.find(ofFamily) ?? subnets.find((each) => each === subnet) ?? '';
}

/** Every address of a network's LAN: who has it, over all hosts, and what is free; from here it is given to a container. */
export function AddressesDialog(props: DialogProps<'addresses'>) {
  const { engineId, networkId, at, version, pick, back, onClose } = props;
  const { t } = useTranslation('addresses');
  const { value: plan, problem } = useAddressPlan({ engineId, networkId });
  const network = useInventory((state) => findNetwork(state.snapshot, engineId, networkId));
  const [chosen, setChosen] = useState<string | null>(null);
  const subnet = chosen ?? (plan ? firstSubnet(plan, at, version) : '');
  const grid: AddressGrid | null = useMemo(
    () => (plan && subnet ? addressGrid(plan, subnet) : null),
    [plan, subnet],
  );
  const { stores } = useApp();
  const name = network?.name ?? networkId;
  return (
    <TaskDialog onClose={onClose} size={920} title={t(pick ? 'pick' : 'title', { network: name })}>
      {problem && <ProblemNote problem={problem} />}
      {!plan && !problem && <SlowLoader />}
      {plan && grid && (
        <GridPane
          key={subnet}
          grid={grid}
          subnet={subnet}
          subnets={plan.subnets}
          begin={at}
          next={nextFree(plan, grid)}
          onSubnet={setChosen}
          back={(address) => ({
            ...{ kind: 'addresses', engineId, networkId, at: address },
            ...(back && { back }),
          })}
          network={network}
          onPick={pick && ((address) => stores.ui.setState({ dialog: pick(address) }))}
        />
      )}
    </TaskDialog>
  );
}
