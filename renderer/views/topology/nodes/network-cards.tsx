import type { NodeProps } from '@xyflow/react';
import { IconBan, IconDeviceDesktop, IconFileSettings, IconGhost2, IconUnlink } from '@tabler/icons-react';
import { memo } from 'react';
import { useRates } from '../../../context/context';
import { KindIcon } from '../../../components';
import type { Lan, NetworkNode, SpecialLane } from '../../../graph';
import { networkKey } from '../../../store/traffic';
import { rateLabel } from '../canvas/lines';
import type { FlowNode } from '../flow-nodes';
import { useWords, type Words } from '../words';
import { Card } from './card';
import classes from './nodes.module.css';

/** Live and of this network alone: a tick renders these few letters and not the card. */
function NetworkRate({ engineId, networkId }: { engineId: string; networkId: string }) {
  const rates = useRates(networkKey(engineId, networkId));
  if (!rates || rates.rxBits + rates.txBits === 0) return null;
  return <span className={classes.rate}>{rateLabel(rates)}</span>;
}

const driverText = ({ network }: NetworkNode, words: Words): string => {
  if (!network) return words('network.gone');
  if (network.configOnly) return words('network.configOnly');
  const mode = network.mode && network.mode !== 'bridge' ? ` ${network.mode}` : '';
  return `${network.driver}${mode}`;
};

function NetworkIcon({ node }: { node: NetworkNode }) {
  if (!node.network) return <IconGhost2 size={15} stroke={1.6} aria-hidden />;
  if (node.network.configOnly) return <IconFileSettings size={15} stroke={1.6} aria-hidden />;
  return <KindIcon kind={node.network.kind} size={15} />;
}

const marksOf = ({ network, vlan }: NetworkNode, words: Words): string[] => [
  ...(vlan === null ? [] : [words('network.vlan', { vlan })]),
  ...(network?.internal ? [words('network.internal')] : []),
  ...(network?.ingress ? [words('network.ingress')] : []),
];

export const NetworkCard = memo(function NetworkCard({ data }: NodeProps<FlowNode>) {
  const words = useWords();
  const { node } = data;
  if (node.kind !== 'network') return null;
  const driver = driverText(node, words);
  const subnet = node.subnets.join(', ') || words('network.noSubnet');
  const label = words('aria.network', {
    name: node.name,
    host: node.engineName,
    driver,
    subnet,
    count: node.members,
  });
  return (
    <Card
      node={node}
      testId={`network-${node.engineName}-${node.name}`}
      label={label}
      hue={node.hue}
      className={node.network ? classes.network : `${classes.network ?? ''} ${classes.ghost ?? ''}`}
      offline={node.offline}
    >
      <i className={classes.bar} data-style={node.style} />
      <div className={classes.title}>
        <NetworkIcon node={node} />
        <strong>{node.name}</strong>
        {marksOf(node, words).map((mark) => (
          <span key={mark} className={classes.badge}>
            {mark}
          </span>
        ))}
        <span className={classes.via}>{driver}</span>
      </div>
      <span className={node.subnets.length > 0 ? classes.mono : classes.dim}>{subnet}</span>
      <div className={classes.foot}>
        <span>{words('network.members', { count: node.members })}</span>
        {node.network && <NetworkRate engineId={node.engineId} networkId={node.network.id} />}
      </div>
    </Card>
  );
});

const laneIcons: Record<SpecialLane, typeof IconBan> = {
  host: IconDeviceDesktop,
  isolated: IconBan,
  orphan: IconUnlink,
};

export const LaneCard = memo(function LaneCard({ data }: NodeProps<FlowNode>) {
  const words = useWords();
  const { node } = data;
  if (node.kind !== 'lane') return null;
  const Icon = laneIcons[node.lane];
  const name = words(`lane.${node.lane}`);
  return (
    <Card
      node={node}
      testId={`lane-${node.lane}`}
      label={words('aria.lane', { name, count: node.members })}
      className={classes.lane}
      offline={node.offline}
    >
      <Icon size={15} stroke={1.6} aria-hidden />
      <strong>{name}</strong>
    </Card>
  );
});

const lanLabelOf = ({ segment, subnet, site }: Lan): string =>
  [segment?.name, subnet, site].filter((each) => each !== undefined).join(', ');

export const LanCard = memo(function LanCard({ data }: NodeProps<FlowNode>) {
  const words = useWords();
  const { node } = data;
  if (node.kind !== 'lan') return null;
  const { lan } = node;
  const hosts = words('lan.hosts', { count: lan.engineIds.length });
  return (
    <Card
      node={node}
      testId={`lan-${lan.subnet}`}
      label={words('aria.lan', { subnet: lanLabelOf(lan), count: lan.engineIds.length })}
      hue={lan.hue}
      className={classes.lan}
    >
      {lan.segment ? (
        <strong className={classes.segment} data-testid={`band-${lan.segment.name}`}>
          {lan.segment.name}
        </strong>
      ) : (
        <b>{words('lan.label')}</b>
      )}
      <span className={classes.mono}>{lan.subnet}</span>
      {lan.vlan !== null && (
        <span className={classes.badge}>{words('network.vlan', { vlan: lan.vlan })}</span>
      )}
      {lan.site !== undefined && (
        <span className={`${classes.badge ?? ''} ${classes.site ?? ''}`} title={lan.site}>
          {lan.site}
        </span>
      )}
      {!lan.segment && <span className={classes.via}>{hosts}</span>}
    </Card>
  );
});

/** The canvas draws the line; this takes the pointer and shows whether a card can be dropped. */
export const SpineCard = memo(function SpineCard({ data }: NodeProps<FlowNode>) {
  const words = useWords();
  const { node } = data;
  if (node.kind !== 'spine') return null;
  return (
    <Card
      node={node}
      testId={`spine-${node.lan.subnet}`}
      label={words('aria.lan', { subnet: lanLabelOf(node.lan), count: node.lan.engineIds.length })}
      hue={node.lan.hue}
      className={classes.spine}
    >
      {null}
    </Card>
  );
});
