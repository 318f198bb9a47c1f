import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DhcpStatus, Engine } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { useApp } from '../../context/context';
import { useLeases } from '../../context/leases';
import { useObstacles } from '../../context/obstacles';
import { ProblemNote, Section } from '../../components';
import { leasedAddress } from '../../store/leases';
import classes from './AttachmentCard.module.css';
import { leaseKey } from '../../store/leases';
import { useLeaseWords } from './LeasePart';

function Row({ status }: { status: DhcpStatus }) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const words = useLeaseWords();
  const { engineId, networkId, networkName, containerName, current, problem } = status;
  const offline = useObstacles().host(engineId);
  const end = () =>
    stores.ui.setState({
      dialog: {
        kind: 'change',
        request: {
          kind: 'remove-dhcp',
          ...{ engineId, networkId, containerId: current ?? '', networkName, containerName },
        },
      },
    });
  return (
    <li data-testid={`lease-of-${containerName}`} data-state={status.state}>
      <strong>{containerName}</strong> · {networkName} <span className={classes.quiet}>{words(status)}</span>{' '}
      <span className="tl-mono">{leasedAddress(status)}</span>{' '}
      <Changing>
        <Button
          size="compact-xs"
          variant="default"
          disabled={offline !== undefined}
          title={offline}
          aria-label={t('lease.endOf', { container: containerName, network: networkName })}
          onClick={end}
        >
          {t('lease.end')}
        </Button>
      </Changing>
      {problem && <ProblemNote problem={problem} />}
    </li>
  );
}

/** All that lease on a host, also for containers that are away; nothing where none does. */
export function LeasesSection({ engine }: { engine: Engine }) {
  const { t } = useTranslation('inspector');
  const leases = useLeases().filter(({ engineId }) => engineId === engine.id);
  if (leases.length === 0) return null;
  return (
    <Section title={t('lease.section')}>
      <ul>
        {leases.map((status) => (
          <Row key={leaseKey(status)} status={status} />
        ))}
      </ul>
    </Section>
  );
}
