import { useTranslation } from 'react-i18next';
import type { Container, Engine } from '../../../shared/model';
import { containerKey } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import type { Sections } from '../../context/feature';
import { isLastKnown } from '../../context/last-known';
import { useTick } from '../../context/use-tick';
import { EngineMark, HostDot, Section, StateMark } from '../../components';
import { formatBits } from '../../format';
import { useLanguage } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { ContainerLink, Link } from './Link';
import { NeedsALook } from './NeedsALook';
import classes from './Overview.module.css';
import { useBusiest } from './use-busiest';

const busiest = 8;

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

function Host({ engine, containers }: { engine: Engine; containers: readonly Container[] }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const own = containers.filter(({ engineId }) => engineId === engine.id);
  const running = own.filter(({ state }) => state === 'running').length;
  // What a host has that was never reached is not known.
  const never = engine.version === '';
  const stale = isLastKnown(engine);
  return (
    <li className={classes.row} data-testid={`overview-host-${engine.name}`}>
      <span className={classes.name}>
        <EngineMark state={engine.state} label={common(`engineStates.${engine.state}`)} />
        <HostDot colour={engine.colour} />
        <Link to={{ kind: 'engine', engineId: engine.id }}>{engine.name}</Link>
      </span>
      <span
        className={`tl-num ${classes.where ?? ''}`}
        title={never ? undefined : t(`overview.${stale ? 'ran' : 'running'}`, { running, count: own.length })}
      >
        {never ? '–' : `${stale ? '–' : String(running)}/${String(own.length)}`}
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
              <StateMark
                state={container.state}
                stale={isLastKnown(findEngine(snapshot, container.engineId))}
              />
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
export function Overview({ sections = [] }: { sections?: readonly Partial<Sections>[] }) {
  const { t } = useTranslation('inspector');
  const snapshot = useInventory((state) => state.snapshot);
  return (
    <>
      <header className={classes.header}>
        <h2 className={classes.title}>{t('overview.title')}</h2>
        <p className={classes.hint}>{t('overview.hint')}</p>
      </header>
      <NeedsALook />
      {sections.map(({ overview: Part }, index) => Part && <Part key={index} />)}
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
