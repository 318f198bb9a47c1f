import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Engine } from '../../shared/model';
import { EngineMark } from '../components';
import { useApp, useInventory } from '../context/context';
import classes from './Opening.module.css';

/** More than these say no more. */
const most = 9;

type Host = Pick<Engine, 'id' | 'name' | 'state'>;

/** The hosts as far as they are known: by the picture, or else by how they are reached. */
function useHosts(): readonly Host[] {
  const { stores } = useApp();
  const engines = useInventory((state) => state.snapshot.engines);
  const list = useStore(stores.engines, (state) => state.list);
  if (engines.length > 0) return engines;
  return (list?.engines ?? []).map(({ id, name }) => ({ id, name: name ?? id, state: 'connecting' }));
}

/** What stands in the place of a view that is not there yet: the hosts by name, and that they are on their way. */
export function Opening() {
  const { t } = useTranslation();
  const hosts = useHosts();
  const connecting = hosts.some(({ state }) => state === 'connecting');
  return (
    <div className={classes.opening} data-testid="opening">
      <div role="status" className={classes.head}>
        <Loader size={14} />
        <Text>{t(connecting ? 'opening.connecting' : 'loading')}</Text>
      </div>
      {hosts.length > 0 && (
        <ul className={classes.hosts} aria-label={t('filters.host')}>
          {hosts.slice(0, most).map(({ id, name, state }) => (
            <li key={id} className={classes.host}>
              <div className={classes.head}>
                <EngineMark state={state} />
                <b className="tl-ellipsis" title={name}>
                  {name}
                </b>
                <span>{t(`engineStates.${state}`)}</span>
              </div>
              <i />
              <i />
            </li>
          ))}
        </ul>
      )}
      {hosts.length > most && (
        <Text size="xs" c="dimmed">
          {t('opening.more', { count: hosts.length - most })}
        </Text>
      )}
    </div>
  );
}
