import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GuardStatus } from '../../../shared/model';
import { guardKey } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { needsALook } from '../../context/guards';
import { Section } from '../../components';
import { findEngine } from '../../store/inventory';
import { Attachments } from './GuardParts';
import { GuardState } from './GuardState';
import { useGuards } from './use-guards';
import classes from './guard.module.css';

/** Leads to the container, where there is one. */
function Name({ guard }: { guard: GuardStatus }) {
  const { stores } = useApp();
  const { engineId, containerName, current } = guard;
  if (current === null) return <strong>{containerName}</strong>;
  const select = () => stores.ui.setState({ selection: { kind: 'container', engineId, id: current } });
  return (
    <Anchor component="button" type="button" size="sm" onClick={select}>
      {containerName}
    </Anchor>
  );
}

function Row({ guard }: { guard: GuardStatus }) {
  const { engineId, containerName, state } = guard;
  const host = useInventory(({ snapshot }) => findEngine(snapshot, engineId)?.name);
  return (
    <li className={classes.row} data-testid={`guard-of-${containerName}`}>
      <div>
        <Name guard={guard} /> <span className={classes.quiet}>{host}</span>
      </div>
      {(state === 'away' || state === 'waiting') && <Attachments attachments={guard.attachments} />}
      <GuardState guard={guard} />
    </li>
  );
}

/** As it should be, and nothing to be told of it. */
const isPlain = ({ state, rivals }: GuardStatus): boolean => state === 'kept' && !rivals;

const rank = (guard: GuardStatus): number => (needsALook(guard) ? 0 : guard.state === 'kept' ? 2 : 1);

/** All guards that are not as they should be, those that need a look first; nothing where none is kept. */
export function GuardsSection() {
  const { t } = useTranslation('guard');
  const guards = useGuards();
  if (guards.length === 0) return null;
  const others = guards.filter((one) => !isPlain(one)).sort((a, b) => rank(a) - rank(b));
  const kept = guards.filter(isPlain);
  return (
    <Section title={t('overview')} aside={<span className={classes.quiet}>{guards.length}</span>}>
      <ul className={classes.rows} data-testid="guards">
        {others.map((guard) => (
          <Row key={guardKey(guard)} guard={guard} />
        ))}
      </ul>
      {kept.length > 0 && (
        <div className={classes.kept} data-testid="guards-kept">
          <span className={classes.quiet}>{t('asGuarded')}</span>
          {kept.map((guard) => (
            <Name key={guardKey(guard)} guard={guard} />
          ))}
        </div>
      )}
    </Section>
  );
}
