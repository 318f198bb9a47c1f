import { Button, CloseButton } from '@mantine/core';
import { IconFlask2, IconPlugConnectedX, IconServerOff, IconTopologyBus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../shared/model';
import { useSentences } from '../i18n';
import classes from './Banners.module.css';
import { Changing } from './Changing';
import { useApp, useInventory } from './context';

interface BannerProps {
  tone: 'quiet' | 'warn' | 'bad';
  icon: React.ReactNode;
  testId?: string;
  children: React.ReactNode;
}

const Banner = ({ tone, icon, testId, children }: BannerProps) => (
  <div className={classes.banner} data-tone={tone} role="status" data-testid={testId}>
    {icon}
    {children}
  </div>
);

function Demo() {
  const { t } = useTranslation();
  const { info } = useApp();
  const sentences = useSentences();
  if (!info.demo) return null;
  const reason = info.demoReason;
  return (
    <Banner tone="warn" icon={<IconFlask2 size={16} stroke={1.7} />} testId="demo-banner">
      <span>
        <strong>{t('banner.demo')}</strong> {reason ? sentences.whole(reason) : t('banner.demoAsked')}
      </span>
    </Banner>
  );
}

function Offline({ engine }: { engine: Engine }) {
  const { t } = useTranslation();
  const { api } = useApp();
  const sentences = useSentences();
  return (
    <Banner tone="bad" icon={<IconServerOff size={16} stroke={1.7} />} testId={`offline-${engine.name}`}>
      <span>
        <strong>{t('banner.offline', { host: engine.name })}</strong>{' '}
        {engine.problem && sentences.problem(engine.problem)}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void api.invoke('engines.retry', { engineId: engine.id })}
      >
        {t('actions.retry')}
      </Button>
    </Banner>
  );
}

/** Offered until there is a macvlan network: it is what the console is for. */
function NoLan() {
  const { t } = useTranslation();
  const { stores } = useApp();
  const [dismissed, setDismissed] = useState(false);
  const wanted = useInventory(
    ({ phase, snapshot }) =>
      phase === 'ready' &&
      snapshot.engines.some((engine) => engine.state === 'online') &&
      !snapshot.networks.some((network) => network.kind === 'macvlan' || network.kind === 'ipvlan'),
  );
  if (!wanted || dismissed) return null;
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

/** What the admin must know before trusting the picture. */
export function Banners() {
  const { t } = useTranslation();
  const phase = useInventory((state) => state.phase);
  const engines = useInventory((state) => state.snapshot.engines);
  return (
    <div className={classes.banners}>
      <Demo />
      {phase === 'lost' && (
        <Banner tone="bad" icon={<IconPlugConnectedX size={16} stroke={1.7} />} testId="lost-banner">
          <span>{t('banner.lost')}</span>
        </Banner>
      )}
      {engines
        .filter((engine) => engine.state === 'offline')
        .map((engine) => (
          <Offline key={engine.id} engine={engine} />
        ))}
      <Changing>
        <NoLan />
      </Changing>
    </div>
  );
}
