import { useCallback } from 'react';
import type {
  ChangePreview,
  ChangeProgress,
  ChangeRecord,
  ChangeRequest,
  Problem,
} from '../../../shared/model';
import { useChanges } from '../../app/context';
import { useApply, type Failure } from './use-apply';
import { usePreview } from './use-preview';
import { useAppliedToast } from './use-undo';

export interface ChangeFlow {
  preview: ChangePreview | null;
  pending: boolean;
  /** Everything that keeps the present request from being applied. */
  problems: readonly Problem[];
  applying: boolean;
  progress: ChangeProgress | undefined;
  failure: Failure | null;
  /** Previews to the end and applies, if nothing speaks against it. */
  submit: () => Promise<void>;
}

/**
 * From a request to an applied change: preview, apply, progress, toast. The same for each dialog.
 * @param form what the admin filled in, where that is more than the request
 */
export function useChangeFlow(
  request: ChangeRequest | null,
  initial: ChangePreview | undefined,
  onApplied: (record: ChangeRecord) => void,
  form: unknown = request,
): ChangeFlow {
  const { applying, failure, apply, forget } = useApply(form);
  const { preview, problem, pending, now, again } = usePreview(request, initial, applying !== null);
  const toast = useAppliedToast();
  const progress = useChanges((state) => (applying ? state.progress[applying.id] : undefined));

  const submit = useCallback(async () => {
    if (applying) return;
    forget();
    const current = await now();
    if (!current || current.problems.length > 0) return;
    const record = await apply(current);
    if (record) {
      toast(record);
      onApplied(record);
    } else {
      // What was previewed may not be so any more: after a failure, and when the main process calls it stale.
      again();
    }
  }, [applying, forget, now, apply, toast, onApplied, again]);

  return {
    preview,
    pending,
    problems: problem ? [problem] : (preview?.problems ?? []),
    applying: applying !== null,
    progress,
    failure,
    submit,
  };
}
