import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconRefresh, IconTable } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, HostFacts, ToolboxConsent } from '../../../shared/model';
import { hostRemarks } from '../../../shared/rules';
import { useApp, useReadOnly } from '../../context/context';
import { NoticeList, ProblemNote, Section, SlowLoader } from '../../components';
import { formatDateTime } from '../../format';
import { useLanguage } from '../../i18n';
import { toolboxOn } from '../../store/host';
import { ForeignList } from './ForeignList';
import classes from './host.module.css';
import { NeedsToolbox } from '../../context/host/NeedsToolbox';
import { NicList } from './NicList';
import { nicRows } from '../../components/nics/nics';
import { ShimSection } from './ShimSection';
import { useConsent, useLook, useToolbox } from '../../context/host/use-host';

function Found({ facts, engine }: { facts: HostFacts; engine: Engine }) {
  const { t } = useTranslation('host');
  const rows = useMemo(() => nicRows(facts, engine), [facts, engine]);
  const remarks = hostRemarks(facts, engine);
  return (
    <>
      {remarks.length > 0 && <NoticeList notices={remarks.map((each) => each.notice)} />}
      {rows.length > 0 ? <NicList rows={rows} /> : <Text c="dimmed">{t('facts.none')}</Text>}
    </>
  );
}

/** When it was allowed, and the way back. */
function Granted({ engineId }: { engineId: string }) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  const language = useLanguage();
  const at = toolboxOn(useToolbox(), engineId)?.at ?? 0;
  return (
    <Group gap="xs" mt="xs" justify="space-between">
      <Text size="xs" c="dimmed">
        {t('toolbox.granted', { when: formatDateTime(at, language) })}
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId } })}
        data-testid="toolbox-withdraw"
      >
        {t('toolbox.withdraw')}…
      </Button>
    </Group>
  );
}

/** Where the toolbox could not be put on a host: the dialog that tells how it gets there, and tries again. */
function OtherWay({ engineId }: { engineId: string }) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  return (
    <Button
      size="compact-xs"
      variant="default"
      mt={6}
      onClick={() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId } })}
      data-testid="toolbox-other-way"
    >
      {t('toolbox.otherWay')}
    </Button>
  );
}

function Interfaces({ engine, consent }: { engine: Engine; consent: ToolboxConsent }) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  const { id: engineId } = engine;
  const may = consent === 'granted' && engine.state === 'online';
  const { look, again } = useLook(engineId, may);
  const { facts, problem, looking } = look;
  const tools = may && (
    <div className={classes.tools}>
      <Tooltip label={t('facts.details')}>
        <ActionIcon
          size={22}
          aria-label={t('facts.details')}
          disabled={!facts}
          onClick={() => stores.ui.setState({ dialog: { kind: 'host', engineId } })}
          data-testid="host-details"
        >
          <IconTable size={14} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('facts.refresh')}>
        <ActionIcon
          size={22}
          aria-label={t('facts.refresh')}
          loading={looking}
          onClick={again}
          data-testid="host-refresh"
        >
          <IconRefresh size={14} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
  return (
    <>
      <Section title={t('section')} aside={tools}>
        {consent !== 'granted' && <NeedsToolbox engineId={engineId} consent={consent} />}
        {consent === 'granted' && !may && !facts && <Text c="dimmed">{t('facts.offline')}</Text>}
        {problem && consent === 'granted' && (
          <ProblemNote problem={problem}>
            {problem.code === 'toolbox_unavailable' && <OtherWay engineId={engineId} />}
          </ProblemNote>
        )}
        {!facts && looking && <SlowLoader label={t('facts.reading')} />}
        {facts && <Found facts={facts} engine={engine} />}
        {consent === 'granted' && <Granted engineId={engineId} />}
      </Section>
      {facts && (
        <Section title={t('foreign.title')}>
          <ForeignList facts={facts} />
        </Section>
      )}
    </>
  );
}

/** What a host really has, once the admin has allowed to look; in the host's inspector. */
export function HostSection({ engine }: { engine: Engine }) {
  useToolbox();
  const consent = useConsent(engine.id);
  const readOnly = useReadOnly();
  if (!consent && !readOnly) return null;
  return (
    <>
      {consent && <Interfaces engine={engine} consent={consent} />}
      <ShimSection engine={engine} />
    </>
  );
}
