import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, TaskWords, ToolboxDescription, ToolboxTask } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useFailure } from '../../context/use-failure';
import { Facts, ProblemNote, SlowLoader } from '../../components';
import { formatBytes } from '../../format';
import { useLanguage } from '../../i18n';
import { toolboxOn } from '../../store/host';
import classes from './host.module.css';
import { canGetThere, MethodField } from './MethodField';
import { Part } from '../../components/Part';
import { lookInto, useConsent, useSetConsent, useShims, useToolbox } from '../../context/host/use-host';
import footer from '../../components/dialog/DialogFooter.module.css';
import { TaskDialog, useBusy } from '../../components/dialog/TaskDialog';

/** What one task's container is given, in words; what is not named it does not get. */
function useRights(): (task: ToolboxTask) => string[] {
  const { t } = useTranslation('host');
  const networks = {
    host: t('toolbox.rights.hostNetwork'),
    container: t('toolbox.rights.containerNetwork'),
    'host-or-container': t('toolbox.rights.eitherNetwork'),
    none: t('toolbox.rights.noNetwork'),
  };
  return (task) => [
    networks[task.network],
    ...(task.hostPids ? [t('toolbox.rights.hostPids')] : []),
    ...(task.unconfined ? [t('toolbox.rights.unconfined')] : []),
    ...(task.changes ? [t('toolbox.rights.changes')] : []),
    ...(task.sends ? [t('toolbox.rights.sends')] : []),
    ...(task.stays ? [t('toolbox.rights.stays')] : []),
    ...(task.changes || task.sends ? [] : [t('toolbox.rights.reads')]),
  ];
}

/** The toolbox says itself what its tasks are for, in every language of the window. */
const wordsIn = (language: string, { translations, ...english }: ToolboxTask): TaskWords =>
  language === 'zh-CN' ? translations[language] : english;

function Tasks({ tasks, grown }: { tasks: readonly ToolboxTask[]; grown: readonly string[] }) {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const rights = useRights();
  return (
    <ul className={classes.tasks}>
      {tasks.map((task) => (
        <li key={task.id} data-testid={`toolbox-task-${task.id}`} data-changes={task.changes || undefined}>
          <div className={classes.taskHead}>
            <strong>{wordsIn(language, task).title}</strong>
            <span className={classes.caps}>
              {task.capabilities.length === 0
                ? t('toolbox.rights.none')
                : task.capabilities.map((each) => (
                    <code key={each} className="tl-mono">
                      {each}
                    </code>
                  ))}
            </span>
          </div>
          <div>{wordsIn(language, task).why}</div>
          <div className={classes.quiet}>{rights(task).join(' · ')}</div>
          {grown.includes(task.id) && <div data-testid="toolbox-grown">{t('toolbox.rights.grown')}</div>}
        </li>
      ))}
    </ul>
  );
}

interface ImageProps {
  toolbox: ToolboxDescription;
  engineId: string;
  /** The field of the way there, where the image is not on the host yet. */
  way: React.ReactNode;
}

function Image({ toolbox, engineId, way }: ImageProps) {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const { settings, size, version } = toolbox;
  const image = toolboxOn(toolbox, engineId)?.image;
  const sizes = image
    ? t('toolbox.sizeOnHost', { size: formatBytes(image.size, language) })
    : size === null
      ? t('toolbox.sizeUnknown')
      : t('toolbox.sizeSent', { size: formatBytes(size, language) });
  return (
    <Facts
      facts={[
        { label: t('toolbox.image'), value: image?.reference ?? settings.image, mono: true },
        { label: t('toolbox.size'), value: sizes },
        { label: t('toolbox.version'), value: image?.version ?? version },
        { label: t('toolbox.method'), value: image ? t('toolbox.present') : way },
      ]}
    />
  );
}

interface Props {
  engineId: string;
  onClose: () => void;
}

