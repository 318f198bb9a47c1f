import { Handle, Position, type NodeProps } from '@xyflow/react';
import {
  IconAlertTriangleFilled,
  IconLink,
  IconPinFilled,
  IconPlus,
  IconShield,
  IconShieldExclamation,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaseMark, StateMark } from '../../../components';
import type { GuardStatus } from '../../../../shared/model';
import type { ContainerNode, Port } from '../../../graph';
import { Changing } from '../../../context/Changing';
import { needsALook, useGuardOf } from '../../../context/guards';
import { saidAs } from '../../../context/last-known';
import { useJoinNames } from '../../../i18n';
import { newHandle, portSize, type FlowNode } from '../flow-nodes';
import { useWords, type Words } from '../words';
import { Card } from './card';
import classes from './nodes.module.css';

/** Where a container without attachments stands, in words. */
export function placeText({ container, owner, slim }: ContainerNode, words: Words): string {
  switch (container.networkMode.kind) {
    case 'container':
      return words(slim ? 'container.shares' : 'container.orphan', { owner: (owner ?? '').slice(0, 24) });
    case 'host':
      return words('container.host');
    case 'none':
      return words('container.none');
    case 'bridge':
    case 'network':
      return words('container.unattached');
  }
}

/** That others on the LAN have the address, too, and who. */
function Twice({ port }: { port: Port }) {
  const words = useWords();
  const join = useJoinNames();
  if (port.alsoUsedBy.length === 0) return null;
  const text = words('container.twice', { names: join(port.alsoUsedBy) });
  return (
    <span className={classes.twice} title={text} role="img" aria-label={text} data-testid="address-twice">
      <IconAlertTriangleFilled size={12} aria-hidden />
    </span>
  );
}

const guardText = (guard: GuardStatus, words: Words): string =>
  words(needsALook(guard) ? 'container.guardLook' : 'container.guarded');

/** That its addresses are guarded, and whether something is wrong with that; the card's own name says it, too. */
function Guarded({ guard }: { guard: GuardStatus }) {
  const words = useWords();
  const wrong = needsALook(guard);
  const Icon = wrong ? IconShieldExclamation : IconShield;
  return (
    <span
      className={classes.guard}
      data-wrong={wrong || undefined}
      title={guardText(guard, words)}
      data-testid={`guarded-${guard.containerName}`}
    >
      <Icon size={13} stroke={2} aria-hidden />
    </span>
  );
}

function Address({ port }: { port: Port }) {
  const words = useWords();
  return (
    <span className={classes.address} style={{ '--hue': `var(--lan-${port.hue})` } as React.CSSProperties}>
      <i className={classes.swatch} data-style={port.style} />
      <span className={port.address ? classes.mono : classes.dim}>
        {port.address || words('container.noAddress')}
      </span>
      {port.leased && <LeaseMark />}
      {port.pin === 'pinned' && !port.leased && (
        <IconPinFilled size={11} className={classes.pin} aria-label={words('container.pinned')} />
      )}
      <Twice port={port} />
      <span className={classes.via}>{port.networkName}</span>
    </span>
  );
}

function Ports({ node }: { node: ContainerNode }) {
  const words = useWords();
  const { name } = node.container;
  return (
    <>
      {node.ports.map((port) => (
        <Handle
          key={port.networkId || port.networkName}
          id={port.networkId}
          type="source"
          position={Position.Top}
          className={classes.port ?? ''}
          style={
            {
              left: port.offset,
              width: portSize,
              height: portSize,
              '--hue': `var(--lan-${port.hue})`,
            } as React.CSSProperties
          }
          title={words('container.port', { name, network: port.networkName })}
          data-testid={`port-${name}-${port.networkName}`}
        />
      ))}
      <Changing>
        <Handle
          id={newHandle}
          type="source"
          position={Position.Right}
          className={classes.plus ?? ''}
          title={words('container.drag', { name })}
          data-testid={`handle-${name}`}
        >
          <IconPlus size={11} stroke={2.4} />
        </Handle>
      </Changing>
    </>
  );
}

const ariaLabel = (
  node: ContainerNode,
  words: Words,
  said: string,
  guard: GuardStatus | undefined,
): string => {
  const addresses = node.ports.map(({ networkName, address, alsoUsedBy }) =>
    [
      `${networkName} ${address || words('container.noAddress')}`,
      ...(alsoUsedBy.length > 0 ? [words('container.twice', { names: alsoUsedBy.join(', ') })] : []),
    ].join(': '),
  );
  return words('aria.container', {
    name: node.container.name,
    state: said,
    addresses: [
      addresses.join(', ') || placeText(node, words),
      ...(guard ? [guardText(guard, words)] : []),
    ].join(', '),
  });
};

const shown = 2;

function Body({ node, guard }: { node: ContainerNode; guard: GuardStatus | undefined }) {
  const words = useWords();
  const { container, ports } = node;
  return (
    <>
      <div className={classes.title}>
        <StateMark state={container.state} stale={node.offline} />
        <strong>{container.name}</strong>
        {guard && <Guarded guard={guard} />}
        {ports.length > shown && <span className={classes.badge}>+{ports.length - shown}</span>}
        {container.state !== 'running' && (
          <span className={classes.badge}>{words(`state.${container.state}`)}</span>
        )}
      </div>
      {ports.slice(0, shown).map((port) => (
        <Address key={port.networkId || port.networkName} port={port} />
      ))}
      {ports.length === 0 && <span className={classes.dim}>{placeText(node, words)}</span>}
      {ports.length < shown && <span className={classes.image}>{container.image}</span>}
    </>
  );
}

function Slim({ node }: { node: ContainerNode }) {
  return (
    <div className={classes.title}>
      <StateMark state={node.container.state} stale={node.offline} />
      <strong>{node.container.name}</strong>
      {/* It hangs below its owner: a mark says why and leaves the name its room. */}
      <IconLink size={12} className={classes.shared} aria-hidden />
    </div>
  );
}

function Whole({ node }: { node: ContainerNode }) {
  const words = useWords();
  const { t: common } = useTranslation();
  const guard = useGuardOf(node.container);
  const said = saidAs(common, words(`state.${node.container.state}`), node.offline);
  return (
    <div className={classes.wrap} data-stopped={node.container.state === 'exited' || undefined}>
      <Card
        node={node}
        testId={`container-${node.container.name}`}
        label={ariaLabel(node, words, said, guard)}
        className={node.slim ? classes.slim : classes.container}
        offline={node.offline}
      >
        {node.slim ? <Slim node={node} /> : <Body node={node} guard={guard} />}
      </Card>
      {!node.slim && <Ports node={node} />}
    </div>
  );
}

export const ContainerCard = memo(function ContainerCard({ data }: NodeProps<FlowNode>) {
  return data.node.kind === 'container' ? <Whole node={data.node} /> : null;
});
