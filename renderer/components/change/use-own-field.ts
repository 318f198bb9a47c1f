import { useLayoutEffect, useRef, type ChangeEvent, type FocusEvent, type KeyboardEvent } from 'react';
import type { FamilyEdit } from './address-edit';

/** Whether a key writes into a field, or takes away from it: all others have names. */
const writes = ({ key }: KeyboardEvent): boolean =>
  key.length === 1 || key === 'Backspace' || key === 'Delete';

/**
 * What makes an address field the admin's own: once they have gone to it or typed in it, no suggestion is put there. The focus that
 * the dialog gives as it opens is not theirs: what is suggested then comes selected, so that typing takes its place instead of
 * being added to it.
 */
export function useOwnField(edit: FamilyEdit, onEdit: (edit: FamilyEdit) => void, autoFocus: boolean) {
  const ref = useRef<HTMLInputElement>(null);
  const written = useRef(edit.address);
  const opening = useRef(autoFocus);
  useLayoutEffect(() => {
    if (written.current === edit.address) return;
    written.current = edit.address;
    if (document.activeElement === ref.current) ref.current?.select();
  }, [edit.address]);
  const hold = () => {
    if (edit.mode === 'undecided' && !edit.held) onEdit({ ...edit, held: true });
  };
  return {
    ref,
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      written.current = event.currentTarget.value;
      onEdit({ mode: 'fixed', address: event.currentTarget.value });
    },
    onFocus: (event: FocusEvent<HTMLInputElement>) => {
      event.currentTarget.select();
      if (!opening.current) hold();
      opening.current = false;
    },
    onPointerDown: hold,
    onKeyDown: (event: KeyboardEvent) => {
      if (writes(event)) hold();
    },
  };
}
