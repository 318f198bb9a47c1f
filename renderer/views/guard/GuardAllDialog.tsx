import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuardRefusal, Problem } from '../../../shared/model';
import { useApp, useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { ProblemNote } from '../../components';
import { Part } from '../../components/Part';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { TaskDialog, useBusy } from '../../components/dialog/TaskDialog';
import { useSentences } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { useTargets } from './use-targets';
import classes from './guard.module.css';

type Props = DialogProps<'guard-all'>;

/** Those that are not guarded, each with why. */
function Refused({ refused }: { refused: readonly GuardRefusal[] }) {
  const { t } = useTranslation('guard');
  const sentences = useSentences();
  const snapshot = useInventory((state) => state.snapshot);
  return (
    <Part title={t('all.refused')}>
      <ul className={classes.rows} data-testid="guard-refused">
        {refused.map(({ engineId, containerId, containerName, problem }) => (
          <li key={`${engineId} ${containerId}`} className={classes.row}>
            <strong>{containerName}</strong>{' '}
            <span className={classes.quiet}>{findEngine(snapshot, engineId)?.name}</span>
            <Text size="xs">{sentences.whole(problem)}</Text>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Sends it; closes where nothing is left to be told. */
function useSend({ targets, purpose, onClose }: Props) {
  const { api, stores } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<readonly GuardRefusal[]>([]);
  useBusy(busy);
  const send = async () => {
    setBusy(true);
    setProblem(null);
    const result =
      purpose === 'set'
        ? await api.invoke('guard.setAll', targets)
        : await api.invoke('guard.releaseAll', targets);
    setBusy(false);
    if (!result.ok) return setProblem(result.error);
    const { guards, refused: left } = Array.isArray(result.value)
      ? { guards: result.value, refused: [] }
      : result.value;
    stores.guards.setState({ guards });
    if (left.length === 0) onClose();
    else setRefused(left);
  };
  return { busy, problem, refused, send };
}

function Body(props: Props) {
  const { t } = useTranslation('guard');
  const { purpose, name } = props;
  const { containers, guarded, open } = useTargets(props.targets);
  const { busy, problem, refused, send } = useSend(props);
  const told = refused.length > 0;
  const count = purpose === 'set' ? open.length : guarded.length;
  const names = purpose === 'set' ? open : guarded.map(({ containerName }) => containerName);
  return (
    <form
      data-testid="guard-all-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (told) props.onClose();
        else void send();
      }}
    >
      <Stack gap="sm">
        {told ? (
          <Refused refused={refused} />
        ) : (
          <>
            <Text>{t(`all.${purpose}`, { name, number: count })}</Text>
            <Text size="sm">{names.join(', ')}</Text>
            {purpose === 'set' && guarded.length > 0 && (
              <Text size="xs" c="dimmed">
                {t('all.already', { number: guarded.length, total: containers.length })}
              </Text>
            )}
            <div className={classes.quiet}>
              <p>{t(purpose === 'set' ? 'all.fixes' : 'all.stays')}</p>
              {purpose === 'set' && <p>{t('dialog.running')}</p>}
            </div>
          </>
        )}
        {problem && <ProblemNote problem={problem} />}
        <DialogFooter
          label={told ? t('all.read') : t(purpose === 'set' ? 'all.apply' : 'all.applyRelease')}
          pending={false}
          blocked={busy || (!told && count === 0)}
          autoFocus
        />
      </Stack>
    </form>
  );
}

/** All containers of a network, or of a segment on all of its hosts: guarded, or not any longer. */
export function GuardAllDialog(props: Props) {
  const { t } = useTranslation('guard');
  const { name, purpose, onClose } = props;
  return (
    <TaskDialog
      onClose={onClose}
      size={520}
      title={t(purpose === 'set' ? 'all.title' : 'all.titleRelease', { name })}
    >
      <Body {...props} />
    </TaskDialog>
  );
}
