import { Portal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRates } from '../../../context/context';
import { lanTitle, type ContainerNode, type GraphNode, type SpareNic, type Wire } from '../../../graph';
import { Since } from '../../../components';
import { formatBits } from '../../../format';
import { useLanguage } from '../../../i18n';
import { attachmentKey } from '../../../store/traffic';
import { speedText } from '../../../components/nics/nics';
import { placeText } from '../nodes/container-card';
import { useScene, type Hover } from '../scene';
import { useWords } from '../words';
import classes from '../topology.module.css';

/** Milliseconds of rest before details appear. */
const rest = 450;

function Rate({ engineId, containerId, networkId }: Pick<Wire, 'engineId' | 'containerId' | 'networkId'>) {
  const language = useLanguage();
  const rates = useRates(attachmentKey(engineId, containerId, networkId));
  if (!rates) return null;
  return (
    <span className={classes.tipRate}>
      ↓ {formatBits(rates.rxBits, language)} ↑ {formatBits(rates.txBits, language)}
    </span>
  );
}

function ContainerTip({ node }: { node: ContainerNode }) {
  const words = useWords();
  const { container, ports } = node;
  return (
    <>
      <b>{container.name}</b>
      <span>
        <Since container={container} stale={node.offline} />
      </span>
      <span className={classes.tipDim}>{container.image}</span>
      {ports.length === 0 && <span>{placeText(node, words)}</span>}
      {ports.map((port) => (
        <div key={port.networkId || port.networkName} className={classes.tipRow}>
          <span>{port.networkName}</span>
          <code>{port.address || words('container.noAddress')}</code>
          <span className={classes.tipDim}>{words(`container.${port.pin}`)}</span>
          <Rate engineId={node.engineId} containerId={container.id} networkId={port.networkId} />
        </div>
      ))}
    </>
  );
}

function SpareTip({ spare }: { spare: SpareNic }) {
  const words = useWords();
  const { t } = useTranslation('host');
  const about = [t(`nic.kinds.${spare.kind}`), t(`nic.${spare.state}`), speedText(spare.speed)];
  return (
    <>
      <b>{spare.name}</b>
      <span>{about.filter(Boolean).join(', ')}</span>
      {spare.addresses.map((address) => (
        <code key={address}>{address}</code>
      ))}
      <span className={classes.tipNote}>{words('nic.spare')}</span>
    </>
  );
}

function NodeTip({ node }: { node: GraphNode }) {
  const words = useWords();
  switch (node.kind) {
    case 'container':
      return <ContainerTip node={node} />;
    case 'network':
      return (
        <>
          <b>{node.name}</b>
          <span>
            {node.network ? `${node.network.driver} ${node.network.mode ?? ''}` : words('network.gone')}
          </span>
          {node.network?.parent && <span className={classes.tipDim}>{node.network.parent}</span>}
          {node.network?.subnets.map((subnet) => (
            <code key={subnet.subnet}>
              {subnet.subnet} {subnet.gateway ? `→ ${subnet.gateway}` : ''}
            </code>
          ))}
          <span>{words('network.members', { count: node.members })}</span>
        </>
      );
    case 'lane':
      return <span>{words(`lane.${node.lane}Hint`)}</span>;
    case 'nic':
      return node.spare && <SpareTip spare={node.spare} />;
    case 'lan':
    case 'spine':
      return (
        <>
          <b>{lanTitle(node.lan)}</b>
          {node.lan.segment && <code>{node.lan.subnet}</code>}
          <span>{words('lan.hosts', { count: node.lan.engineIds.length })}</span>
        </>
      );
    case 'host':
    case 'more':
      return null;
  }
}

function WireTip({ wire }: { wire: Wire }) {
  return (
    <>
      <b>
        {wire.containerName} · {wire.networkName}
      </b>
      <Rate engineId={wire.engineId} containerId={wire.containerId} networkId={wire.networkId} />
    </>
  );
}

const hasTip = (node: GraphNode): boolean =>
  node.kind === 'container' ||
  node.kind === 'network' ||
  node.kind === 'lane' ||
  node.kind === 'lan' ||
  node.kind === 'spine' ||
  (node.kind === 'nic' && node.spare !== null);

function Tip({ hover }: { hover: Hover }) {
  const node = useScene(({ graph }) => (hover.kind === 'node' ? graph.byId.get(hover.id) : undefined));
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), rest);
    return () => clearTimeout(timer);
  }, []);
  if (!open || (hover.kind === 'node' && !(node && hasTip(node)))) return null;
  const left = Math.min(hover.at.x + 14, window.innerWidth - 450);
  const top = Math.min(hover.at.y + 18, window.innerHeight - 160);
  return (
    <Portal>
      <div className={classes.tip} style={{ left, top }} role="tooltip">
        {hover.kind === 'wire' ? <WireTip wire={hover.wire} /> : node && <NodeTip node={node} />}
      </div>
    </Portal>
  );
}

/** Details of what the pointer rests on. */
export function Tooltip() {
  const hover = useScene((state) => state.hover);
  const busy = useScene((state) => state.drag !== null || state.menu !== null);
  if (!hover || busy) return null;
  return <Tip key={hover.kind === 'wire' ? hover.wire.id : hover.id} hover={hover} />;
}
