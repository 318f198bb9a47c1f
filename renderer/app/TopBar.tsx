import { ActionIcon, Badge, Button, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconHistory,
  IconEye,
  IconKeyboard,
  IconLogout,
  IconMap2,
  IconPlus,
  IconServer2,
  IconStack2,
  IconTable,
  IconTopologyStar3,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../views/search/SearchField';
import { signOutHere } from '../bridge';
import { useApp, usePreferences, useReadOnly, useUi } from '../context/context';
import { Changing } from '../context/Changing';
import { Filters } from './Filters';
import { ConnectionMark, LanguageMenu, ThemeMenu } from './LookMenus';
import { Mark } from './Mark';
import { useSetPreferences } from '../context/preferences';
import classes from './TopBar.module.css';

function ViewSwitch() {
  const { t } = useTranslation();
  const view = usePreferences((state) => state.view);
  const set = useSetPreferences();
  const option = (value: 'topology' | 'table', Icon: typeof IconTable) => ({
    value,
    label: (
      <span className={classes.option} title={t(`views.${value}`)} data-testid={`view-${value}`}>
        <Icon size={15} stroke={1.6} aria-hidden />
        <span className={classes.word}>{t(`views.${value}`)}</span>
      </span>
    ),
  });
  return (
    <SegmentedControl
      aria-label={t('views.label')}
      value={view}
      onChange={(value) => set({ view: value as 'topology' | 'table' })}
      data={[option('topology', IconTopologyStar3), option('table', IconTable)]}
      transitionDuration={90}
    />
  );
}

/** Shows and hides the list of segments. */
function SegmentsButton() {
  const { t } = useTranslation('segments');
  const { stores } = useApp();
  const open = useUi((state) => state.segmentsOpen);
  return (
    <Tooltip label={`${t('open')} (S)`}>
      <Button
        variant={open ? 'light' : 'default'}
        classNames={{ section: classes.icon }}
        leftSection={<IconStack2 size={15} stroke={1.6} />}
        aria-pressed={open}
        onClick={() => stores.ui.setState({ segmentsOpen: !open })}
        data-testid="segments"
      >
        <span className={classes.word}>{t('open')}</span>
      </Button>
    </Tooltip>
  );
}

/** Says why nothing here can be changed. */
function ReadOnlyBadge() {
  const { t } = useTranslation();
  if (!useReadOnly()) return null;
  return (
    <Tooltip label={t('readOnly.why')} multiline w={280}>
      <Badge
        variant="light"
        color="yellow"
        radius="sm"
        tt="none"
        leftSection={<IconEye size={13} stroke={1.8} aria-hidden />}
        tabIndex={0}
        className={classes.badge}
        data-testid="read-only"
      >
        {t('readOnly.badge')}
      </Badge>
    </Tooltip>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const { info } = useApp();
  if (!info.remote) return null;
  return (
    <Tooltip label={t('toolbar.signOut')}>
      <ActionIcon aria-label={t('toolbar.signOut')} onClick={() => void signOutHere()} data-testid="sign-out">
        <IconLogout size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Name, search, filters, view, and what can be done anywhere. */
export function TopBar() {
  const { t } = useTranslation();
  const { stores } = useApp();
  const open = (kind: 'new-network' | 'engines' | 'subnets' | 'change-log' | 'shortcuts') =>
    stores.ui.setState({ dialog: { kind } });
  return (
    <header className={classes.bar}>
      <h1 className={classes.name}>
        <Mark />
        <span>Trunkline</span>
      </h1>
      <ReadOnlyBadge />
      <SearchField />
      <Filters />
      <div className={classes.space} />
      <SegmentsButton />
      <ViewSwitch />
      <Changing>
        <Button
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={() => open('new-network')}
          data-testid="new-network"
        >
          {t('toolbar.newNetwork')}
        </Button>
      </Changing>
      <div className={classes.tools} role="toolbar" aria-label={t('toolbar.label')}>
        <Tooltip label={`${t('toolbar.hosts')} (H)`}>
          <ActionIcon aria-label={t('toolbar.hosts')} onClick={() => open('engines')} data-testid="hosts">
            <IconServer2 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${t('toolbar.subnets')} (I)`}>
          <ActionIcon aria-label={t('toolbar.subnets')} onClick={() => open('subnets')} data-testid="subnets">
            <IconMap2 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${t('toolbar.changeLog')} (L)`}>
          <ActionIcon
            aria-label={t('toolbar.changeLog')}
            onClick={() => open('change-log')}
            data-testid="change-log"
          >
            <IconHistory size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${t('toolbar.shortcuts')} (?)`}>
          <ActionIcon aria-label={t('toolbar.shortcuts')} onClick={() => open('shortcuts')}>
            <IconKeyboard size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <LanguageMenu />
        <ThemeMenu />
        <SignOut />
        <ConnectionMark />
      </div>
    </header>
  );
}
