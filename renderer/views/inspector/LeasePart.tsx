import { Button } from '@mantine/core';
import { IconRouter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Container, DhcpStatus, Network } from '../../../shared/model';
import { hostNameOf, unfitForLease } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory, useReadOnly } from '../../context/context';
import { useLeaseOn } from '../../context/leases';
import { useObstacles } from '../../context/obstacles';
import { CopyButton, Facts, LeaseMark, ProblemNote } from '../../components';
import { formatDateTime } from '../../format';
import { useLanguage } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { leasedAddress } from '../../store/leases';
import classes from './AttachmentCard.module.css';

/** How it stands, in a word: what its helper told counts once that is in place. */
export function useLeaseWords(): (status: DhcpStatus) => string {
  const { t } = useTranslation('inspector');
  const readOnly = useReadOnly();
  return ({ state, lease }) => {
    if (readOnly) return t('lease.states.unlooked');
    if (state !== 'applied') return t(`lease.states.${state}`);
    return t(`lease.told.${lease?.state ?? 'asking'}`);
  };
}

function Told({ status }: { status: DhcpStatus }) {
  const { t } = useTranslation('inspector');
  const language = useLanguage();
  const words = useLeaseWords();
  const address = leasedAddress(status);
  const { lease, mac, problem } = status;
  return (
    <div data-testid={`lease-${status.networkName}`} data-state={status.state} data-lease={lease?.state}>
      <p className={classes.quiet}>
        {words(status)}
        {address && (
          <>
            {' '}
            <span className="tl-mono">{lease?.address}</span>
            <LeaseMark />
            <CopyButton value={address} />
          </>
        )}
      </p>
      <Facts
        facts={[
          { label: t('lease.server'), value: address ? lease?.server : undefined, mono: true },
          { label: t('lease.router'), value: address ? lease?.router : undefined, mono: true },
          {
            label: t('lease.until'),
            value: address && lease?.until ? formatDateTime(lease.until, language) : undefined,
          },
          { label: t('lease.before'), value: lease?.before, mono: true },
          { label: t('lease.mac'), value: mac, mono: true, copy: mac },
        ]}
      />
      {problem && <ProblemNote problem={problem} />}
    </div>
  );
}

/** Where an attachment has its address from: the way to the LAN's own DHCP server, or how that stands. */
export function LeasePart({ container, network }: { container: Container; network: Network }) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const { engineId, id: containerId } = container;
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const status = useLeaseOn(engineId, containerId, network.name);
  const offline = useObstacles().host(engineId);
  const about = { engineId, containerId, networkId: network.id };
  const host = hostNameOf(engine, engineId);
  const unfit = unfitForLease(network, host, engine?.product === 'podman', container.name).length > 0;
  if (!status && (unfit || container.networkMode.kind === 'container')) return null;
  const request = status
    ? ({
        kind: 'remove-dhcp',
        ...about,
        networkName: status.networkName,
        containerName: status.containerName,
      } as const)
    : ({ kind: 'put-dhcp', ...about } as const);
  return (
    <>
      {status && <Told status={status} />}
      <Changing>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRouter size={14} stroke={1.7} />}
          disabled={offline !== undefined}
          title={offline ?? (status ? undefined : t('lease.hint'))}
          onClick={() => stores.ui.setState({ dialog: { kind: 'change', request } })}
          data-testid={`${status ? 'lease-end' : 'lease'}-of-${network.name}`}
        >
          {t(status ? 'lease.end' : 'lease.begin')}
        </Button>
      </Changing>
    </>
  );
}
