import { useCallback, useState } from 'react';
import type { ChangePreview, ChangeRecord, ChangeRequest, Problem } from '../../../shared/model';
import { useApp, useChanges } from '../../app/context';
import { useFailure } from '../../app/use-failure';
import type { HostsProgress } from '../../store/changes';
import { usePreview } from './use-preview';
import { useAppliedToast } from './use-undo';

/** Why a change did not come about, and what is left of it. */
export interface Failure {
  problem: Problem;
  /** What the main process wrote down; absent when the change did not even begin. */
  record: ChangeRecord | undefined;
}

export interface ChangeFlow {
  preview: ChangePreview | null;
  pending: boolean;
  /** Everything that keeps the present request from being applied, with the host where it is one's own. */
  problems: readonly Problem[];
  applying: boolean;
  /** By engine id. */
  progress: HostsProgress;
  failure: Failure | null;
  /** Previews to the end and applies, if nothing speaks against it. */
  submit: (keepPartial?: boolean) => Promise<void>;
}

interface Beside {
  /** What was previewed elsewhere already. */
  initial?: ChangePreview | undefined;
  /** What the admin filled in, where that is more than the request. */
  form?: unknown;
  onApplied: (record: ChangeRecord) => void;
}

const none: HostsProgress = {};

/** From a request to an applied change: preview, apply, progress, toast. The same for each dialog and every kind. */
export function useChangeFlow(
  request: ChangeRequest | null,
  { initial, form = request, onApplied }: Beside,
): ChangeFlow {
  const { api, stores } = useApp();
  const [applying, setApplying] = useState<string | null>(null);
  const [failure, setFailure] = useFailure<Failure>(form);
  const { preview, problem, pending, now, again } = usePreview(request, initial, applying !== null);
  const toast = useAppliedToast();
  const progress = useChanges((state) => (applying ? state.progress[applying] : undefined)) ?? none;

  const submit = useCallback(
    async (keepPartial = false) => {
      if (applying) return;
      setFailure(null);
      const current = await now();
      if (!current || current.problems.length > 0) return;
      setApplying(current.id);
      const result = await api.invoke('change.apply', { id: current.id, keepPartial });
      setApplying(null);
      if (result.ok) {
        toast(result.value);
        onApplied(result.value);
        return;
      }
      const record = stores.changes.getState().records.find((each) => each.id === current.id);
      setFailure({ problem: result.error, record });
      // What was previewed may not be so any more: after a failure, and when the main process calls it stale.
      again();
    },
    [api, stores, applying, setFailure, now, again, toast, onApplied],
  );

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
