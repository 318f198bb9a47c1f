import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangePreview, ChangeRecord, ChangeRequest, Problem } from '../../../shared/model';
import { useApp, useChanges } from '../context';
import type { Unread } from '../../components/dialog/DialogFooter';
import { useFailure } from '../use-failure';
import type { HostsProgress } from '../../store/changes';
import { tellsOfNic } from '../../components/change/fields';
import { toldBefore } from './told-before';
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
  /** What is shown is being asked for anew. */
  pending: boolean;
  /** Apply was pressed, and what would be done had not been read: `first` for the first time, or as it is now. */
  unread: Unread | null;
  /** Everything that keeps the present request from being applied, with the host where it is one's own. */
  problems: readonly Problem[];
  applying: boolean;
  /** By engine id. */
  progress: HostsProgress;
  failure: Failure | null;
  /** What engines have told of their interfaces when they refused; kept while the form is edited. */
  answered: readonly Problem[];
  /** Previews to the end, and applies what the admin has read; see {@link useChangeFlow}. */
  submit: (keepPartial?: boolean) => Promise<void>;
}

interface Beside {
  /** What was previewed elsewhere already. */
  initial?: ChangePreview | undefined;
  /** What the admin filled in, where that is more than the request. */
  form?: unknown;
  /** The form does not show the preview as it stands: nobody reads it. */
  hidden?: boolean;
  onApplied: (record: ChangeRecord) => void;
}

const none: HostsProgress = {};

/** The last plan that could be applied and stood before the admin's eyes. */
function useRead(preview: ChangePreview | null, hidden: boolean) {
  const read = useRef<ChangePreview | null>(null);
  useEffect(() => {
    if (preview && preview.problems.length === 0 && !hidden) read.current = preview;
  }, [preview, hidden]);
  return read;
}

/**
 * From a request to an applied change: preview, apply, progress, toast. The same for each dialog and every kind.
 *
 * Apply never does what the admin has not read. Pressed while a newer preview is on its way, it waits for that. One that
 * says nothing new is applied: whoever types an address and presses Enter knows that address, and would learn nothing from
 * the same step with it. Anything else (the first plan, other steps, another notice) is shown, with the focus on Apply: a
 * button that is disabled until then would swallow the key and lose the focus, and one that applies all the same
 * would do something on a host that nobody has seen. Who has closed the dialog or typed on meanwhile has taken it back.
 */
export function useChangeFlow(
  request: ChangeRequest | null,
  { initial, form = request, hidden = false, onApplied }: Beside,
): ChangeFlow {
  const { api, stores } = useApp();
  const [applying, setApplying] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const key = JSON.stringify(request);
  const [told, setTold] = useState<{ unread: Unread; key: string } | null>(null);
  // Who has typed on has taken it back: to be told so again would take the focus out of the field.
  const unread = told?.key === key ? told.unread : null;
  const [failure, setFailure] = useFailure<Failure>(form);
  const [answered, setAnswered] = useState<readonly Problem[]>([]);
  const busy = useRef(false);
  const held = waiting || applying !== null;
  const { preview, problem, pending, now, again } = usePreview(request, initial, held);
  const read = useRead(preview, hidden);
  const toast = useAppliedToast();
  const progress = useChanges((state) => (applying ? state.progress[applying] : undefined)) ?? none;

  /** What may be applied now: what has been read. */
  const settle = useCallback(async () => {
    const before = read.current;
    setTold(null);
    setWaiting(true);
    const newest = await now();
    setWaiting(false);
    if (!newest || newest.problems.length > 0) return null;
    if (before && toldBefore(before, newest)) return newest;
    setTold({ unread: before ? 'changed' : 'first', key });
    return null;
  }, [now, read, key]);

  const apply = useCallback(
    async ({ id }: ChangePreview, keepPartial: boolean) => {
      setFailure(null);
      setApplying(id);
      const result = await api.invoke('change.apply', { id, keepPartial });
      setApplying(null);
      if (result.ok) {
        toast(result.value);
        onApplied(result.value);
        return;
      }
      const record = stores.changes.getState().records.find((each) => each.id === id);
      setFailure({ problem: result.error, record });
      const told = [result.error, ...(record?.hosts ?? []).flatMap((host) => host.problem ?? [])];
      setAnswered((now) => [...now, ...told.filter(tellsOfNic)]);
      // What was previewed may not be so any more: after a failure, and when the main process calls it stale.
      again();
    },
    [api, stores, setFailure, again, toast, onApplied],
  );

  const submit = useCallback(
    async (keepPartial = false) => {
      // A second Enter is neither a second change, nor an answer to what the first one is yet to show.
      if (busy.current) return;
      busy.current = true;
      try {
        const settled = await settle();
        if (settled) await apply(settled, keepPartial);
      } finally {
        busy.current = false;
      }
    },
    [settle, apply],
  );

  const problems = problem ? [problem] : (preview?.problems ?? []);
  return {
    preview,
    pending: pending || waiting,
    unread: pending || waiting || problems.length > 0 ? null : unread,
    problems,
    applying: applying !== null,
    progress,
    failure,
    answered,
    submit,
  };
}
