import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EngineMark } from '../components';
import { useInventory, usePreferences } from '../context/context';
import classes from './LookMenus.module.css';
import { useSetPreferences } from '../context/preferences';

const themes = ['auto', 'light', 'dark'] as const;
const themeIcons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

const tick = (on: boolean) => (on ? <IconCheck size={14} stroke={2} /> : null);

/** Light, dark, or as the system has it. */
export function ThemeMenu() {
  const { t } = useTranslation();
  const chosen = usePreferences((state) => state.theme);
  const set = useSetPreferences();
  const Chosen = themeIcons[chosen];
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={t('toolbar.theme')}>
          <ActionIcon aria-label={t('toolbar.theme')} data-testid="theme-menu">
            <Chosen size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map((theme) => {
          const Icon = themeIcons[theme];
          return (
            <Menu.Item
              key={theme}
              leftSection={<Icon size={15} stroke={1.6} />}
              rightSection={tick(theme === chosen)}
              onClick={() => set({ theme })}
              data-testid={`theme-${theme}`}
            >
              {t(`theme.${theme}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Each language is written in itself, for those who can't read the present one. */
const ownNames = { en: 'English', 'zh-CN': '简体中文' } as const;

/** English, Chinese, or as the system has it. */
export function LanguageMenu() {
  const { t } = useTranslation();
  const chosen = usePreferences((state) => state.language);
  const set = useSetPreferences();
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={t('toolbar.language')}>
          <ActionIcon aria-label={t('toolbar.language')} data-testid="language-menu">
            <IconLanguage size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {(['auto', 'en', 'zh-CN'] as const).map((language) => (
          <Menu.Item
            key={language}
            rightSection={tick(language === chosen)}
            onClick={() => set({ language })}
            data-testid={`language-${language}`}
            lang={language === 'auto' ? undefined : language}
          >
            {language === 'auto' ? t('language.auto') : ownNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const marks = { loading: 'connecting', ready: 'online', lost: 'connecting', failed: 'offline' } as const;

/** Whether the picture follows the engines at this moment. */
export function ConnectionMark() {
  const { t } = useTranslation();
  const phase = useInventory((state) => state.phase);
  return (
    <Tooltip label={t(`connection.${phase}`)}>
      <span
        className={classes.connection}
        role="status"
        aria-label={t(`connection.${phase}`)}
        data-phase={phase}
      >
        <EngineMark state={marks[phase]} />
      </span>
    </Tooltip>
  );
}
