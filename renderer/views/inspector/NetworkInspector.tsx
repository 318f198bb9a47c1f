import { Button } from '@mantine/core';
import { IconPin, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Network } from '../../../shared/model';
import {
  hostNameOf,
  isEnginesOwn,
  isLanDriver,
  membersOf,
  parentNic,
  pinsOf,
  shortId,
  sortNatural,
  vlanOf,
} from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import type { Sections } from '../../context/feature';
import { isLastKnown, saidAs } from '../../context/last-known';
import { Facts, KindIcon, Pairs, Section, StateMark } from '../../components';
import { formatDateTime, parseEngineTime } from '../../format';
import { useLanguage } from '../../i18n';
import { useObstacles } from '../../context/obstacles';
import { findEngine } from '../../store/inventory';
import classes from './EngineInspector.module.css';
import { AddressPlanSection } from './AddressPlanSection';
import { DuplicatesSection } from './Duplicates';
import { Header } from './Header';
import { Link } from './Link';
import { TrafficSection } from './TrafficSection';

function General({ network }: { network: Network }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const flag = (on: boolean) => (on ? common('yes') : undefined);
  const onLink = isLanDriver(network.kind);
  const vlan = vlanOf(network);
  const created = parseEngineTime(network.created);
  return (
    <Section title={t('sections.general')}>
      <Facts
        facts={[
          { label: t('facts.driver'), value: network.driver },
          { label: t('facts.mode'), value: network.mode },
          {
            label: t('facts.parent'),
            value: onLink && !network.configOnly ? network.parent || t('facts.dummyParent') : network.parent,
            mono: Boolean(network.parent),
          },
          {
            label: t('facts.vlan'),
            value: vlan === null ? undefined : `${vlan} (${parentNic(network) ?? ''})`,
          },
          { label: t('facts.site'), value: network.site },
          { label: t('facts.bridge'), value: network.bridge, mono: true },
          { label: t('facts.scope'), value: network.scope },
          { label: t('facts.internal'), value: flag(network.internal) },
          { label: t('facts.attachable'), value: flag(network.attachable) },
          { label: t('facts.ingress'), value: flag(network.ingress) },
          { label: t('facts.ipv6'), value: flag(network.ipv6) },
          { label: t('facts.configOnly'), value: flag(network.configOnly) },
          { label: t('facts.configFrom'), value: network.configFrom },
          { label: t('facts.ipam'), value: network.ipamDriver },
          { label: t('facts.created'), value: created ? formatDateTime(created, language) : undefined },
          { label: t('facts.id'), value: shortId(network.id), mono: true, copy: network.id },
        ]}
      />
    </Section>
  );
}

function Subnets({ network }: { network: Network }) {
  const { t } = useTranslation('inspector');
  if (network.subnets.length === 0) return null;
  return (
    <Section title={t('sections.subnets')}>
      {network.subnets.map((each) => (
        <Facts
          key={each.subnet}
          facts={[
            { label: t('facts.subnet'), value: each.subnet, mono: true, copy: each.subnet },
            { label: t('facts.gateway'), value: each.gateway, mono: true, copy: each.gateway },
            {
              label: t('facts.range'),
              value: each.ipRange ?? t('facts.wholeSubnet'),
              mono: each.ipRange !== undefined,
            },
            {
              label: t('facts.exclusions'),
              value: Object.entries(each.exclusions)
                .map(([name, address]) => `${address} (${name})`)
                .join(', '),
              mono: true,
            },
          ]}
        />
      ))}
    </Section>
  );
}

function Members({ network, engine }: { network: Network; engine: Engine | undefined }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const containers = useInventory((state) => state.snapshot.containers);
  const stale = isLastKnown(engine);
  const members = useMemo(
    () => membersOf(network, { containers }).sort((a, b) => sortNatural(a.container.name, b.container.name)),
    [containers, network],
  );
  return (
    <Section title={t('sections.members')} aside={<span className={classes.count}>{members.length}</span>}>
      <ul className={classes.list}>
        {members.map(({ container, endpoint }) => {
          const pinned = pinsOf(container, endpoint, network, engine).ipv4;
          return (
            <li key={container.id} className={classes.network}>
              <StateMark
                state={container.state}
                label={saidAs(common, common(`states.${container.state}`), stale)}
                stale={stale}
              />
              <Link
                to={{
                  kind: 'attachment',
                  engineId: network.engineId,
                  containerId: container.id,
                  networkId: network.id,
                }}
              >
                {container.name}
              </Link>
              <span className={`tl-mono ${classes.subnet ?? ''}`}>
                {pinned && (
                  <IconPin
                    size={12}
                    stroke={1.7}
                    aria-label={t('address.pinned')}
                    style={{ verticalAlign: -1 }}
                  />
                )}{' '}
                {endpoint.ipv4 || pinned}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

interface Props {
  network: Network;
  /** What features add. */
  sections: readonly Partial<Sections>[];
}

/** Everything about a network, and who holds which of its addresses. */
export function NetworkInspector({ network, sections }: Props) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const { engineId, id } = network;
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const offline = useObstacles().host(engineId);
  const own = useMemo(() => [{ engineId, networkId: id }], [engineId, id]);
  const removable = !isEnginesOwn(network) && !network.ingress;
  const remove = () =>
    stores.ui.setState({
      dialog: { kind: 'change', request: { kind: 'remove-network', engineId, networkId: id } },
    });
  return (
    <>
      <Header
        selection={{ kind: 'network', engineId, id }}
        mark={<KindIcon kind={network.kind} size={18} />}
        name={network.name}
        line={
          <>
            <span>{network.driver}</span>
            <Link to={{ kind: 'engine', engineId }}>{hostNameOf(engine, engineId)}</Link>
          </>
        }
        actions={
          removable && (
            <Changing>
              <Button
                variant="default"
                leftSection={<IconTrash size={14} stroke={1.7} />}
                onClick={remove}
                disabled={offline !== undefined}
                title={offline}
                data-testid="remove-network"
              >
                {t('actions.remove')}
              </Button>
            </Changing>
          )
        }
      />
      <DuplicatesSection networks={own} />
      <Subnets network={network} />
      <Members network={network} engine={engine} />
      {sections.map(({ network: Part }, index) => Part && <Part key={index} network={network} />)}
      <TrafficSection
        selection={{ kind: 'network', engineId, id }}
        name={network.name}
        live={engine?.state === 'online'}
      />
      {!network.configOnly && <AddressPlanSection network={network} />}
      <General network={network} />
      {Object.keys(network.options).length > 0 && (
        <Section title={t('sections.options')}>
          <Pairs pairs={network.options} />
        </Section>
      )}
      {Object.keys(network.labels).length > 0 && (
        <Section title={t('sections.labels')}>
          <Pairs pairs={network.labels} />
        </Section>
      )}
    </>
  );
}
