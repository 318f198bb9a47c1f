import { Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconServerOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineConfigList } from '../../../shared/model';
import type { EngineGroup } from '../../../shared/rules';
import { useEngines, useInventory } from '../../context/context';
import { CopyButton, EmptyState, ProblemNote, SlowLoader } from '../../components';
import { hostEntries, type HostEntry } from '../../store/engines';
import { AddHost, useDemoOnly } from './AddHost';
import classes from './EnginesDialog.module.css';
import { Grip } from './Grip';
import { HostRow } from './HostRow';
import { Remembered } from './Remembered';
import { keyOfHeld, useArrange } from './use-arrange';
import words from './words.module.css';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface GroupProps {
  group: EngineGroup<HostEntry>;
  /** The only one, and without a name: no heading. */
  only: boolean;
  arrange: ReturnType<typeof useArrange>;
}

function HostGroup({ group, only, arrange }: GroupProps) {
  const { t } = useTranslation('engines');
  const held = { kind: 'group', name: group.name } as const;
  const name = group.name || t('list.ungrouped');
  const key = keyOfHeld(held);
  return (
    <section
      aria-label={name}
      className={classes.group}
      data-place={key}
      data-over={arrange.drag?.over === key || undefined}
    >
      {!only && (
        <header className={classes.groupHead}>
          <Grip label={t('list.dragGroup', { group: name })} {...arrange.grip(held)} />
          <h3 className={words.title} data-own={group.name !== '' || undefined}>
            {name}
          </h3>
          <span className={words.quiet}>{t('list.hostCount', { count: group.engines.length })}</span>
        </header>
      )}
      <ul className={classes.hosts}>
        {group.engines.map((host) => (
          <HostRow key={host.id} host={host} arrange={arrange} />
        ))}
      </ul>
    </section>
  );
}

function HostList({ list }: { list: EngineConfigList }) {
  const { t } = useTranslation('engines');
  const engines = useInventory((state) => state.snapshot.engines);
  const groups = useMemo(() => hostEntries(list, engines), [list, engines]);
  const arrange = useArrange(groups);
  if (list.engines.length === 0)
    return (
      <EmptyState
        icon={<IconServerOff size={30} stroke={1.4} />}
        title={t('list.none')}
        hint={t('list.noneHint')}
      />
    );
  const only = groups.length === 1 && groups[0]?.name === '';
  return (
    <>
      {arrange.problem && <ProblemNote problem={arrange.problem} />}
      <div aria-label={t('list.label')} role="group" className={classes.list}>
        {groups.map((group) => (
          <HostGroup key={group.name} group={group} only={only} arrange={arrange} />
        ))}
      </div>
    </>
  );
}

/** Every host: how it is reached and how it stands; the place to add, edit, arrange and remove them. */
export function EnginesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('engines');
  const { t: common } = useTranslation();
  const list = useEngines((state) => state.list);
  const problem = useEngines((state) => state.problem);
  const demoOnly = useDemoOnly();
  return (
    <TaskDialog onClose={onClose} size={980} title={t('title')}>
      <Stack gap="md" data-testid="engines-dialog">
        {demoOnly && (
          <Text size="xs" c="dimmed" className={classes.closed}>
            <IconInfoCircle size={15} stroke={1.6} aria-hidden /> {t('list.demoOnly')}
          </Text>
        )}
        {list?.problem && <ProblemNote problem={list.problem} title={t('list.fileProblem')} />}
        {problem && <ProblemNote problem={problem} />}
        {list ? <HostList list={list} /> : !problem && <SlowLoader label={common('loading')} />}
        {list && list.passphrases.length > 0 && <Remembered list={list} />}
        <Group gap="sm" wrap="nowrap" className={classes.listFoot}>
          <Text size="xs" c="dimmed" flex={1} component="div" className={classes.file}>
            {list && (
              <>
                {t('list.settings')} <span className="tl-mono">{list.file}</span>{' '}
                <CopyButton value={list.file} />
              </>
            )}
          </Text>
          <AddHost back={{ kind: 'engines' }} autoFocus />
        </Group>
      </Stack>
    </TaskDialog>
  );
}
