import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container, Endpoint } from '../../../shared/model';
import { attentionOf, hostName, shortId, type Attention, type ParentTrouble } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import { isLastKnown, saidAs } from '../../context/last-known';
import { Ago, EngineMark, Section, StateMark } from '../../components';
import { useJoinNames, useSentences } from '../../i18n';
import { lookOf } from '../../store/host';
import { findEngine } from '../../store/inventory';
import { useObstacles } from '../../context/obstacles';
import { lookInto, useHost } from '../../context/host/use-host';
import { useConflicts } from '../../context/conflicts';
import { useLooks } from '../../context/host/use-looks';
import { ClaimsRow } from './Duplicates';
import { ContainerLink, Link } from './Link';
import classes from './Overview.module.css';

/** So many findings leave the hosts below them in view. */
const foundAtFirst = 8;

/** Where a container is, what is wrong with it, and by which button that is mended, if by any. */
function ContainerRow(props: { container: Container; what: string; children?: ReactNode }) {
  const { container, what, children } = props;
  const { t } = useTranslation();
  const engine = useInventory((state) => findEngine(state.snapshot, container.engineId));
  const stale = isLastKnown(engine);
  return (
    <li className={classes.item}>
      {container.state === 'restarting' ? (
        <StateMark state={container.state} stale={stale} />
      ) : (
        <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
      )}
      <span>
        <ContainerLink container={container} /> <span className={classes.where}>{engine?.name}</span>{' '}
        <span className={classes.what}>{saidAs(t, what, stale)}</span> {children}
      </span>
    </li>
  );
}

interface RemedyProps {
  /** Why it can't be done now. */
  obstacle: string | undefined;
  onClick: () => void;
  testId: string;
  children: ReactNode;
}

/** The way to the change that mends it; none in a read-only console. */
function Remedy({ obstacle, onClick, testId, children }: RemedyProps) {
  return (
    <Changing>
      <Anchor
        component="button"
        type="button"
        size="xs"
        disabled={obstacle !== undefined}
        title={obstacle}
        onClick={onClick}
        data-testid={testId}
      >
        {children}
      </Anchor>
    </Changing>
  );
}

const isId = /^[0-9a-f]{64}$/;

/** An entry that is no attachment, to be taken off its container. */
function EntryRow({ kind, container, endpoint }: Extract<Attention, { endpoint: Endpoint }>) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const { engineId, id: containerId } = container;
  const { networkId, networkName } = endpoint;
  // An engine knows one that it was asked for by its id by nothing else.
  const network = isId.test(networkName) ? shortId(networkName) : networkName;
  const offline = useObstacles().host(engineId);
  const clear = () =>
    stores.ui.setState({
      dialog: {
        kind: 'change',
        request: { kind: 'detach', engineId, containerId, networkId: networkId || networkName },
      },
    });
  return (
    <ContainerRow container={container} what={t(`overview.${kind}`, { network })}>
      <Remedy obstacle={offline} onClick={clear} testId={`clear-${kind}`}>
        {t(kind === 'leftover' ? 'overview.clear' : 'overview.detach')}
      </Remedy>
    </ContainerRow>
  );
}

/** One that can't start again for want of the network that it was made with; by its id, no other will do. */
function ModeRow({ container, mode }: Extract<Attention, { kind: 'modeGone' }>) {
  const { t } = useTranslation('inspector');
  const byId = isId.test(mode);
  const what = byId
    ? t('overview.modeGoneById', { network: shortId(mode) })
    : t('overview.modeGone', { network: mode });
  return <ContainerRow container={container} what={what} />;
}

/** A network whose interface is gone or lets nothing through. That is mended at the host, and seen by another look. */
function ParentRow({ item }: { item: ParentTrouble }) {
  const { t } = useTranslation('inspector');
  const app = useApp();
  const sentences = useSentences();
  const { engineId, id, name } = item.network;
  const host = useInventory((state) => findEngine(state.snapshot, engineId)?.name);
  const { looking } = useHost((state) => lookOf(state, engineId));
  return (
    <li className={classes.item}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
      <span>
        <Link to={{ kind: 'network', engineId, id }}>{name}</Link>{' '}
        <span className={classes.where}>{host}</span>{' '}
        <span className={classes.what}>
          {item.kind === 'parentGone'
            ? t('overview.parentGone', { parent: item.parent })
            : sentences.notice(item.notice)}
        </span>{' '}
        <span className={classes.where}>
          {t('overview.seen')} <Ago at={item.at} />
        </span>{' '}
        <Anchor
          component="button"
          type="button"
          size="xs"
          disabled={looking}
          onClick={() => void lookInto(app, engineId, true)}
          data-testid={`look-again-${name}`}
        >
          {t('overview.lookAgain')}
        </Anchor>
      </span>
    </li>
  );
}

