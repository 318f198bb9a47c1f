import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { KindIcon } from '../../components';
import { useSentences, useJoinNames } from '../../i18n';
import { useSegmentColour } from '../../context/use-segment-colour';
import type { AttachChoice, NetworkChoice, SegmentChoice } from './attach-choices';
import classes from './AttachDialog.module.css';

export const optionId = (choice: AttachChoice): string =>
  choice.kind === 'network' ? `attach-${choice.network.id}` : `attach-segment-${choice.view.segment.id}`;

interface Props<C extends AttachChoice> {
  choice: C;
  active: boolean;
  onChoose: () => void;
  onActive: () => void;
}

interface RowProps extends Props<AttachChoice> {
  icon: React.ReactNode;
  name: string;
  facts: (string | undefined)[];
  /** In small type below the name. */
  note?: string | undefined;
  testId: string;
}

function Row({ choice, active, onChoose, onActive, icon, name, facts, note, testId }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={row}
      id={optionId(choice)}
      role="option"
      aria-selected={active}
      aria-disabled={choice.problem !== null}
      className={classes.option}
      data-active={active || undefined}
      onClick={onChoose}
      onMouseMove={onActive}
      data-testid={testId}
    >
      {icon}
      <span className={classes.name}>{name}</span>
      <span className={`tl-mono ${classes.facts ?? ''}`}>{facts.filter(Boolean).join(' · ')}</span>
      {note && <span className={classes.note}>{note}</span>}
    </div>
  );
}

/** A network of the container's own host. */
export function NetworkOption(props: Props<NetworkChoice>) {
  const sentences = useSentences();
  const { network, problem } = props.choice;
  return (
    <Row
      {...props}
      icon={<KindIcon kind={network.kind} size={16} />}
      name={network.name}
      facts={[network.driver, network.parent, network.subnets.map((each) => each.subnet).join(', ')]}
      note={problem ? sentences.problem(problem) : undefined}
      testId={`attach-network-${network.name}`}
    />
  );
}

/** A segment that has no network on the container's host yet. */
export function SegmentOption({ host, ...props }: Props<SegmentChoice> & { host: string }) {
  const { t } = useTranslation('change');
  const join = useJoinNames();
  const { t: segments } = useTranslation('segments');
  const sentences = useSentences();
  const { view, hosts, missing, problem } = props.choice;
  const { name, driver, vlan, subnets } = view.segment;
  const colour = useSegmentColour(view);
  const made = missing
    ? t('attach.madeAgain', { host })
    : hosts.length > 0
      ? t('attach.madeFirst', { host, hosts: join(hosts) })
      : t('attach.madeOnly', { host });
  return (
    <Row
      {...props}
      icon={<span className={classes.swatch} style={{ '--segment': colour } as React.CSSProperties} />}
      name={name}
      facts={[
        driver,
        vlan === null ? segments('untagged') : segments('vlan', { vlan }),
        subnets.map((each) => each.subnet).join(', '),
      ]}
      note={problem ? sentences.problem(problem) : made}
      testId={`attach-segment-${name}`}
    />
  );
}
