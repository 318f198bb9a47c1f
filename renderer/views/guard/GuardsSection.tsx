import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GuardStatus } from '../../../shared/model';
import { useApp, useInventory } from '../../context/context';
import { Section } from '../../components';
import { findEngine } from '../../store/inventory';
import { Attachments } from './GuardParts';
import { GuardState, needsALook } from './GuardState';
import { guardKey, useGuards } from './use-guards';
import classes from './guard.module.css';

function Row({ guard }: { guard: GuardStatus }) {
  const { stores } = useApp();
  const { engineId, containerName, current, state } = guard;
  const host = useInventory(({ snapshot }) => findEngine(snapshot, engineId)?.name);
  const select = () =>
    current !== null && stores.ui.setState({ selection: { kind: 'container', engineId, id: current } });
  return (
    <li className={classes.row} data-testid={`guard-of-${containerName}`}>
      <div>
        {current === null ? (
          <strong>{containerName}</strong>
        ) : (
          <Anchor component="button" type="button" size="sm" onClick={select}>
            {containerName}
          </Anchor>
        )}{' '}
        <span className={classes.quiet}>{host}</span>
      </div>
      <GuardState guard={guard} />
      {state === 'away' && <Attachments attachments={guard.attachments} />}
    </li>
  );
}

const rank = (guard: GuardStatus): number => (needsALook(guard) ? 0 : guard.state === 'kept' ? 2 : 1);

/** All guards that are not as they should be, those that need a look first; nothing where none is kept. */
export function GuardsSection() {
  const { t } = useTranslation('guard');
  const guards = useGuards();
  if (guards.length === 0) return null;
  const others = guards.filter(({ state }) => state !== 'kept').sort((a, b) => rank(a) - rank(b));
  const kept = guards.length - others.length;
  return (
    <Section title={t('overview')} aside={<span className={classes.quiet}>{guards.length}</span>}>
      <ul className={classes.rows} data-testid="guards">
        {others.map((guard) => (
          <Row key={guardKey(guard)} guard={guard} />
        ))}
      </ul>
      {kept > 0 && (
        <Text size="xs" c="dimmed">
          {others.length === 0 ? t('all', { count: kept }) : t('kept', { count: kept })}
        </Text>
      )}
    </Section>
  );
}