function OfflineRow({ engineId }: { engineId: string }) {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  return (
    <li className={classes.item}>
      <EngineMark state="offline" />
      <span>
        <Link to={{ kind: 'engine', engineId }}>{findEngine(snapshot, engineId)?.name}</Link>{' '}
        <span className={classes.what}>{t('overview.offline')}</span>
      </span>
    </li>
  );
}

/** A duplicate by what a host told last that does not answer now. */
function TwiceLastRow({ address, claims, silent }: Extract<Attention, { kind: 'twiceLast' }>) {
  const { t } = useTranslation('inspector');
  const engines = useInventory((state) => state.snapshot.engines);
  const hosts = silent.map((id) => hostName(id, engines)).join(', ');
  return (
    <ClaimsRow what={t('overview.twiceLast', { hosts })} claims={claims}>
      {address}
    </ClaimsRow>
  );
}

/** An address for which another device answers, and the way to another one. */
function IntruderRow({ container, network, address, macs }: Extract<Attention, { kind: 'intruder' }>) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const join = useJoinNames();
  const { engineId, id: containerId } = container;
  const obstacle = useObstacles().address(engineId, network.id);
  const change = () =>
    stores.ui.setState({
      dialog: {
        kind: 'change',
        request: { kind: 'readdress', engineId, containerId, networkId: network.id },
      },
    });
  return (
    <ContainerRow container={container} what={t('overview.intruder', { address, macs: join(macs) })}>
      <Remedy obstacle={obstacle} onClick={change} testId="change-intruded">
        {t('overview.changeAddress')}
      </Remedy>
    </ContainerRow>
  );
}

function AttentionRow({ item }: { item: Attention }) {
  const { t } = useTranslation('inspector');
  switch (item.kind) {
    case 'offline':
      return <OfflineRow engineId={item.engineId} />;
    case 'twice':
    case 'sameMac':
      return (
        <ClaimsRow what={t(`overview.${item.kind}`)} claims={item.claims}>
          {item.kind === 'twice' ? item.address : item.mac}
        </ClaimsRow>
      );
    case 'intruder':
      return <IntruderRow {...item} />;
    case 'twiceLast':
      return <TwiceLastRow {...item} />;
    case 'parentGone':
    case 'parentUnfit':
      return <ParentRow item={item} />;
    case 'leftover':
    case 'networkGone':
      return <EntryRow {...item} />;
    case 'modeGone':
      return <ModeRow {...item} />;
    case 'restarting':
      return <ContainerRow container={item.container} what={t('overview.restarting')} />;
    default: {
      const { container, owner } = item;
      const what = t(`overview.${item.kind}`, { owner, container: container.name });
      return <ContainerRow container={container} what={what} />;
    }
  }
}

/** What an admin should look at, worst first, each with its remedy; nothing while all is well. */
export function NeedsALook() {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  const [all, setAll] = useState(false);
  const seen = useLooks();
  const conflicts = useConflicts();
  const items = useMemo(() => attentionOf(snapshot, seen, conflicts), [snapshot, seen, conflicts]);
  if (items.length === 0) return null;
  return (
    <Section title={t('overview.attention')} aside={<span className={classes.count}>{items.length}</span>}>
      <ul className={classes.list} data-testid="attention">
        {items.slice(0, all ? undefined : foundAtFirst).map((item, index) => (
          <AttentionRow key={index} item={item} />
        ))}
      </ul>
      {!all && items.length > foundAtFirst && (
        <Anchor component="button" type="button" size="xs" onClick={() => setAll(true)}>
          {t('overview.more', { count: items.length - foundAtFirst })}
        </Anchor>
      )}
    </Section>
  );
}
