import type { NodeProps } from '@xyflow/react';
import { IconDots, IconPlug, IconTag } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NicNode, SpareNic } from '../../../graph';
import { NicState } from '../../../components/nics/NicParts';
import { speedText } from '../../../components/nics/nics';
import type { FlowNode } from '../flow-nodes';
import { spareText } from '../spare-text';
import { useWords } from '../words';
import { Card } from './card';
import classes from './nodes.module.css';

function UsedNic({ node }: { node: NicNode }) {
  const words = useWords();
  const Icon = node.vlan === null ? IconPlug : IconTag;
  return (
    <Card
      node={node}
      testId={`nic-${node.engineName}-${node.name}`}
      label={words('aria.nic', { name: node.name, host: node.engineName })}
      hue={node.hue}
      className={node.vlan === null ? classes.nic : classes.vlan}
      offline={node.offline}
    >
      <Icon size={node.vlan === null ? 14 : 12} stroke={1.8} aria-hidden />
      <span className={classes.mono}>{node.name}</span>
    </Card>
  );
}

/** One that no network stands on: quiet, until something is to be put on it. */
function SpareRow({ node, spare }: { node: NicNode; spare: SpareNic }) {
  const words = useWords();
  const { t } = useTranslation('host');
  const about = [t(`nic.${spare.state}`), speedText(spare.speed)].filter(Boolean).join(', ');
  return (
    <Card
      node={node}
      testId={`nic-${node.engineName}-${node.name}`}
      label={words('aria.spare', { name: node.name, host: node.engineName, about })}
      className={classes.spare}
      offline={node.offline}
    >
      <NicState state={spare.state} words={false} />
      <span className={classes.mono}>{node.name}</span>
      <span className={classes.aside}>{spareText(spare)}</span>
    </Card>
  );
}

export const NicCard = memo(function NicCard({ data: { node } }: NodeProps<FlowNode>) {
  if (node.kind !== 'nic') return null;
  return node.spare ? <SpareRow node={node} spare={node.spare} /> : <UsedNic node={node} />;
});

/** The spare interfaces that are not drawn; opens the list of all. */
export const MoreCard = memo(function MoreCard({ data: { node } }: NodeProps<FlowNode>) {
  const words = useWords();
  if (node.kind !== 'more') return null;
  const { count, engineName: host } = node;
  return (
    <Card
      node={node}
      testId={`more-nics-${host}`}
      label={words('aria.moreNics', { count, host })}
      className={classes.spare}
      offline={node.offline}
    >
      <IconDots size={12} stroke={1.8} aria-hidden />
      <span>{words('nic.more', { count })}</span>
    </Card>
  );
});
