import { Button } from '@mantine/core';
import { IconFileAlert, IconFlask2, IconServerOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../shared/model';
import { orderEngines } from '../../../shared/rules';
import { Banner, fewBanners } from '../../components';
import { useApp, useEngines, useInventory } from '../../context/context';
import { EngineActions } from '../../context/engines/EngineActions';
import { useJoinNames, useSentences } from '../../i18n';
import { AddHost } from './AddHost';
import classes from './Banners.module.css';

/** What is shown is simulated, and why. */
export function Demo() {
  const { t } = useTranslation();
  const { info } = useApp();
  const sentences = useSentences();
  // They end with the first host that is added.
  const over = useInventory(
    ({ phase, snapshot }) => phase === 'ready' && !snapshot.engines.some((engine) => engine.demo),
  );
  if (!info.demo || over) return null;
  const reason = info.demoReason;
  const tried = info.demoTried?.map(({ name, problem }) =>
    t('banner.tried', { name, why: sentences.problem(problem) }),
  );
  return (
    <Banner tone="warn" icon={<IconFlask2 size={16} stroke={1.7} />} testId="demo-banner">
      <span>
        <strong>{t('banner.demo')}</strong>{' '}
        {reason
          ? [sentences.problem(reason), ...(tried ?? []), sentences.hint(reason)].filter(Boolean).join(' ')
          : t('banner.demoAsked')}
      </span>
      {reason && <AddHost size="compact-xs" />}
    </Banner>
  );
}

function Offline({ engine }: { engine: Engine }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const { problem } = engine;
  // What is wrong says already that it can't be reached; only where older data is shown there is more to say.
  const said = problem && sentences.problem(problem);
  const title = engine.version ? 'banner.offline' : 'banner.never';
  return (
    <Banner tone="bad" icon={<IconServerOff size={16} stroke={1.7} />} testId={`offline-${engine.name}`}>
      <span>
        <strong>{engine.version || !said ? t(title, { host: engine.name }) : said}</strong>{' '}
        {engine.version && said} {problem && sentences.hint(problem)}
      </span>
      <EngineActions engine={engine} />
    </Banner>
  );
}

function AllOffline({ engines }: { engines: readonly Engine[] }) {
  const join = useJoinNames();
  const { t } = useTranslation('engines');
  const hosts = join(engines.map((engine) => engine.name));
  return (
    <Banner tone="bad" icon={<IconServerOff size={16} stroke={1.7} />} testId="offline-many">
      <span className={classes.line} title={hosts}>
        {t('offlineBanner.many', { count: engines.length, hosts })}
      </span>
      <HostsButton />
    </Banner>
  );
}

function HostsButton() {
  const { t } = useTranslation('engines');
  const { stores } = useApp();
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => stores.ui.setState({ dialog: { kind: 'engines' } })}
    >
      {t('problem.hosts')}
    </Button>
  );
}

/** The settings were not taken as they are: until that is mended, hosts may be missing. */
export function SettingsProblem() {
  const { t } = useTranslation('engines');
  const sentences = useSentences();
  const problem = useEngines((state) => state.list?.problem);
  if (!problem) return null;
  return (
    <Banner tone="bad" icon={<IconFileAlert size={16} stroke={1.7} />} testId="settings-problem">
      <span>
        <strong>{t('list.fileProblemSentence')}</strong> {sentences.whole(problem)}
      </span>
      <HostsButton />
    </Banner>
  );
}

/** The hosts that do not answer, each with what helps. */
export function OfflineHosts() {
  const engines = useInventory((state) => state.snapshot.engines);
  const offline = orderEngines(engines.filter((engine) => engine.state === 'offline'));
  if (offline.length > fewBanners) return <AllOffline engines={offline} />;
  return offline.map((engine) => <Offline key={engine.id} engine={engine} />);
}
