import { Button } from '@mantine/core';
import { IconArrowsExchange, IconPencil, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Container, Endpoint, EngineRequest, Network } from '../../../shared/model';
import { hostNameOf, isLive, isPseudoNetwork } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import { useLastKnown, useStateWords } from '../../context/last-known';
import { Section, StateMark } from '../../components';
import { findEngine } from '../../store/inventory';
import { useObstacles } from '../../context/obstacles';
import { AttachmentCard } from './AttachmentCard';
import { Header } from './Header';
import { Link } from './Link';
import { TrafficSection } from './TrafficSection';

interface Props {
  container: Container;
  endpoint: Endpoint;
  network: Network;
}

/** One container on one network. */
export function AttachmentInspector({ container, endpoint, network }: Props) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const { engineId, id: containerId } = container;
  const [stale, state] = [useLastKnown(engineId), useStateWords(container)];
  const selection = { kind: 'attachment', engineId, containerId, networkId: network.id } as const;
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const change = (request: EngineRequest) => stores.ui.setState({ dialog: { kind: 'change', request } });
  const about = { engineId, containerId, networkId: network.id };
  const obstacles = useObstacles();
  const [offline, fixed] = [obstacles.host(engineId), obstacles.address(engineId, network.id)];
  return (
    <>
      <Header
        selection={selection}
        mark={<StateMark state={container.state} label={state} stale={stale} />}
        name={`${container.name} – ${network.name}`}
        line={
          <>
            <Link to={{ kind: 'container', engineId, id: containerId }}>{container.name}</Link>
            <Link to={{ kind: 'network', engineId, id: network.id }}>{network.name}</Link>
            <Link to={{ kind: 'engine', engineId }}>{hostNameOf(engine, engineId)}</Link>
          </>
        }
        actions={
          !isPseudoNetwork(network) && (
            <Changing>
              <Button
                variant="light"
                disabled={fixed !== undefined}
                title={fixed}
                data-testid="readdress"
                leftSection={<IconPencil size={14} stroke={1.7} />}
                onClick={() => change({ kind: 'readdress', ...about })}
              >
                {t('actions.readdress')}
              </Button>
              <Button
                variant="default"
                disabled={offline !== undefined}
                title={offline}
                data-testid="move"
                leftSection={<IconArrowsExchange size={14} stroke={1.7} />}
                onClick={() =>
                  stores.ui.setState({ dialog: { kind: 'attach', engineId, containerId, from: network.id } })
                }
              >
                {t('actions.move')}
              </Button>
              <Button
                variant="default"
                disabled={offline !== undefined}
                title={offline}
                data-testid="detach"
                leftSection={<IconPlugConnectedX size={14} stroke={1.7} />}
                onClick={() => change({ kind: 'detach', ...about })}
              >
                {t('actions.detach')}
              </Button>
            </Changing>
          )
        }
      />
      <Section title={t('sections.addresses')}>
        <AttachmentCard container={container} endpoint={endpoint} network={network} />
      </Section>
      <TrafficSection
        selection={selection}
        name={`${container.name}, ${network.name}`}
        live={isLive(container)}
      />
    </>
  );
}
