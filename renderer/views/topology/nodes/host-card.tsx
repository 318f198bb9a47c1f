import type { NodeProps } from '@xyflow/react';
import { IconChevronDown, IconChevronRight, IconServer2 } from '@tabler/icons-react';
import { memo, type CSSProperties } from 'react';
import { useRates } from '../../../context/context';
import { EngineMark } from '../../../components';
import { engineColour } from '../../../theme/engine-colours';
import { EngineActions } from '../../../context/engines/EngineActions';
import type { HostNode } from '../../../graph';
import { useLanguage, useSentences } from '../../../i18n';
import type { Engine } from '../../../../shared/model';
import { rateLabel } from '../canvas/lines';
import type { FlowNode } from '../flow-nodes';
import { useCollapse } from '../use-layout-preferences';
import { useWords, type Words } from '../words';
import { Card } from './card';
import classes from './nodes.module.css';

function HostRate({ engineId }: { engineId: string }) {
  const rates = useRates(engineId);
  return rates ? <span className={classes.rate}>{rateLabel(rates)}</span> : null;
}

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** The time of day, with the date where it was not today. */
export const sinceText = (since: number, now: number, language: string): string => {
  const [at, today] = [new Date(since), new Date(now)];
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const date = { month: 'short', day: 'numeric' } as const;
  return new Intl.DateTimeFormat(language, sameDay(at, today) ? time : { ...date, ...time }).format(at);
};

const stateText = (engine: Engine, words: Words, language: string): string =>
  engine.state === 'offline'
    ? words('host.offlineSince', { time: sinceText(engine.since, Date.now(), language) })
    : words(`host.${engine.state}`);

/** The host's own name, where the admin gave it another. */
const ownName = ({ name, hostName }: Engine): string => (hostName === name ? '' : hostName);

const versionText = ({ product, version }: Engine): string =>
  `${product === 'podman' ? 'Podman' : 'Docker'} ${version}`;

/** Why it can't be reached, and what helps; null for a host that is not offline. */
function useReason({ state, problem }: Engine): { why: string; hint: string } | null {
  const sentences = useSentences();
  if (state !== 'offline' || !problem) return null;
  return { why: sentences.problem(problem), hint: sentences.hint(problem) ?? '' };
}

/** Its card has room for the whole reason: nothing of the host is known, or shown. */
const isEmpty = ({ collapsed, containers, networks }: HostNode): boolean =>
  !collapsed && containers + networks === 0;

function Header({ node }: { node: HostNode }) {
  const words = useWords();
  const language = useLanguage();
  const { engine } = node;
  const reason = useReason(engine);
  return (
    <>
      <IconServer2 size={20} stroke={1.5} aria-hidden className={classes.hostIcon} />
      <div className={classes.hostName}>
        <div className={classes.title}>
          <strong>{engine.name}</strong>
          <EngineMark state={engine.state} />
          <span className={classes.state} data-state={engine.state}>
            {stateText(engine, words, language)}
          </span>
        </div>
        <div className={classes.foot}>
          {ownName(engine) && <span className={classes.ownName}>{ownName(engine)}</span>}
          <span className={classes.mono} title={engine.endpoint}>
            {engine.endpoint}
          </span>
          {reason && !isEmpty(node) && (
            <span className={classes.why} title={`${reason.why} ${reason.hint}`}>
              {reason.why}
            </span>
          )}
        </div>
      </div>
      {engine.version && (
        <>
          <span className={classes.fact}>{versionText(engine)}</span>
          {/* Before its first answer nobody knows. */}
          {!(engine.state === 'connecting' && node.containers === 0) && (
            <span className={classes.fact}>
              {words(node.engine.state === 'online' ? 'host.count' : 'host.countLast', {
                count: node.containers,
                running: node.running,
              })}
            </span>
          )}
        </>
      )}
      <HostRate engineId={engine.id} />
    </>
  );
}

function CollapseButton({ node }: { node: HostNode }) {
  const words = useWords();
  const toggle = useCollapse();
  const Icon = node.collapsed ? IconChevronRight : IconChevronDown;
  const label = words(node.collapsed ? 'host.expand' : 'host.collapse', { name: node.engine.name });
  return (
    <button
      type="button"
      className={`${classes.collapse ?? ''} nodrag nopan`}
      aria-label={label}
      aria-expanded={!node.collapsed}
      title={label}
      data-testid={`collapse-${node.engine.name}`}
      onClick={(event) => {
        event.stopPropagation();
        toggle(node.engineId);
      }}
    >
      <Icon size={16} stroke={1.8} aria-hidden />
    </button>
  );
}

/** What helps with a host that can't be reached, at the host itself. */
function OfflineActions({ engine }: { engine: Engine }) {
  if (engine.state !== 'offline') return null;
  return (
    // A click on a button is none on the card.
    <div
      className={`${classes.offlineActions ?? ''} nodrag nopan`}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <EngineActions engine={engine} />
    </div>
  );
}

const emptyKeys: Record<Engine['state'], string> = {
  online: 'host.empty',
  connecting: 'host.waiting',
  offline: 'host.never',
};

/** What stands in a host's card when there is nothing else. */
function EmptyBody({ node }: { node: HostNode }) {
  const words = useWords();
  const reason = useReason(node.engine);
  if (!isEmpty(node)) return null;
  const { state } = node.engine;
  return (
    <div className={classes.emptyBody} data-state={state} style={{ left: node.ports }}>
      {state === 'connecting' && [0, 1, 2].map((each) => <i key={each} />)}
      {reason ? (
        <span data-testid={`reason-${node.engine.name}`}>
          <span className={classes.why}>{reason.why}</span> {reason.hint}
        </span>
      ) : (
        <span>{words(emptyKeys[state])}</span>
      )}
    </div>
  );
}

/** The canvas draws the stripe; a selected card's own ground would cover it. */
const stripeStyle = (colour: Engine['colour']): CSSProperties =>
  colour ? ({ '--stripe': engineColour(colour) } as CSSProperties) : {};

function Whole({ node }: { node: HostNode }) {
  const words = useWords();
  const language = useLanguage();
  const reason = useReason(node.engine);
  const { group = '', state, colour } = node.engine;
  const offline = state === 'offline';
  const label = words(group ? 'aria.hostInGroup' : 'aria.host', {
    name: node.engine.name,
    group,
    state: stateText(node.engine, words, language),
    count: node.containers,
  });
  return (
    <div className={classes.wrap} style={stripeStyle(colour)}>
      <Card
        node={node}
        testId={`host-${node.engine.name}`}
        label={label}
        description={reason ? `${reason.why} ${reason.hint}` : undefined}
        className={`${classes.host ?? ''} ${offline ? (classes.hostOffline ?? '') : ''}`}
      >
        <Header node={node} />
      </Card>
      <OfflineActions engine={node.engine} />
      <CollapseButton node={node} />
      <EmptyBody node={node} />
    </div>
  );
}

export const HostCard = memo(function HostCard({ data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (node.kind !== 'host') return null;
  return <Whole node={node} />;
});
