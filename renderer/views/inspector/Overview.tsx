import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container, Engine } from '../../../shared/model';
import { attentionOf, containerKey, type Attention } from '../../../shared/rules';
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

function LeftoverRow({ container, endpoint }: Extract<Attention, { kind: 'leftover' }>) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
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
    <li className={classes.item}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
      <span>
        <ContainerLink container={container} />{' '}
        <span className={classes.where}>{findEngine(snapshot, engineId)?.name}</span>{' '}
        <span className={classes.what}>{t('overview.leftover', { network })}</span>{' '}
        <Changing>
          <Anchor component="button" type="button" size="xs" onClick={clear} data-testid="clear-leftover">
            {t('overview.clear')}
          </Anchor>
        </Changing>
      </span>
    </li>
  );
}

function AttentionRow({ item }: { item: Attention }) {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  const what = <span className={classes.what}>{t(`overview.${item.kind}`)}</span>;
  if (item.kind === 'twice')
    return (
      <li className={classes.item}>
        <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
        <span>
          <span className="tl-mono">{item.address}</span> {what}
          <span className={classes.claims}>
            {item.claims.map(({ container, network }) => (
              <span key={`${containerKey(container.engineId, container.id)} ${network.id}`}>
                <ContainerLink container={container} />{' '}
                <span className={classes.where}>{findEngine(snapshot, container.engineId)?.name}</span>
              </span>
            ))}
          </span>
        </span>
      </li>
    );
  if (item.kind === 'leftover') return <LeftoverRow {...item} />;
  if (item.kind === 'restarting')
    return (
      <li className={classes.item}>
        <StateMark state={item.container.state} />
        <span>
          <ContainerLink container={item.container} />{' '}
          <span className={classes.where}>{findEngine(snapshot, item.container.engineId)?.name}</span> {what}
        </span>
      </li>
    );
  return (
    <li className={classes.item}>
      <EngineMark state="offline" />
      <span>
        <Link to={{ kind: 'engine', engineId: item.engineId }}>
          {findEngine(snapshot, item.engineId)?.name}
        </Link>{' '}
        {what}
      </span>
    </li>
  );
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
