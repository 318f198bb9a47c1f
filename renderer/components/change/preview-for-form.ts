import type { ChangePreview, Problem } from '../../../shared/model';
import { matchesForm, isUndecided, type AddressForm } from './address-edit';

/** What a flow shows of its request. */
interface Shown {
  preview: ChangePreview | null;
  problems: readonly Problem[];
}

interface FormPreview {
  /** The preview, where it is of the choice in the form. */
  told: ChangePreview | null;
  problems: readonly Problem[];
  /** The first preview of the choice is on its way: there is nothing to apply yet. */
  awaitsPreview: boolean;
}

/** What of a flow may be shown beside a form with addresses; null form: there are none to choose. */
export function previewForForm({ preview, problems }: Shown, form: AddressForm | null): FormPreview {
  if (!form) return { told: preview, problems, awaitsPreview: false };
  const told = preview && matchesForm(preview.request, form) ? preview : null;
  // What stands in the way of anything is told before the choice is made, too.
  const all = told !== null || preview === null || isUndecided(form);
  return {
    told,
    problems: all ? problems : [],
    awaitsPreview: told === null && (preview !== null || problems.length === 0),
  };
}
