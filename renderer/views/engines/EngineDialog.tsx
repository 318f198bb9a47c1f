import { useApp } from '../../context/context';
import type { Dialog } from '../../store/ui';
import { EngineFormDialog } from './EngineFormDialog';
import { EnginesDialog } from './EnginesDialog';
import { KeyDialog } from './KeyDialog';
import { RemoveDialog } from './RemoveDialog';
import { UnlockDialog } from './UnlockDialog';

type OwnDialog = Extract<Dialog, { kind: 'engines' | `engine-${string}` }>;

/** Whichever dialog about hosts is asked for; one that was opened from the list goes back to it. */
export function EngineDialog({ dialog }: { dialog: OwnDialog }) {
  const { stores } = useApp();
  const back = 'back' in dialog ? dialog.back : undefined;
  const close = () => stores.ui.setState({ dialog: back ? { kind: back } : null });
  switch (dialog.kind) {
    case 'engines':
      return <EnginesDialog onClose={close} />;
    case 'engine-form':
      return <EngineFormDialog engineId={dialog.engineId} onClose={close} />;
    case 'engine-key':
      return <KeyDialog engineId={dialog.engineId} onClose={close} />;
    case 'engine-unlock':
      return <UnlockDialog engineId={dialog.engineId} onClose={close} />;
    case 'engine-remove':
      return <RemoveDialog engineId={dialog.engineId} onClose={close} />;
  }
}
