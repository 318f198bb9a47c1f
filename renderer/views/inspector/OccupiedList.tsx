import { IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hostNameOf, pinsOf, type Pins } from '../../../shared/rules';
import { isLastKnown } from '../../context/last-known';
import { EngineMark, HostDot, KindIcon, Section, StateMark } from '../../components';
import type { Occupant, Occupied } from '../../graph';
import { Link } from './Link';
import { noAddress } from './no-address';
import classes from './OccupiedList.module.css';

/** In use, or else fixed for the next start. */
const addressesOf = ({ endpoint }: Occupant, pins: Pins): string[] =>
  [endpoint.ipv4 || pins.ipv4, endpoint.ipv6 || pins.ipv6].flatMap((each) => each || []);

function ContainerRow({ occupant, group }: { occupant: Occupant; group: Occupied }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const { container, endpoint, owner } = occupant;
  const { engineId, id, name, state } = container;
  const pins = pinsOf(owner ?? container, endpoint, group.network, group.engine ?? undefined);
  const addresses = addressesOf(occupant, pins);
  return (
    <li className={classes.container}>
      <StateMark state={state} stale={isLastKnown(group.engine ?? undefined)} />
      <span className={classes.name}>
        <Link to={{ kind: 'container', engineId, id }} short>
          {name}
        </Link>
        <span className={classes.aside}>{common(`states.${state}`)}</span>
        {owner && <span className={classes.aside}>{common('modes.container', { owner: owner.name })}</span>}
      </span>
      <span className={classes.end}>
        {pins.kind === 'pinned' && (
          <IconPin size={12} stroke={1.7} aria-label={t('address.pinned')} style={{ verticalAlign: -1 }} />
        )}{' '}
        {addresses.length > 0 ? (
          addresses.map((address) => (
            <span key={address} className="tl-mono">
              {address}{' '}
            </span>
          ))
        ) : (
          <span className={classes.aside}>{t(noAddress(container))}</span>
        )}
      </span>
    </li>
  );
}

function NetworkGroup({ group }: { group: Occupied }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const { engine, network, occupants } = group;
  const { engineId, id } = network;
  const host = hostNameOf(engine, engineId);
  return (
    <li data-testid={`occupied-${host}-${network.name}`}>
      <div className={classes.where}>
        {engine && (
          <>
            <EngineMark state={engine.state} label={common(`engineStates.${engine.state}`)} />
            <HostDot colour={engine.colour} />
          </>
        )}
        <Link to={{ kind: 'engine', engineId }}>{host}</Link>
        <span className={classes.network}>
          <KindIcon kind={network.kind} />
          <Link to={{ kind: 'network', engineId, id }}>{network.name}</Link>
        </span>
        <span className={`tl-mono ${classes.aside ?? ''}`}>{network.parent}</span>
        {isLastKnown(engine ?? undefined) && <span className={classes.aside}>{t('occupied.lastKnown')}</span>}
      </div>
      {occupants.length === 0 ? (
        <div className={classes.none}>{t('occupied.noContainers')}</div>
      ) : (
        <ul
          className={classes.containers}
          aria-label={t('occupied.onNetwork', { network: network.name, host })}
        >
          {occupants.map((occupant) => (
            <ContainerRow key={occupant.container.id} occupant={occupant} group={group} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Networks by their hosts, each with its containers; every name leads to what it names. */
export function OccupiedList({ groups }: { groups: readonly Occupied[] }) {
  const { t } = useTranslation('inspector');
  return (
    <Section title={t('sections.networks')} aside={<span className={classes.aside}>{groups.length}</span>}>
      {groups.length === 0 && <div className={classes.aside}>{t('occupied.noNetworks')}</div>}
      <ul className={classes.networks}>
        {groups.map((group) => (
          <NetworkGroup key={`${group.network.engineId}/${group.network.id}`} group={group} />
        ))}
      </ul>
    </Section>
  );
}
