import { assertNever } from '../../shared/model';
import { AttachDialog } from '../views/change/AttachDialog';
import { ChangeDialog } from '../views/change/ChangeDialog';
import { ChangeLogDialog } from '../views/change/ChangeLogDialog';
import { RecoverDialog } from '../views/change/RecoverDialog';
import { NewNetworkDialog } from '../views/change/NewNetworkDialog';
import { RawDialog } from '../views/raw/RawDialog';
import { ShortcutsDialog } from './ShortcutsDialog';
import { EngineDialog } from '../views/engines/EngineDialog';
import { SegmentDialog } from '../views/segments/SegmentDialog';
import { HostDialog } from '../views/host/HostDialog';
import { IsolationDialog } from '../views/host/IsolationDialog';
import { ShimDialog } from '../views/host/ShimDialog';
import { ToolboxDialog } from '../views/host/ToolboxDialog';
import { useApp, useUi } from '../context/context';

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
      return (
        <AttachDialog
          engineId={dialog.engineId}
          containerId={dialog.containerId}
          from={dialog.from}
          onClose={close}
        />
      );
    case 'new-network':
      return <NewNetworkDialog engineId={dialog.engineId} parent={dialog.parent} onClose={close} />;
    case 'raw':
      return <RawDialog selection={dialog.selection} onClose={close} />;
    case 'toolbox':
      return <ToolboxDialog engineId={dialog.engineId} onClose={close} />;
    case 'host':
      return <HostDialog engineId={dialog.engineId} onClose={close} />;
    case 'shim':
      return <ShimDialog engineId={dialog.engineId} networkId={dialog.networkId} onClose={close} />;
    case 'isolation':
      return <IsolationDialog networks={dialog.networks} onClose={close} />;
    case 'engines':
    case 'engine-form':
    case 'engine-key':
    case 'engine-unlock':
    case 'engine-remove':
      return <EngineDialog dialog={dialog} />;
    case 'recover':
      return <RecoverDialog key={dialog.id + dialog.action} {...dialog} onClose={close} />;
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
