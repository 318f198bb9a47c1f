import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container, Network } from '../../../shared/model';
import { containerKey, hostName, type AddressClaim } from '../../../shared/rules';
import { Section } from '../../components';
import { useInventory } from '../../context/context';
import { useConflictOn } from '../../context/conflicts';
import { othersWith, useDuplicatesOn } from '../../context/duplicates';
import { useJoinNames } from '../../i18n';
import type { NetworkRef } from '../../store/ui';
import { ContainerLink } from './Link';
import classes from './Overview.module.css';

/** Containers that have the same, each with its host. */
function Claims({ claims }: { claims: readonly AddressClaim[] }) {
  const engines = useInventory((state) => state.snapshot.engines);
  return (
    <span className={classes.claims}>
      {claims.map(({ container, network }) => (
        <span key={`${containerKey(container.engineId, container.id)} ${network.id}`}>
          <ContainerLink container={container} />{' '}
          <span className={classes.where}>{hostName(container.engineId, engines)}</span>
        </span>
      ))}
    </span>
  );
}

interface RowProps {
  what: string;
  claims: readonly AddressClaim[];
  children: ReactNode;
}

/** One thing that several containers have. */
export function ClaimsRow({ what, claims, children }: RowProps) {
  return (
    <li className={classes.item}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden className={classes.warning} />
      <span>
        <span className="tl-mono">{children}</span> <span className={classes.what}>{what}</span>
        <Claims claims={claims} />
      </span>
    </li>
  );
}

/** The addresses of these networks that several containers have; nothing where all are different. */
export function DuplicatesSection({ networks }: { networks: readonly NetworkRef[] }) {
  const { t } = useTranslation('inspector');
  const found = useDuplicatesOn(networks);
  if (found.length === 0) return null;
  return (
    <Section title={t('sections.duplicates')} aside={<span className={classes.count}>{found.length}</span>}>
      <ul className={classes.list} data-testid="duplicates">
        {found.map(({ address, claims }) => (
          <ClaimsRow key={address} what={t('overview.twice')} claims={claims}>
            {address}
          </ClaimsRow>
        ))}
      </ul>
    </Section>
  );
}

/** Who else has an address that a container has on a network. */
export function AlsoUsed({ container, network }: { container: Container; network: Network }) {
  const { t } = useTranslation('inspector');
  const join = useJoinNames();
  const { engineId, id } = network;
  const found = useDuplicatesOn(useMemo(() => [{ engineId, networkId: id }], [engineId, id]));
  const own = found
    .filter(({ claims }) =>
      claims.some((each) => each.container.id === container.id && each.network.engineId === engineId),
    )
    .map((each) => othersWith(each, container));
  const conflict = useConflictOn(engineId, container.id, id);
  if (own.length === 0 && !conflict) return null;
  return (
    <ul className={classes.list} data-testid={`also-used-${network.name}`}>
      {own.map(({ address, others }) => (
        <ClaimsRow key={address} what={t('address.twice')} claims={others}>
          {address}
        </ClaimsRow>
      ))}
      {conflict && (
        <ClaimsRow what={t('address.intruder', { macs: join(conflict.macs) })} claims={[]}>
          {conflict.address}
        </ClaimsRow>
      )}
    </ul>
  );
}
