import { useApp, useUi } from '../context/context';
import type { Back, Dialog, DialogKind } from '../store/ui';
import { dialogs } from '../views/features';
import { useFocusBack } from './use-focus-back';

/** One that was opened from another goes back to it. */
function Open<K extends DialogKind>({ kind, dialog }: { kind: K; dialog: Dialog<K> }) {
  const { stores } = useApp();
  const back = 'back' in dialog ? (dialog.back as Back | undefined) : undefined;
  const close = () => stores.ui.setState({ dialog: back ?? null });
  const { component: Component } = dialogs[kind];
  return <Component {...dialog} onClose={close} />;
}

/** The dialog that the ui store asks for; one at a time. */
export function Dialogs() {
  const dialog = useUi((state) => state.dialog);
  useFocusBack(dialog !== null);
  return dialog && <Open<DialogKind> kind={dialog.kind} dialog={dialog} />;
}
