import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowsExchange, IconPencil, IconPin, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Container, Endpoint, Network } from '../../../shared/model';
import { isLeftover, isPseudoNetwork, pinsOf, vlanOf } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory, useRates, useReadOnly } from '../../context/context';
import { CopyButton, Facts, KindIcon } from '../../components';
import { formatBits } from '../../format';
import { useLanguage } from '../../i18n';
import { findEngine } from '../../store/inventory';
import type { Dialog } from '../../store/ui';
import { attachmentKey } from '../../store/traffic';
import { useObstacles } from '../../context/obstacles';
import classes from './AttachmentCard.module.css';
import { AlsoUsed } from './Duplicates';
import { LeasePart } from './LeasePart';
import { Link } from './Link';
import { noAddress } from './no-address';

interface Props {
  container: Container;
  endpoint: Endpoint;
  network: Network | null;
}

/** The address, which is edited where it stands. */
function Address({ container, endpoint, network }: Props) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const readOnly = useReadOnly();
  const engine = useInventory((state) => findEngine(state.snapshot, container.engineId));
  const obstacles = useObstacles();
  const pins = pinsOf(container, endpoint, network, engine);
  const shown = endpoint.ipv4 || pins.ipv4;
  const pinned = pins.ipv4 !== undefined;
  const text = shown ? `${shown}${endpoint.prefix ? `/${endpoint.prefix}` : ''}` : t(noAddress(container));
  if (!network || isPseudoNetwork(network))
    return shown ? (
      <span className="tl-mono">{text}</span>
    ) : (
      <span className={classes.quiet}>{t('address.none')}</span>
    );
  if (readOnly)
    return (
      <span className={classes.address}>
        {pinned && (
          <IconPin size={14} stroke={1.8} className={classes.pin} aria-label={t('address.pinned')} />
        )}
        <span className={`tl-mono ${shown ? '' : (classes.quiet ?? '')}`}>{text}</span>
        {shown && <CopyButton value={shown} />}
      </span>
    );
  const obstacle = obstacles.address(container.engineId, network.id);
  const edit = () =>
    stores.ui.setState({
      dialog: {
        kind: 'change',
        request: {
          kind: 'readdress',
          engineId: container.engineId,
          containerId: container.id,
          networkId: network.id,
          ...(shown ? { ipv4: shown } : {}),
        },
      },
    });
  return (
    <span className={classes.address}>
      <Tooltip
        label={
          obstacle ?? t(`address.${pinned ? 'pinned' : pins.kind === 'untold' ? 'untold' : 'automatic'}`)
        }
        multiline
        maw={320}
      >
        <UnstyledButton
          className={classes.edit}
          onClick={edit}
          disabled={obstacle !== undefined}
          title={obstacle}
          aria-label={t('address.edit', { address: text, container: container.name, network: network.name })}
          data-testid={`edit-address-${network.name}`}
        >
          {pinned && <IconPin size={14} stroke={1.8} className={classes.pin} />}
          <span className={`tl-mono ${shown ? '' : (classes.quiet ?? '')}`}>{text}</span>
          {obstacle === undefined && <IconPencil size={13} stroke={1.6} className={classes.pencil} />}
        </UnstyledButton>
      </Tooltip>
      {shown && <CopyButton value={shown} />}
    </span>
  );
}

function Rates({ container, endpoint, network }: Props) {
  const language = useLanguage();
  const rates = useRates(attachmentKey(container.engineId, container.id, network?.id ?? endpoint.networkId));
  if (!rates) return null;
  return (
    <span className={`tl-num ${classes.rates ?? ''}`}>
      <span>↓ {formatBits(rates.rxBits, language)}</span>
      <span>↑ {formatBits(rates.txBits, language)}</span>
    </span>
  );
}

/** Everything that an attachment says of itself apart from its IPv4 address. */
export function AttachmentFacts({ endpoint, network }: Pick<Props, 'endpoint' | 'network'>) {
  const { t } = useTranslation('inspector');
  const ipv6 = endpoint.ipv6 || endpoint.pinned6;
  const options = Object.entries(endpoint.driverOptions);
  return (
    <Facts
      facts={[
        { label: t('facts.mac'), value: endpoint.mac, mono: true, copy: endpoint.mac },
        {
          label: t('facts.ipv6'),
          value: ipv6 && `${ipv6}${endpoint.prefix6 ? `/${endpoint.prefix6}` : ''}`,
          mono: true,
          copy: ipv6,
        },
        { label: t('facts.gateway'), value: endpoint.gateway, mono: true, copy: endpoint.gateway },
        { label: t('facts.mode'), value: network?.mode },
        { label: t('facts.gatewayPriority'), value: endpoint.gatewayPriority || undefined },
        { label: t('facts.aliases'), value: endpoint.aliases.join(', '), mono: true },
        {
          label: t('facts.driverOptions'),
          value: options.map(([name, value]) => `${name}=${value}`).join(', '),
          mono: true,
        },
      ]}
    />
  );
}

/** What can be done with an attachment: the same as by dragging its line. */
function Actions({ container, network }: { container: Container; network: Network }) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const { engineId, id: containerId } = container;
  const offline = useObstacles().host(engineId);
  const button = (name: 'move' | 'detach', icon: React.ReactNode, dialog: Dialog) => {
    const label = t(`actions.${name}From`, { network: network.name });
    return (
      <Tooltip label={label}>
        <ActionIcon
          size={22}
          disabled={offline !== undefined}
          title={offline}
          aria-label={label}
          onClick={() => stores.ui.setState({ dialog })}
          data-testid={`${name}-${network.name}`}
        >
          {icon}
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <Changing>
      <span className={classes.actions}>
        {button('move', <IconArrowsExchange size={15} stroke={1.6} />, {
          kind: 'attach',
          engineId,
          containerId,
          from: network.id,
        })}
        {button('detach', <IconPlugConnectedX size={15} stroke={1.6} />, {
          kind: 'change',
          request: { kind: 'detach', engineId, containerId, networkId: network.id },
        })}
      </span>
    </Changing>
  );
}

/** One network of a container: address, MAC, rates, move, detach. */
export function AttachmentCard({ container, endpoint, network }: Props) {
  const { t } = useTranslation('inspector');
  const { engineId, id: containerId } = container;
  const vlan = network && vlanOf(network);
  const left = isLeftover(container, endpoint);
  return (
    <article className={classes.card} data-testid={`attachment-${network?.name ?? endpoint.networkName}`}>
      <header className={classes.head}>
        {network && <KindIcon kind={network.kind} />}
        {network ? (
          <Link short to={{ kind: 'attachment', engineId, containerId, networkId: network.id }}>
            {network.name}
          </Link>
        ) : (
          <span className="tl-ellipsis" title={endpoint.networkName}>
            {endpoint.networkName}
          </span>
        )}
        <span className={`tl-ellipsis ${classes.quiet ?? ''}`}>
          {[network?.driver, network?.parent, vlan !== null && vlan !== undefined && `VLAN ${vlan}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {network && !isPseudoNetwork(network) && <Actions container={container} network={network} />}
      </header>
      <div className={classes.main}>
        <Address container={container} endpoint={endpoint} network={network} />
        <Rates container={container} endpoint={endpoint} network={network} />
      </div>
      {network && <AlsoUsed container={container} network={network} />}
      <AttachmentFacts endpoint={endpoint} network={network} />
      {network && !left && <LeasePart container={container} network={network} />}
      {left && <p className={classes.phantom}>{t('address.phantom')}</p>}
    </article>
  );
}
