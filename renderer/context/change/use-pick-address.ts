import { useApp } from '../context';
import { withAddress, type AddressEdit, type Family } from '../../components/change/address-edit';
import type { Back, NetworkRef } from '../../store/ui';

/**
 * Opens the grid of a network's LAN, for a free address to be picked for a form; then the form is there again, with it, and
 * as it was where none was picked.
 *
 * @param formWith the form's dialog with these contents
 */
export function usePickAddress(
  network: NetworkRef | null,
  edit: AddressEdit | null,
  formWith: (edit: AddressEdit) => Back,
): ((family: Family) => void) | undefined {
  const { stores } = useApp();
  if (!network || !edit) return undefined;
  return (family) =>
    stores.ui.setState({
      dialog: {
        ...{ kind: 'addresses', ...network, version: family === 'ipv4' ? 4 : 6 },
        ...(edit[family].address.trim() ? { at: edit[family].address.trim() } : {}),
        back: formWith(edit),
        pick: (address) => formWith(withAddress(edit, family, address)),
      },
    });
}
