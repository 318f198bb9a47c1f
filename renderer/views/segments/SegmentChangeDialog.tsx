import { Checkbox, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInventory, useSegments } from '../../context/context';
import type { PlainSegmentRequest } from '../../store/ui';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { useChangeFlow } from '../../context/change/use-change-flow';
import { HostPlans } from '../../context/change/HostPlans';
import { KeepPartial } from './KeepPartial';
import { segmentEdits } from '../../context/change/segment-edits';
import { requestTitle } from '../../context/change/segment-words';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  request: Exclude<PlainSegmentRequest, { kind: 'attach-to-segment' }>;
  onClose: () => void;
}

const detaches = (request: Props['request']) =>
  request.kind === 'delete-segment' || request.kind === 'remove-segment-host';

/** Previews a segment change with nothing (more) to fill in, and applies it: delete, remove a host, reconcile, reserve, forget. */
export function SegmentChangeDialog({ request, onClose }: Props) {
  const { t } = useTranslation('segments');
  const snapshot = useInventory((state) => state.snapshot);
  const planned = useSegments((state) =>
    'segmentId' in request ? state.plan?.find((each) => each.id === request.segmentId)?.name : undefined,
  );
  const [segment] = useState(request.kind === 'adopt-segment' ? request.segment.name : (planned ?? ''));
  const [detachRunning, setDetachRunning] = useState(false);
  const [keepPartial, setKeepPartial] = useState(false);
  const edited = useMemo(
    () => (detaches(request) ? { ...request, detachRunning } : request),
    [request, detachRunning],
  );
  const flow = useChangeFlow(edited, { onApplied: onClose });
  const running = flow.problems.some((problem) => problem.field === 'detachRunning');
  const planOnly = request.kind === 'forget-segment' || request.kind === 'adopt-segment';
  const saves = request.kind === 'edit-segment' && !request.reconcile;
  return (
    <TaskDialog
      onClose={onClose}
      size={560}
      title={requestTitle(t, request, segment, [], snapshot)}
      busy={flow.applying}
    >
      <form
        data-testid="segment-change"
        onSubmit={(event) => {
          event.preventDefault();
          void flow.submit(keepPartial);
        }}
      >
        <Stack gap="md">
          {planOnly && <Text c="dimmed">{t(`explain.${request.kind}`)}</Text>}
          {saves &&
            request.basedOn &&
            segmentEdits(t, request.basedOn, request.segment).map((edit) => <Text key={edit}>{edit}</Text>)}
          {(running || detachRunning) && (
            <Checkbox
              label={t('detachRunning')}
              description={t('detachRunningHint')}
              checked={detachRunning}
              disabled={flow.applying}
              onChange={(event) => setDetachRunning(event.currentTarget.checked)}
              data-testid="detach-running"
            />
          )}
          <HostPlans flow={flow} />
        </Stack>
        <DialogFooter
          label={t(saves ? 'buttons.save' : `buttons.${request.kind}`)}
          danger={detaches(request)}
          pending={flow.pending}
          unread={flow.unread}
          blocked={!flow.pending && flow.problems.length > 0}
          autoFocus
          aside={
            (flow.preview?.hosts.length ?? 0) > 1 &&
            request.kind !== 'edit-segment' && (
              <KeepPartial value={keepPartial} disabled={flow.applying} onChange={setKeepPartial} />
            )
          }
        />
      </form>
    </TaskDialog>
  );
}
