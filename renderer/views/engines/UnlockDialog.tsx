import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hostNameOf } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { ProblemNote } from '../../components';
import { findEngine } from '../../store/inventory';
import { isPassphraseProblem, Passphrase } from './Passphrase';
import { useClosingCommand } from './use-closing-command';
import { CancelButton, TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  engineId: string;
  onClose: () => void;
}

/** Asks for the passphrase of an engine's SSH key. */
export function UnlockDialog({ engineId, onClose }: Props) {
  const { t } = useTranslation('engines');
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const { busy, failed, send } = useClosingCommand('engines.unlock', onClose);
  const host = hostNameOf(engine, engineId);
  const problem = isPassphraseProblem(failed ?? undefined) ? failed : engine?.problem;
  return (
    <TaskDialog busy={busy} onClose={onClose} size={480} title={t('unlock.title', { host })} form>
      {failed && !isPassphraseProblem(failed) && <ProblemNote problem={failed} />}
      {problem && isPassphraseProblem(problem) ? (
        <Passphrase
          problem={problem}
          busy={busy}
          autoFocus
          onSubmit={(typed) => void send({ engineId, ...typed })}
        >
          {(ready, submit) => (
            <Group justify="flex-end" gap="sm">
              <CancelButton />
              <Button loading={busy} disabled={!ready} onClick={submit} data-testid="unlock">
                {t('unlock.unlock')}
              </Button>
            </Group>
          )}
        </Passphrase>
      ) : (
        <>
          <Text mb="md">{t('key.settled', { host })}</Text>
          <CancelButton />
        </>
      )}
    </TaskDialog>
  );
}
