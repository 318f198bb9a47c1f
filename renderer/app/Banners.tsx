import { Button, CloseButton } from '@mantine/core';
import {
  IconArrowsSplit,
  IconFileAlert,
  IconFlask2,
  IconPlugConnectedX,
  IconServerOff,
  IconTopologyBus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../shared/model';
import { isLanDriver, orderEngines } from '../../shared/rules';
import { useSentences, useJoinNames } from '../i18n';
import { AddHost } from '../views/engines/AddHost';
import { RecoverButtons, Standing } from '../views/change/Recover';
import { useInterrupted } from '../views/change/use-interrupted';
import { EngineActions } from '../context/engines/EngineActions';
import { Banner } from './Banner';
import classes from './Banners.module.css';
import { Changing } from '../context/Changing';
import { useApp, useEngines, useInventory } from '../context/context';
import { BrokenFiles, StorageProblem } from './StorageBanners';

function Demo() {
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

/** More than so many would leave no room for the picture: told in one line. */
const few = 2;

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
function SettingsProblem() {
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

/** Changes that the console's end, or an engine's, cut off: each waits for a decision. */
function CutOff() {
  const join = useJoinNames();
  const { t } = useTranslation('change');
  const changes = useInterrupted();
  const { stores } = useApp();
  const [only] = changes;
  if (changes.length > few)
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
function NoLan() {
  const { t } = useTranslation();
  const { stores } = useApp();
  const [dismissed, setDismissed] = useState(false);
  const wanted = useInventory(
    ({ phase, snapshot }) =>
      phase === 'ready' &&
      snapshot.engines.some((engine) => engine.state === 'online') &&
      !snapshot.networks.some((network) => isLanDriver(network.kind)),
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
  const offline = orderEngines(engines.filter((engine) => engine.state === 'offline'));
  return (
    <div className={classes.banners}>
      <Demo />
      {phase === 'lost' && (
        <Banner tone="bad" icon={<IconPlugConnectedX size={16} stroke={1.7} />} testId="lost-banner">
          <span>{t('banner.lost')}</span>
        </Banner>
      )}
      <SettingsProblem />
      <StorageProblem />
      <BrokenFiles />
      <CutOff />
      {offline.length > few ? (
        <AllOffline engines={offline} />
      ) : (
        offline.map((engine) => <Offline key={engine.id} engine={engine} />)
      )}
      <Changing>
        <NoLan />
      </Changing>
    </div>
  );
}
