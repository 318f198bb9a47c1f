import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container, Endpoint, Engine } from '../../../shared/model';
import { attentionOf, containerKey, type AddressClaim, type Attention } from '../../../shared/rules';
import { Changing } from '../../app/Changing';
import { useApp, useInventory } from '../../app/context';
import { useTick } from '../../app/use-tick';
import { EngineMark, HostDot, Section, StateMark } from '../../components';
import { formatBits } from '../../format';
import { useLanguage } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { Link } from './Link';
import classes from './Overview.module.css';
import { useBusiest } from './use-busiest';

const busiest = 8;
/** So many findings leave the hosts below them in view. */
const foundAtFirst = 8;

/** What is received and sent now, in two columns of a row. */
function RatesOf({ id }: { id: string }) {
  const language = useLanguage();
  const { traffic } = useApp().stores;
  useTick();
  const rates = traffic.get(id);
  return (
    <>
      <span className={`tl-num ${classes.rate ?? ''}`} data-way="rx">
        {formatBits(rates?.rxBits, language)}
      </span>
      <span className={`tl-num ${classes.rate ?? ''}`} data-way="tx">
        {formatBits(rates?.txBits, language)}
      </span>
    </>
  );
}

function ContainerLink({ container: { engineId, id, name } }: { container: Container }) {
  return <Link to={{ kind: 'container', engineId, id }}>{name}</Link>;
}

/** Where a container is, what is wrong with it, and by which button that is mended, if by any. */
function ContainerRow(props: { container: Container; what: string; children?: ReactNode }) {
  const { container, what, children } = props;
  const snapshot = useInventory((state) => state.snapshot);
  return (
    <li className={classes.item}>
      {container.state === 'restarting' ? (
        <StateMark state={container.state} />
      ) : (
        <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
      )}
      <span>
        <ContainerLink container={container} />{' '}
        <span className={classes.where}>{findEngine(snapshot, container.engineId)?.name}</span>{' '}
        <span className={classes.what}>{what}</span> {children}
      </span>
    </li>
  );
}

/** An entry that is no attachment, to be taken off its container. */
function EntryRow({ kind, container, endpoint }: Extract<Attention, { endpoint: Endpoint }>) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const { engineId, id: containerId } = container;
  const { networkId, networkName: network } = endpoint;
  const clear = () =>
    stores.ui.setState({
      dialog: {
        kind: 'change',
        request: { kind: 'detach', engineId, containerId, networkId: networkId || network },
      },
    });
  return (
    <ContainerRow container={container} what={t(`overview.${kind}`, { network })}>
      <Changing>
        <Anchor component="button" type="button" size="xs" onClick={clear} data-testid={`clear-${kind}`}>
          {t(kind === 'leftover' ? 'overview.clear' : 'overview.detach')}
        </Anchor>
      </Changing>
    </ContainerRow>
  );
}

/** One thing that several containers have. */
function ClaimsRow({
  what,
  claims,
  children,
}: {
  what: string;
  claims: AddressClaim[];
  children: ReactNode;
}) {
  const snapshot = useInventory((state) => state.snapshot);
  return (
    <li className={classes.item}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
      <span>
        <span className="tl-mono">{children}</span> <span className={classes.what}>{what}</span>
        <span className={classes.claims}>
          {claims.map(({ container, network }) => (
            <span key={`${containerKey(container.engineId, container.id)} ${network.id}`}>
              <ContainerLink container={container} />{' '}
              <span className={classes.where}>{findEngine(snapshot, container.engineId)?.name}</span>
            </span>
          ))}
        </span>
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
    case 'leftover':
    case 'networkGone':
      return <EntryRow {...item} />;
    case 'restarting':
      return <ContainerRow container={item.container} what={t('overview.restarting')} />;
    default: {
      const { container, owner } = item;
      const what = t(`overview.${item.kind}`, { owner, container: container.name });
      return <ContainerRow container={container} what={what} />;
    }
  }
}

function NeedsALook() {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  const [all, setAll] = useState(false);
  const items = useMemo(() => attentionOf(snapshot), [snapshot]);
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

function Host({ engine, containers }: { engine: Engine; containers: readonly Container[] }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const own = containers.filter(({ engineId }) => engineId === engine.id);
  const running = own.filter(({ state }) => state === 'running').length;
  return (
    <li className={classes.row} data-testid={`overview-host-${engine.name}`}>
      <span className={classes.name}>
        <EngineMark state={engine.state} label={common(`engineStates.${engine.state}`)} />
        <HostDot colour={engine.colour} />
        <Link to={{ kind: 'engine', engineId: engine.id }}>{engine.name}</Link>
      </span>
      <span
        className={`tl-num ${classes.where ?? ''}`}
        title={t('overview.running', { running, count: own.length })}
      >
        {running}/{own.length}
      </span>
      <RatesOf id={engine.id} />
    </li>
  );
}

function Busiest() {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  const containers = useBusiest(busiest);
  return (
    <Section title={t('overview.busiest')}>
      {containers.length === 0 && <span className={classes.where}>{t('overview.quiet')}</span>}
      <ul className={classes.rows} data-testid="busiest">
        {containers.map((container) => (
          <li key={containerKey(container.engineId, container.id)} className={classes.row}>
            <span className={classes.name}>
              <StateMark state={container.state} />
              <ContainerLink container={container} />
            </span>
            <span className={`tl-ellipsis ${classes.where ?? ''}`}>
              {findEngine(snapshot, container.engineId)?.name}
            </span>
            <RatesOf id={containerKey(container.engineId, container.id)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How all hosts are, while nothing is selected: what needs a look, each host, and who uses the network most. */
export function Overview() {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  return (
    <>
      <header className={classes.header}>
        <h2 className={classes.title}>{t('overview.title')}</h2>
        <p className={classes.hint}>{t('overview.hint')}</p>
      </header>
      <NeedsALook />
      {snapshot.engines.length > 0 && (
        <>
          <Section title={t('overview.hosts')}>
            <ul className={classes.rows}>
              {snapshot.engines.map((engine) => (
                <Host key={engine.id} engine={engine} containers={snapshot.containers} />
              ))}
            </ul>
          </Section>
          <Busiest />
        </>
      )}
    </>
  );
}
