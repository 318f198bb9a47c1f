import { IconPlug, IconTag } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../shared/model';
import { parseParent, siteOf } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { Facts, Section } from '../../components';
import { lanOf, lanTitle, onNic, type Lan, type Occupied } from '../../graph';
import { lookOf } from '../../store/host';
import { NicState } from '../../components/nics/NicParts';
import { nicRows, speedText } from '../../components/nics/nics';
import { useHost } from '../../context/host/use-host';
import { Header } from './Header';
import { Link } from './Link';
import { OccupiedList } from './OccupiedList';
import { containerCount, subnetsOf, useLans } from './use-lans';

/** Each LAN once. */
const lansOn = (groups: readonly Occupied[], lans: readonly Lan[]): Lan[] => [
  ...new Set(groups.flatMap(({ network }) => lanOf(lans, network) ?? [])),
];

function LanLinks({ lans }: { lans: readonly Lan[] }) {
  return lans.flatMap((lan, at) => {
    const [network] = lan.members;
    if (!network) return [];
    return [
      at > 0 && ', ',
      <Link key={lan.key} to={{ kind: 'lan', key: lan.key, network }}>
        {lanTitle(lan)}
      </Link>,
    ];
  });
}

function NicFacts({ engine, name, groups }: { engine: Engine; name: string; groups: readonly Occupied[] }) {
  const { t } = useTranslation('inspector');
  const facts = useHost((state) => lookOf(state, engine.id).facts);
  const row = facts && nicRows(facts, engine).find(({ nic }) => nic.name === name);
  const lans = lansOn(groups, useLans());
  const parsed = parseParent(name);
  return (
    <Section title={t('sections.general')}>
      <Facts
        facts={[
          { label: t('facts.lans'), value: lans.length > 0 ? <LanLinks lans={lans} /> : null },
          { label: t('facts.subnets'), value: subnetsOf(groups).join(', ') },
          { label: t('facts.vlan'), value: parsed.ok ? parsed.vlan : null },
          { label: t('facts.site'), value: siteOf(name, engine) },
          { label: t('facts.state'), value: row && <NicState state={row.state} /> },
          { label: t('facts.speed'), value: row && speedText(row.nic.speed) },
        ]}
      />
    </Section>
  );
}

/** An interface of a host: the LANs that it leads to, the networks that stand on it, and who is on them. */
export function NicInspector({ engine, name }: { engine: Engine; name: string }) {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  const groups = useMemo(() => onNic(engine.id, name, snapshot), [engine.id, name, snapshot]);
  const parsed = parseParent(name);
  const Icon = parsed.ok && parsed.vlan !== null ? IconTag : IconPlug;
  return (
    <>
      <Header
        selection={{ kind: 'nic', engineId: engine.id, name }}
        mark={<Icon size={18} stroke={1.7} aria-hidden />}
        name={name}
        line={
          <>
            <Link to={{ kind: 'engine', engineId: engine.id }}>{engine.name}</Link>
            <span>{t('occupied.containers', { count: containerCount(groups) })}</span>
          </>
        }
      />
      <NicFacts engine={engine} name={name} groups={groups} />
      <OccupiedList groups={groups} />
    </>
  );
}
