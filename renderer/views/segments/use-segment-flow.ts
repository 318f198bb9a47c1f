import { useCallback, useState } from 'react';
import type {
  Problem,
  SegmentPreview,
  SegmentProgress,
  SegmentRecord,
  SegmentRequest,
} from '../../../shared/model';
import { useApp, useSegments } from '../../app/context';
import { useFailure } from '../../app/use-failure';
import { usePushCount } from '../../app/use-push-count';
import { useFollow } from '../change/use-follow';
import { usePreviewOf } from '../change/use-preview';
import { useSegmentToast } from './use-segment-undo';

/** Why a change did not come about, and how each host ended. */
export interface SegmentFailure {
  problem: Problem;
  /** As it was pushed; absent when the change did not even begin. */
  record: SegmentRecord | undefined;
}

export interface SegmentFlow {
  preview: SegmentPreview | null;
  pending: boolean;
  /** Everything that keeps the present request from being applied, with the host where it is one's own. */
  problems: readonly Problem[];
  applying: boolean;
  /** By engine id. */
  progress: Readonly<Record<string, SegmentProgress>>;
  failure: SegmentFailure | null;
  /** Previews to the end and applies, if nothing speaks against it. */
  submit: (keepPartial: boolean) => Promise<void>;
}

const none = {};

const problemsOf = (preview: SegmentPreview): Problem[] => [
  ...preview.problems,
  ...preview.hosts.flatMap(({ engineId, problems }) =>
    problems.map((problem) => ({ ...problem, engineId: problem.engineId ?? engineId })),
  ),
];

/**
 * From a request to an applied change on all hosts: preview, apply, progress, toast.
 * @param form what the admin filled in, where that is more than the request
 */
export function useSegmentFlow(
  request: SegmentRequest | null,
  onApplied: (record: SegmentRecord) => void,
  form: unknown = request,
): SegmentFlow {
  const { api, stores } = useApp();
  const invoke = useCallback(
    (wanted: SegmentRequest) => api.invoke('segments.preview', { request: wanted }),
    [api],
  );
  const { preview, problem, pending, now, again, refresh } = usePreviewOf(invoke, request);
  const [applying, setApplying] = useState<string | null>(null);
  const [failure, setFailure] = useFailure<SegmentFailure>(form);
  const progress = useSegments((state) => (applying ? state.progress[applying] : undefined)) ?? none;
  const toast = useSegmentToast();
  // An address may be given away on the hosts, or be answered for on the LAN, while it stands in the form.
  useFollow(refresh, request?.kind !== 'attach' || applying !== null, usePushCount('addresses.answered'));

  const submit = useCallback(
    async (keepPartial: boolean) => {
      if (applying) return;
      setFailure(null);
      const current = await now();
      if (!current || problemsOf(current).length > 0) return;
      setApplying(current.id);
      const result = await api.invoke('segments.apply', { id: current.id, keepPartial });
      setApplying(null);
      if (result.ok) {
        toast(result.value);
        onApplied(result.value);
        return;
      }
      const record = stores.segments.getState().records.find((each) => each.id === current.id);
      setFailure({ problem: result.error, record });
      again();
    },
    [api, stores, applying, setFailure, now, again, toast, onApplied],
  );

  return {
    preview,
    pending,
    problems: problem ? [problem] : preview ? problemsOf(preview) : [],
    applying: applying !== null,
    progress,
    failure,
    submit,
  };
}
