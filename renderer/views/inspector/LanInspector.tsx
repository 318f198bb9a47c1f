import { Anchor } from '@mantine/core';
import { IconNetwork } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useInventory } from '../../context/context';
import { Facts, Section } from '../../components';
import { lanTitle, lanWith, onLan, type Lan } from '../../graph';
import type { Selection } from '../../store/ui';
import { DuplicatesSection } from './Duplicates';
import { Header } from './Header';
import { OccupiedList } from './OccupiedList';
import { Overview } from './Overview';
import { containerCount, subnetsOf, useLans } from './use-lans';

type LanSelection = Extract<Selection, { kind: 'lan' }>;

/** The way to the grid of all addresses of the LAN. */
function AllAddresses({ groups }: { groups: ReturnType<typeof onLan> }) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const network = groups.find((group) => group.network.subnets.length > 0)?.network;
  if (!network) return null;
  const { engineId, id: networkId } = network;
  return (
    <Section title={t('sections.addresses')}>
      <Anchor
        component="button"
        type="button"
        size="xs"
        onClick={() => stores.ui.setState({ dialog: { kind: 'addresses', engineId, networkId } })}
        data-testid="open-addresses"
      >
        {t('plan.all')}
      </Anchor>
    </Section>
  );
}

function Found({ selection, lan }: { selection: LanSelection; lan: Lan }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const snapshot = useInventory((state) => state.snapshot);
  const groups = useMemo(() => onLan(lan, snapshot), [lan, snapshot]);
  return (
    <>
      <Header
        selection={selection}
        mark={<IconNetwork size={18} stroke={1.7} aria-hidden />}
        name={lanTitle(lan)}
        line={
          <>
            <span>{t('occupied.hosts', { count: lan.engineIds.length })}</span>
            <span>{t('occupied.containers', { count: containerCount(groups) })}</span>
          </>
        }
      />
      <DuplicatesSection networks={lan.members} />
      <Section title={t('sections.general')}>
        <Facts
          facts={[
            { label: t('facts.segment'), value: lan.segment?.name ?? common('none') },
            { label: t('facts.subnets'), value: subnetsOf(groups).join(', ') || t('occupied.noSubnet') },
            { label: t('facts.vlan'), value: lan.vlan },
            { label: t('facts.site'), value: lan.site },
          ]}
        />
      </Section>
      <AllAddresses groups={groups} />
      <OccupiedList groups={groups} />
    </>
  );
}

/** A LAN over all of its hosts: what it is, its networks, and who is on them. */
export function LanInspector({ selection }: { selection: LanSelection }) {
  const lan = lanWith(useLans(), selection.key, selection.network);
  return lan ? <Found selection={selection} lan={lan} /> : <Overview />;
}
