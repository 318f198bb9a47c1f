import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container, Snapshot } from '../../../shared/model';
import { hostNameOf, isLive, networkOf, resolveOwner, shortId } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import type { Sections } from '../../context/feature';
import { useLastKnown, useStateWords } from '../../context/last-known';
import { Facts, Pairs, Section, Since, SlowLoader, StateMark } from '../../components';
import { formatDateTime, parseEngineTime } from '../../format';
import { useLanguage } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { useObstacles } from '../../context/obstacles';
import { AttachmentCard } from './AttachmentCard';
import { LimitFacts, NamespaceFacts } from './DetailFacts';
import { Header } from './Header';
import { Link } from './Link';
import { TrafficSection } from './TrafficSection';

const selectionOf = (container: Container) =>
  ({ kind: 'container', engineId: container.engineId, id: container.id }) as const;

/** Whose network namespace it uses, and who uses its own. */
function Sharing({ container, snapshot }: { container: Container; snapshot: Snapshot }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const shares = container.networkMode.kind === 'container';
  const owner = shares ? resolveOwner(container, snapshot.containers) : null;
  const sharers = useMemo(
    () =>
      snapshot.containers.filter(
        (each) =>
          each.networkMode.kind === 'container' &&
          each.engineId === container.engineId &&
          resolveOwner(each, snapshot.containers)?.id === container.id,
      ),
    [container, snapshot],
  );
  return (
    <Facts
      facts={[
        {
          label: t('facts.owner'),
          value:
            shares && (owner ? <Link to={selectionOf(owner)}>{owner.name}</Link> : common('modes.orphan')),
        },
        {
          label: t('facts.sharers'),
          value: sharers.length > 0 && (
            <Group gap="xs">
              {sharers.map((each) => (
                <Link key={each.id} to={selectionOf(each)}>
                  {each.name}
                </Link>
              ))}
            </Group>
          ),
        },
      ].map((fact) => (fact.value === false ? { ...fact, value: undefined } : fact))}
    />
  );
}

function General({ container }: { container: Container }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const { detail } = container;
  const stale = useLastKnown(container.engineId);
  const started = detail && parseEngineTime(detail.startedAt);
  return (
    <Section title={t('sections.general')}>
      <Facts
        facts={[
          { label: t('facts.image'), value: container.image, mono: true, copy: container.image },
          { label: t('facts.id'), value: shortId(container.id), mono: true, copy: container.id },
          { label: t('facts.status'), value: <Since container={container} stale={stale} /> },
          { label: t('facts.created'), value: formatDateTime(container.created, language) },
          { label: t('facts.started'), value: started ? formatDateTime(started, language) : undefined },
          { label: t('facts.restartPolicy'), value: detail?.restartPolicy },
          { label: t('facts.hostname'), value: detail?.hostname, mono: true },
          { label: t('facts.pid'), value: detail && detail.pid > 0 ? String(detail.pid) : undefined },
          { label: t('facts.privileged'), value: detail?.privileged ? common('yes') : undefined },
          { label: t('facts.capAdd'), value: detail?.capAdd.join(', '), mono: true },
          {
            label: t('facts.configuredMac'),
            value: detail?.configuredMac,
            mono: true,
            copy: detail?.configuredMac,
          },
        ]}
      />
      {!detail && <SlowLoader label={t('notInspected')} />}
    </Section>
  );
}

function Attachments({ container, snapshot }: { container: Container; snapshot: Snapshot }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const networks = useMemo(
    () => snapshot.networks.filter((network) => network.engineId === container.engineId),
    [snapshot.networks, container.engineId],
  );
  const { kind } = container.networkMode;
  return (
    <Section title={t('sections.attachments')}>
      {container.endpoints.map((endpoint) => (
        <AttachmentCard
          key={endpoint.networkId || endpoint.networkName}
          container={container}
          endpoint={endpoint}
          network={networkOf(endpoint, networks)}
        />
      ))}
      {container.endpoints.length === 0 && kind !== 'container' && (
        <Text c="dimmed">
          {kind === 'host' || kind === 'none' ? common(`modes.${kind}`) : common('none')}
        </Text>
      )}
      <Sharing container={container} snapshot={snapshot} />
    </Section>
  );
}

interface Props {
  container: Container;
  /** What features add to it. */
  sections: readonly Partial<Sections>[];
}

/** Everything about a container. */
export function ContainerInspector({ container, sections }: Props) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const { engineId, id, detail } = container;
  const engine = findEngine(snapshot, engineId);
  const offline = useObstacles().host(engineId);
  const [stale, state] = [useLastKnown(engineId), useStateWords(container)];
  return (
    <>
      <Header
        selection={selectionOf(container)}
        mark={<StateMark state={container.state} label={state} stale={stale} />}
        name={container.name}
        line={
          <>
            <span>{state}</span>
            <Link to={{ kind: 'engine', engineId }}>{hostNameOf(engine, engineId)}</Link>
          </>
        }
        actions={
          <Changing>
            <Button
              leftSection={<IconPlugConnected size={15} stroke={1.7} />}
              disabled={offline !== undefined}
              title={offline}
              variant="light"
              onClick={() => stores.ui.setState({ dialog: { kind: 'attach', engineId, containerId: id } })}
              data-testid="attach"
            >
              {t('actions.attach')}
            </Button>
          </Changing>
        }
      />
      <Attachments container={container} snapshot={snapshot} />
      {sections.map(({ container: Part }, index) => Part && <Part key={index} container={container} />)}
      <TrafficSection selection={selectionOf(container)} name={container.name} live={isLive(container)} />
      <General container={container} />
      {detail && (
        <>
          <Section title={t('sections.namespaces')}>
            <NamespaceFacts namespaces={detail.namespaces} container={container} />
          </Section>
          <Section title={t('sections.limits')}>
            <LimitFacts limits={detail.limits} />
          </Section>
        </>
      )}
      {container.ports.length > 0 && (
        <Section title={t('sections.ports')}>
          <Group gap="xs">
            {container.ports.map((port) => (
              <Badge key={port} className="tl-mono" tt="none">
                {port}
              </Badge>
            ))}
          </Group>
        </Section>
      )}
      {Object.keys(container.labels).length > 0 && (
        <Section title={t('sections.labels')}>
          <Pairs pairs={container.labels} />
        </Section>
      )}
    </>
  );
}
