import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { useApp, useInventory } from '../../app/context';
import { ProblemNote } from '../../components';
import { findEngine } from '../../store/inventory';
import { HostKey, isKeyProblem } from './HostKey';

interface Props {
  engineId: string;
  onClose: () => void;
}

/** The key that an engine's SSH host showed when the console last tried, to be accepted or understood. */
export function KeyDialog({ engineId, onClose }: Props) {
  const { t } = useTranslation('engines');
  const { t: common } = useTranslation();
  const { api } = useApp();
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const host = engine?.name ?? engineId;
  // Another key while the dialog is open is shown as such: what is accepted is always what is on screen.
  const problem = isKeyProblem(engine?.problem) ? engine.problem : null;
  const trust = async (fingerprint: string) => {
    setBusy(true);
    const result = await api.invoke('engines.trust', { engineId, fingerprint });
    setBusy(false);
    if (result.ok) onClose();
    else setFailed(result.error);
  };
  const cancel = (
    <Button variant="default" onClick={onClose} data-autofocus>
      {common(problem?.code === 'ssh_host_unknown' ? 'actions.cancel' : 'actions.close')}
    </Button>
  );
  return (
    <Modal opened onClose={onClose} size={620} title={t('key.title', { host })}>
      {problem ? (
        <HostKey problem={problem} busy={busy} onTrust={(fingerprint) => void trust(fingerprint)}>
          {cancel}
        </HostKey>
      ) : (
        <>
          <Text mb="md">{t('key.settled', { host })}</Text>
          {cancel}
        </>
      )}
      {failed && <ProblemNote problem={failed} />}
    </Modal>
  );
}
