import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReadOnly } from '../../context/context';
import { groups } from './groups';
import classes from './ShortcutsDialog.module.css';
import { TaskDialog } from '../../components/dialog/TaskDialog';

/** The key as the keyboard in front of the admin has it. */
const nameOf = (key: string): string =>
  key === 'Mod' ? (/mac/i.test(navigator.platform) ? '⌘' : 'Ctrl') : key;

/** Keys that a read-only console lacks. */
const changing: ReadonlySet<string> = new Set([
  'newNetwork',
  'undo',
  'attach',
  'moveNetwork',
  'detach',
  'address',
]);

/** What each key does. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const readOnly = useReadOnly();
  return (
    <TaskDialog onClose={onClose} title={t('shortcuts.title')} size="lg">
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className={classes.title}>{t(`shortcuts.${group.title}`)}</h3>
            <dl className={classes.list}>
              {group.keys
                .filter(([name]) => !(readOnly && changing.has(name)))
                .map(([name, keys]) => (
                  <div key={name} className={classes.row}>
                    <dt>{t(`shortcuts.${name}`)}</dt>
                    <dd className={classes.keys}>
                      {keys.split(' ').map((key) => (
                        <Kbd key={key} size="xs">
                          {nameOf(key)}
                        </Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </TaskDialog>
  );
}
