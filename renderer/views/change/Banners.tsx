import { Button, CloseButton } from '@mantine/core';
import { IconArrowsSplit, IconTopologyBus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanDriver } from '../../../shared/rules';
import { Banner, fewBanners } from '../../components';
import { useApp, useInventory, useReadOnly } from '../../context/context';
import { useJoinNames } from '../../i18n';
import { RecoverButtons, Standing } from './Recover';
import { useInterrupted } from './use-interrupted';

/** Changes that the console's end, or an engine's, cut off: each waits for a decision. */
export function CutOff() {
  const join = useJoinNames();
  const { t } = useTranslation('change');
  const changes = useInterrupted();
  const { stores } = useApp();
  const [only] = changes;
  if (changes.length > fewBanners)
    return (
      <Banner tone="warn" icon={<IconArrowsSplit size={16} stroke={1.7} />} testId="cut-off-many">
        <span>{t('recover.many', { count: changes.length })}</span>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => stores.ui.setState({ dialog: { kind: 'change-log' } })}
        >
          {t('log.title')}
        </Button>
      </Banner>
    );
  return only
    ? changes.map((change) => (
        <Banner
          key={change.id}
          tone="warn"
          icon={<IconArrowsSplit size={16} stroke={1.7} />}
          testId={`cut-off-${change.id}`}
        >
          <span>
            <strong>{t(change.undoing ? 'recover.cutOffUndoing' : 'recover.cutOff')}</strong> {change.title}
            {change.hosts.length > 0 && t('onHost', { host: join(change.hosts.map((each) => each.name)) })}
            {t('recover.stop')}
            <Standing change={change} />
          </span>
          <RecoverButtons change={change} />
        </Banner>
      ))
    : null;
}

/** Offered until there is a macvlan network: it is what the console is for. */
export function NoLan() {
  const { t } = useTranslation();
  const { stores } = useApp();
  const readOnly = useReadOnly();
  const [dismissed, setDismissed] = useState(false);
  const wanted = useInventory(
    ({ phase, snapshot }) =>
      phase === 'ready' &&
      snapshot.engines.some((engine) => engine.state === 'online') &&
      !snapshot.networks.some((network) => isLanDriver(network.kind)),
  );
  if (!wanted || dismissed || readOnly) return null;
  return (
    <Banner tone="quiet" icon={<IconTopologyBus size={16} stroke={1.7} />} testId="no-lan">
      <span>{t('banner.noLan')}</span>
      <Button size="compact-xs" onClick={() => stores.ui.setState({ dialog: { kind: 'new-network' } })}>
        {t('toolbar.newNetwork')}
      </Button>
      <CloseButton size="sm" aria-label={t('banner.dismiss')} onClick={() => setDismissed(true)} ml="auto" />
    </Banner>
  );
}
