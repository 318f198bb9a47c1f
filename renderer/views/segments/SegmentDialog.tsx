import { useSegments } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import type { Dialog } from '../../store/ui';
import { ExportDialog } from './ExportDialog';
import { ImportDialog } from './ImportDialog';
import { SegmentAttachDialog } from './SegmentAttachDialog';
import { SegmentChangeDialog } from './SegmentChangeDialog';
import { SegmentFormDialog } from './SegmentFormDialog';

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

interface Props {
  dialog: Of<'segment-form' | 'segment-change' | 'segment-export' | 'segment-import'>;
  onClose: () => void;
}

/** A segment's own name, or a candidate's. */
function Export({ segmentId, onClose }: { segmentId: string; onClose: () => void }) {
  const { candidates } = useSegmentScene();
  const plan = useSegments((state) => state.plan) ?? [];
  const name = [...plan, ...candidates].find((each) => each.id === segmentId)?.name ?? segmentId;
  return <ExportDialog segmentId={segmentId} name={name} onClose={onClose} />;
}

/** Whichever dialog about segments is asked for. */
export function SegmentDialog({ dialog, onClose }: Props) {
  switch (dialog.kind) {
    case 'segment-form':
      return <SegmentFormDialog purpose={dialog.purpose} onClose={onClose} />;
    case 'segment-change': {
      const { request } = dialog;
      return request.kind === 'attach-to-segment' ? (
        <SegmentAttachDialog request={request} onClose={onClose} />
      ) : (
        <SegmentChangeDialog request={request} onClose={onClose} />
      );
    }
    case 'segment-export':
      return <Export segmentId={dialog.segmentId} onClose={onClose} />;
    case 'segment-import':
      return <ImportDialog onClose={onClose} />;
  }
}
