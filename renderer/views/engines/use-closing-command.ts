import { useState } from 'react';
import type { CommandInput, CommandName } from '../../../shared/contract';
import type { Problem } from '../../../shared/model';
import { useApp } from '../../context/context';

/** Sends a dialog's one command: the dialog closes when it worked, and stays with what failed. */
export function useClosingCommand<N extends CommandName>(name: N, onClose: () => void) {
  const { api } = useApp();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const send = async (input: CommandInput<N>): Promise<void> => {
    setBusy(true);
    const result = await api.invoke(name, input);
    setBusy(false);
    if (result.ok) onClose();
    else setFailed(result.error);
  };
  return { busy, failed, send };
}
