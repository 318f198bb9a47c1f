import { Button, Group, Text } from '@mantine/core';
import { IconShield, IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GuardDifference, GuardStatus } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { useReadOnly } from '../../context/context';
import { useObstacles } from '../../context/obstacles';
import { ProblemNote } from '../../components';
import { useGuardActions } from './use-guards';
import classes from './guard.module.css';

/** Whether the admin has to look at it. */
export const needsALook = ({ state }: GuardStatus): boolean =>
  state === 'asked' || state === 'doubled' || state === 'failed';

function Difference({ difference }: { difference: GuardDifference }) {
  const { t } = useTranslation('guard');
  const { what, networkName: network, kept, actual } = difference;
  const key = what === 'automatic' && actual === '' ? 'automaticNone' : what;
  return <li>{t(`difference.${key}`, { network, kept, actual })}</li>;
}

function Buttons({ guard }: { guard: GuardStatus }) {
  const { t } = useTranslation('guard');
  const { engineId, containerName: name, state } = guard;
  const offline = useObstacles().host(engineId);
  const { busy, problem, decide, release } = useGuardActions(guard);
  const common = { size: 'compact-xs', variant: 'default' } as const;
  const decides = { ...common, disabled: busy !== null || offline !== undefined, title: offline };
  return (
    <>
      <Group gap="xs">
        {(state === 'asked' || state === 'failed') && (
          <Button
            {...decides}
            loading={busy === 'restore'}
            aria-label={t('restoreOf', { name })}
            onClick={() => decide('restore')}
            data-testid="guard-restore"
          >
            {t('restore')}
          </Button>
        )}
        {state === 'asked' && (
          <Button
            {...decides}
            loading={busy === 'adopt'}
            aria-label={t('adoptOf', { name })}
            onClick={() => decide('adopt')}
            data-testid="guard-adopt"
          >
            {t('adopt')}
          </Button>
        )}
        <Button
          {...common}
          loading={busy === 'release'}
          disabled={busy !== null}
          aria-label={t('releaseOf', { name })}
          onClick={release}
          data-testid="guard-release"
        >
          {t('release')}
        </Button>
      </Group>
      {problem && problem.code !== guard.problem?.code && <ProblemNote problem={problem} />}
    </>
  );
}

/** How a guard stands, and what can be done about it. */
export function GuardState({ guard }: { guard: GuardStatus }) {
  const { t } = useTranslation('guard');
  const readOnly = useReadOnly();
  const { state, differences, problem } = guard;
  const Icon = needsALook(guard) ? IconShieldExclamation : state === 'kept' ? IconShieldCheck : IconShield;
  const differs = state === 'asked' || state === 'restoring' || state === 'failed';
  return (
    <div className={classes.state} data-testid="guard-state" data-state={state}>
      <Text size="sm" className={classes.line}>
        <Icon size={16} stroke={1.7} className={classes.icon} data-state={state} aria-hidden />
        <span>{t(`states.${readOnly && state === 'waiting' ? 'readOnly' : state}`)}</span>
      </Text>
      {differs && differences.length > 0 && (
        <ul className={classes.differences}>
          {differences.map((each) => (
            <Difference key={each.networkName} difference={each} />
          ))}
        </ul>
      )}
      {problem && <ProblemNote problem={problem} />}
      <Changing>
        <Buttons guard={guard} />
      </Changing>
    </div>
  );
}
