import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect, useMemo, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { useStore } from 'zustand';
import { chooseLanguage, createI18n, type Language } from '../i18n';
import type { Stores } from '../store';
import { toastsInReach } from '../store/ui';
import { preferenceColorScheme } from './color-scheme';
import { themeFor, variables } from '../theme/theme';
import { words } from '../views/features';
import { App } from './App';
import classes from './Root.module.css';
import { AppContext, type AppContextValue } from '../context/context';

/** Theme and language, following the preferences. */
export function Look({ stores, locales, children }: LookProps) {
  const preference = useStore(stores.preferences, (state) => state.language);
  const language: Language = chooseLanguage(preference, locales);
  const [i18n] = useState(() => createI18n(language, words));
  const scheme = useMemo(() => preferenceColorScheme(stores.preferences), [stores]);
  useEffect(() => {
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [i18n, language]);
  const theme = useMemo(
    () => themeFor({ close: i18n.getFixedT(language, 'common')('actions.close') }),
    [i18n, language],
  );
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
    >
      <I18nextProvider i18n={i18n}>{children}</I18nextProvider>
    </MantineProvider>
  );
}

interface LookProps {
  stores: Stores;
  /** The system's languages, the most wanted first. */
  locales: readonly string[];
  children: React.ReactNode;
}

/** The whole window. */
export function Root(value: AppContextValue) {
  const { stores, info } = value;
  const context = useMemo(() => value, [value]);
  const beside = useStore(stores.preferences, (state) => state.inspectorWidth);
  const inReach = useStore(stores.ui, toastsInReach);
  // A browser knows its user's languages better than the machine that serves the console.
  const locales = info.transport === 'web' ? navigator.languages : [info.locale, ...navigator.languages];
  return (
    <Look stores={stores} locales={locales}>
      <AppContext value={context}>
        <Notifications
          // Over the inspector, which can be scrolled from beneath them, and not over the picture, where the next gesture is.
          position="bottom-right"
          limit={3}
          notificationMaxHeight="40vh"
          containerWidth={`calc(min(${String(beside)}px, 60vw) - 24px)`}
          // Dialogs are at 200.
          zIndex={inReach ? 210 : 190}
          className={classes.toasts}
        />
        <App />
      </AppContext>
    </Look>
  );
}