function Body({ toolbox, engineId, onClose }: Props & { toolbox: ToolboxDescription }) {
  const { t } = useTranslation('host');
  const host = useInventory((state) => hostName(engineId, state.snapshot.engines));
  const shims = useShims().filter((each) => each.engineId === engineId);
  const entry = toolboxOn(toolbox, engineId);
  const { consent = 'unasked', grown = [], moved } = entry ?? {};
  const earlier = grown.length > 0 ? 'toolbox.grown' : 'toolbox.nothingYet';
  const set = useSetConsent(engineId);
  const app = useApp();
  const here = entry?.image !== null;
  const { settings } = toolbox;
  const [image, setImage] = useState(settings.image);
  const valid = Boolean(entry?.image) || canGetThere(settings, image);
  const [busy, setBusy] = useState<'allow' | 'refuse' | null>(null);
  useBusy(busy !== null);
  const [problem, setProblem] = useFailure<Problem>([settings, image]);
  const told = problem ?? entry?.left;
  const answer = async (granted: boolean) => {
    setBusy(granted ? 'allow' : 'refuse');
    const failed = await set(granted);
    setBusy(null);
    setProblem(failed);
    if (!failed) onClose();
  };
  return (
    <Stack gap="sm" data-testid="toolbox-dialog">
      <Text>{t('toolbox.intro', { host })}</Text>
      {consent === 'unasked' && <Text fw={500}>{t(moved ? 'toolbox.moved' : earlier, { host })}</Text>}
      <Image
        toolbox={toolbox}
        engineId={engineId}
        way={<MethodField settings={settings} image={image} onImage={setImage} />}
      />
      <Part title={t('toolbox.tasks')}>
        <Tasks tasks={toolbox.tasks} grown={grown} />
      </Part>
      {consent === 'granted' && (
        <Text size="xs" c="dimmed">
          {t('toolbox.withdrawBody')}{' '}
          {shims.length > 0 && t('toolbox.withdrawShims', { count: shims.length })}
        </Text>
      )}
      {told && <ProblemNote problem={told} />}
      <Group justify="flex-end" gap="sm" className={footer.footer}>
        <Text size="xs" c="dimmed" flex={1}>
          {!told && t('toolbox.remembered')}
        </Text>
        <Button
          variant="default"
          loading={busy === 'refuse'}
          disabled={busy !== null}
          onClick={() => void answer(false)}
          data-testid="toolbox-refuse"
        >
          {t(consent === 'granted' ? 'toolbox.withdraw' : 'toolbox.refuse')}
        </Button>
        {consent !== 'granted' && (
          <Button
            data-autofocus
            loading={busy === 'allow'}
            disabled={busy !== null || !valid}
            onClick={() => void answer(true)}
            data-testid="toolbox-allow"
          >
            {t('toolbox.allow')}
          </Button>
        )}
        {consent === 'granted' && !here && (
          <Button
            data-autofocus
            disabled={busy !== null || !valid}
            onClick={() => {
              void lookInto(app, engineId, true);
              onClose();
            }}
            data-testid="toolbox-again"
          >
            {t('toolbox.again')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** What the toolbox is and what it would be given on a host, before anything of it is there; allow or refuse. */
export function ToolboxDialog({ engineId, onClose }: Props) {
  const { t } = useTranslation('host');
  const { t: common } = useTranslation();
  const toolbox = useToolbox();
  const granted = useConsent(engineId) === 'granted';
  const host = useInventory((state) => hostName(engineId, state.snapshot.engines));
  const image = toolboxOn(toolbox, engineId)?.image;
  const title = t(!granted ? 'toolbox.title' : image ? 'toolbox.withdrawTitle' : 'toolbox.againTitle', {
    host,
  });
  return (
    <TaskDialog onClose={onClose} size={620} title={title}>
      {toolbox ? (
        <Body toolbox={toolbox} engineId={engineId} onClose={onClose} />
      ) : (
        <SlowLoader label={common('loading')} />
      )}
    </TaskDialog>
  );
}
