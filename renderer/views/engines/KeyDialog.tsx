import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hostNameOf } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { ProblemNote } from '../../components';
import { findEngine } from '../../store/inventory';
import { HostKey, isKeyProblem } from './HostKey';
import { useClosingCommand } from './use-closing-command';
import { CancelButton, TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  engineId: string;
  onClose: () => void;
}

/** The key that an engine's SSH host showed when the console last tried, to be accepted or understood. */
export function KeyDialog({ engineId, onClose }: Props) {
  const { t } = useTranslation('engines');
  const { t: common } = useTranslation();
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const { busy, failed, send } = useClosingCommand('engines.trust', onClose);
  const host = hostNameOf(engine, engineId);
  // Another key while the dialog is open is shown as such: what is accepted is always what is on screen.
  const problem = isKeyProblem(engine?.problem) ? engine.problem : null;
  const cancel = (
    <CancelButton
      label={common(problem?.code === 'ssh_host_unknown' ? 'actions.cancel' : 'actions.close')}
      autoFocus
    />
  );
  return (
    <TaskDialog busy={busy} onClose={onClose} size={620} title={t('key.title', { host })}>
      {problem ? (
        <HostKey
          problem={problem}
          busy={busy}
          onTrust={(fingerprint) => void send({ engineId, fingerprint })}
        >
          {cancel}
        </HostKey>
      ) : (
        <>
          <Text mb="md">{t('key.settled', { host })}</Text>
          {cancel}
        </>
      )}
      {failed && <ProblemNote problem={failed} />}
    </TaskDialog>
  );
}
