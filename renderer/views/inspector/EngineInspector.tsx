import { Button } from '@mantine/core';
import { IconPencil, IconPlus, IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../shared/model';
import { isPseudoNetwork, sortNatural } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useEngines, useInventory } from '../../context/context';
import { EngineMark, Facts, HostDot, KindIcon, ProblemNote, Section } from '../../components';
import { formatBytes, formatDateTime, integer } from '../../format';
import { useLanguage } from '../../i18n';
import type { Sections } from '../../context/feature';
import { findEntry } from '../../store/engines';
import { useObstacles } from '../../context/obstacles';
import { EngineActions } from '../../context/engines/EngineActions';
import { CapabilityTable } from './CapabilityTable';
import classes from './EngineInspector.module.css';
import { Header } from './Header';
import { Link } from './Link';
import { TrafficSection } from './TrafficSection';

function EngineFacts({ engine }: { engine: Engine }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <Section title={t('sections.engine')}>
        <Facts
          facts={[
            { label: t('facts.ownName'), value: engine.hostName === engine.name ? '' : engine.hostName },
            { label: t('facts.group'), value: engine.group },
            {
              label: t('facts.site'),
              value: [engine.site, ...Object.entries(engine.lans ?? {}).map((each) => each.join(': '))]
                .filter(Boolean)
                .join(', '),
            },
            { label: t('facts.endpoint'), value: engine.endpoint, mono: true, copy: engine.endpoint },
            { label: t('facts.version'), value: engine.version && `${engine.product} ${engine.version}` },
            { label: t('facts.api'), value: engine.apiVersion },
            { label: t('facts.since'), value: formatDateTime(engine.since, language) },
            { label: t('facts.swarm'), value: t(`swarmRoles.${engine.swarm}`) },
            { label: t('facts.rootless'), value: engine.rootless ? common('yes') : undefined },
            { label: t('facts.desktopVm'), value: engine.desktopVm ? common('yes') : undefined },
          ]}
        />
      </Section>
      <Section title={t('sections.host')}>
        <Facts
          facts={[
            { label: t('facts.os'), value: engine.os },
            { label: t('facts.kernel'), value: engine.kernel, mono: true },
            { label: t('facts.architecture'), value: engine.architecture },
            { label: t('facts.cpus'), value: engine.cpus > 0 ? integer(engine.cpus, language) : undefined },
            {
              label: t('facts.memory'),
              value: engine.memory > 0 ? formatBytes(engine.memory, language) : undefined,
            },
            { label: t('facts.cgroup'), value: engine.cgroupVersion && `v${engine.cgroupVersion}` },
          ]}
        />
      </Section>
    </>
  );
}

function Networks({ engine }: { engine: Engine }) {
  const { t } = useTranslation('inspector');
  const all = useInventory((state) => state.snapshot.networks);
  const networks = all
    .filter((network) => network.engineId === engine.id && !isPseudoNetwork(network))
    .sort((a, b) => sortNatural(a.name, b.name));
  return (
    <Section title={t('sections.networks')} aside={<span className={classes.count}>{networks.length}</span>}>
      <ul className={classes.list}>
        {networks.map((network) => (
          <li key={network.id} className={classes.network}>
            <KindIcon kind={network.kind} />
            <Link to={{ kind: 'network', engineId: engine.id, id: network.id }}>{network.name}</Link>
            <span className={`tl-mono ${classes.subnet ?? ''}`}>{network.subnets[0]?.subnet}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  engine: Engine;
  /** What features add to it. */
  sections: readonly Partial<Sections>[];
}

/** Everything about a host and its engine. */
export function EngineInspector({ engine, sections }: Props) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const { t: host } = useTranslation('host');
  const { t: engines } = useTranslation('engines');
  const { api, stores } = useApp();
  const engineId = engine.id;
  const editable = useEngines((state) => findEntry(state, engineId)?.source === 'settings');
  const online = engine.state === 'online';
  const offline = useObstacles().host(engineId);
  const ask = (command: 'engines.retry' | 'inventory.refresh') => void api.invoke(command, { engineId });
  return (
    <>
      <Header
        selection={{ kind: 'engine', engineId }}
        mark={
          <>
            <EngineMark state={engine.state} label={common(`engineStates.${engine.state}`)} />
            <HostDot colour={engine.colour} />
          </>
        }
        name={engine.name}
        // Since when stands below, with what it means.
        line={<span>{common(`engineStates.${engine.state}`)}</span>}
        actions={
          <>
            <Changing>
              <Button
                variant="light"
                leftSection={<IconPlus size={14} stroke={2} />}
                disabled={!online}
                title={offline}
                onClick={() => stores.ui.setState({ dialog: { kind: 'new-network', engineId } })}
              >
                {t('actions.newNetwork')}
              </Button>
            </Changing>
            <Button
              variant="default"
              leftSection={<IconRefresh size={14} stroke={1.7} />}
              onClick={() => ask(online ? 'inventory.refresh' : 'engines.retry')}
            >
              {online ? t('actions.refresh') : t('actions.retry')}
            </Button>
            <Changing>
              <Button
                variant="default"
                leftSection={<IconShieldCheck size={14} stroke={1.7} />}
                onClick={() => stores.ui.setState({ dialog: { kind: 'isolation' } })}
                data-testid="isolation-open"
              >
                {host('isolation.open')}
              </Button>
            </Changing>
            {editable && (
              <Button
                variant="default"
                leftSection={<IconPencil size={14} stroke={1.7} />}
                onClick={() => stores.ui.setState({ dialog: { kind: 'engine-form', engineId } })}
                data-testid="edit-host"
              >
                {engines('problem.edit')}
              </Button>
            )}
          </>
        }
      />
      {engine.problem && (
        <div className={classes.problem}>
          <ProblemNote problem={engine.problem}>
            <div className={classes.actions}>
              <EngineActions engine={engine} retry={false} />
            </div>
          </ProblemNote>
        </div>
      )}
      <TrafficSection selection={{ kind: 'engine', engineId }} name={engine.name} live={online} />
      {sections.map(({ engine: Part }, index) => Part && <Part key={index} engine={engine} />)}
      <EngineFacts engine={engine} />
      <Section title={t('sections.capabilities')}>
        <CapabilityTable engine={engine} />
      </Section>
      <Networks engine={engine} />
    </>
  );
}
