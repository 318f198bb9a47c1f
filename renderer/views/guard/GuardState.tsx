import { Button, Group, Text } from '@mantine/core';
import { IconShield, IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GuardDifference, GuardRivalNote, GuardStatus } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { attachmentsToKeep, hostName } from '../../../shared/rules';
import { useInventory, useReadOnly } from '../../context/context';
import { needsALook } from '../../context/guards';
import { useObstacles } from '../../context/obstacles';
import { ProblemNote } from '../../components';
import { useGuardActions } from './use-guards';
import classes from './guard.module.css';

function Difference({ difference }: { difference: GuardDifference }) {
  const { t } = useTranslation('guard');
  const { what, networkName: network, kept, actual } = difference;
  const same = actual === '' || actual === kept;
  const key = what === 'automatic' && same ? 'automaticNone' : what;
  return <li>{t(`difference.${key}`, { network, kept, actual })}</li>;
}

function Buttons({ guard }: { guard: GuardStatus }) {
  const { t } = useTranslation('guard');
  const { engineId, containerName: name, state, differences } = guard;
  const snapshot = useInventory((each) => each.snapshot);
  const current = snapshot.containers.find((each) => each.engineId === engineId && each.id === guard.current);
  // Where nothing is fixed there is nothing to guard instead.
  const adoptable = current !== undefined && attachmentsToKeep(current, snapshot, false).length > 0;
  const [only, ...more] = differences;
  const single = only && more.length === 0 ? only : undefined;
  const decided = state === 'asked' || state === 'failed' || state === 'stuck';
  const offline = useObstacles().host(engineId);
  const { busy, problem, decide, release } = useGuardActions(guard);
  const common = { size: 'compact-xs', variant: 'default' } as const;
  const decides = { ...common, disabled: busy !== null || offline !== undefined, title: offline };
  return (
    <>
      <Group gap="xs">
        {decided && (
          <Button
            {...decides}
            loading={busy === 'restore'}
            aria-label={t('restoreOf', { name })}
            onClick={() => decide('restore')}
            data-testid="guard-restore"
          >
            {single?.kept ? t('restoreAddress', { address: single.kept }) : t('restore')}
          </Button>
        )}
        {decided && adoptable && (
          <Button
            {...decides}
            loading={busy === 'adopt'}
            aria-label={t('adoptOf', { name })}
            onClick={() => decide('adopt')}
            data-testid="guard-adopt"
          >
            {single?.what === 'other' ? t('adoptAddress', { address: single.actual }) : t('adopt')}
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
      {problem && needsALook(guard) && problem.code !== guard.problem?.code && (
        <ProblemNote problem={problem} />
      )}
    </>
  );
}

/** Another guard that keeps the same address. */
function Rival({ rival }: { rival: GuardRivalNote }) {
  const { t } = useTranslation('guard');
  const { engineId, containerName: container, address, wins, why } = rival;
  const engines = useInventory((state) => state.snapshot.engines);
  const key = `${wins ? 'wins' : 'loses'}${why === 'has' ? 'Has' : 'Older'}` as const;
  return (
    <Text size="xs" c="var(--tl-warn)" role="note" data-testid="guard-rival">
      {t(`rivals.${key}`, { container, address, host: hostName(engineId, engines) })}
    </Text>
  );
}

/** How a guard stands, and what can be done about it. */
export function GuardState({ guard }: { guard: GuardStatus }) {
  const { t } = useTranslation('guard');
  const readOnly = useReadOnly();
  const { state, differences, problem } = guard;
  const Icon = needsALook(guard) ? IconShieldExclamation : state === 'kept' ? IconShieldCheck : IconShield;
  const differs = state === 'asked' || state === 'restoring' || state === 'failed' || state === 'stuck';
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
      {guard.rivals?.map((rival) => (
        <Rival key={`${rival.engineId} ${rival.containerName} ${rival.address}`} rival={rival} />
      ))}
      <Changing>
        <Buttons guard={guard} />
      </Changing>
    </div>
  );
}
