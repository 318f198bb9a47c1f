import { assertNever } from '../../shared/model';
import { AttachDialog } from '../views/change/AttachDialog';
import { ChangeDialog } from '../views/change/ChangeDialog';
import { ChangeLogDialog } from '../views/change/ChangeLogDialog';
import { NewNetworkDialog } from '../views/change/NewNetworkDialog';
import { RawDialog } from '../views/dialogs/RawDialog';
import { ShortcutsDialog } from '../views/dialogs/ShortcutsDialog';
import { SegmentDialog } from '../views/segments/SegmentDialog';
import { useApp, useUi } from './context';

/** The dialog that the ui store asks for; one at a time. */
export function Dialogs() {
  const { stores } = useApp();
  const dialog = useUi((state) => state.dialog);
  const close = () => stores.ui.setState({ dialog: null });
  if (!dialog) return null;
  switch (dialog.kind) {
    case 'change':
      return <ChangeDialog request={dialog.request} preview={dialog.preview} onClose={close} />;
    case 'attach':
      return <AttachDialog engineId={dialog.engineId} containerId={dialog.containerId} onClose={close} />;
    case 'new-network':
      return <NewNetworkDialog engineId={dialog.engineId} onClose={close} />;
    case 'raw':
      return <RawDialog selection={dialog.selection} onClose={close} />;
    case 'change-log':
      return <ChangeLogDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case 'segment-form':
    case 'segment-change':
    case 'segment-export':
    case 'segment-import':
      return <SegmentDialog dialog={dialog} onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
