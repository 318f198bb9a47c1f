import { useState } from 'react';
import type { ChangePreview, ChangeRecord, Problem } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { useApp } from '../../app/context';
import { useFailure } from '../../app/use-failure';

/** Why a change did not come about, and what is left of it. */
export interface Failure {
  problem: Problem;
  /** What the main process wrote down; absent when it did not even begin. */
  record?: ChangeRecord;
}

export interface Apply {
  /** The change under way. */
  applying: ChangePreview | null;
  failure: Failure | null;
  /** Gives the record of an applied change; null when it failed. */
  apply: (preview: ChangePreview) => Promise<ChangeRecord | null>;
  forget: () => void;
}

/** Of a record that does not say why. */
const fallback = ({ state, engineName: host }: ChangeRecord): Problem =>
  state === 'rolled-back'
    ? problem('rolled_back', { host })
    : problem('internal', { context: 'ended', host });

/**
 * Applies a preview and keeps what went wrong until it is tried again, or the form is another.
 * @param form what is asked for
 */
export function useApply(form: unknown): Apply {
  const { api, stores } = useApp();
  const [applying, setApplying] = useState<ChangePreview | null>(null);
  const [failure, setFailure] = useFailure<Failure>(form);
  return {
    applying,
    failure,
    forget: () => setFailure(null),
    apply: async (preview) => {
      setApplying(preview);
      setFailure(null);
      const result = await api.invoke('change.apply', { id: preview.id });
      setApplying(null);
      // What was written down is pushed before the answer; a change that did not begin has no record.
      const told = stores.changes.getState().records.find((each) => each.id === preview.id);
      if (!result.ok) setFailure({ problem: result.error, ...(told && { record: told }) });
      else if (result.value.state === 'applied') return result.value;
      else setFailure({ problem: result.value.problem ?? fallback(result.value), record: result.value });
      return null;
    },
  };
}
