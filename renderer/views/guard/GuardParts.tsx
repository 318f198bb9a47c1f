import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContainerIdentity, GuardedAttachment } from '../../../shared/model';
import classes from './guard.module.css';

/** Addresses, each with the network that it is kept on. */
export function Attachments({
  attachments,
  children,
}: {
  attachments: readonly GuardedAttachment[];
  /** What is to be said of one of them besides. */
  children?: (attachment: GuardedAttachment) => React.ReactNode;
}) {
  const { t } = useTranslation('guard');
  return (
    <ul className={classes.attachments}>
      {attachments.map((each) => (
        <li key={each.networkName}>
          {[each.ipv4, each.ipv6].filter(Boolean).map((address) => (
            <span key={address} className={`tl-mono ${classes.address ?? ''}`}>
              {address}
            </span>
          ))}
          {each.mac && <span className={`tl-mono ${classes.quiet ?? ''}`}>{each.mac}</span>}
          <span className={classes.quiet}>{t('dialog.on', { network: each.networkName })}</span>
          {children?.(each)}
        </li>
      ))}
    </ul>
  );
}

/** By what a container is known again. */
export function KnownAs({ identity }: { identity: ContainerIdentity }) {
  const { t } = useTranslation('guard');
  return (
    <Text size="xs" c="dimmed">
      {identity.by === 'compose'
        ? t('knownAs.compose', {
            number: identity.number,
            service: identity.service,
            project: identity.project,
          })
        : t('knownAs.name', { name: identity.name })}
    </Text>
  );
}
