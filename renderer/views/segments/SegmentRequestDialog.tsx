import type { PlainSegmentRequest } from '../../store/ui';
import { SegmentAttachDialog } from './SegmentAttachDialog';
import { SegmentChangeDialog } from './SegmentChangeDialog';

interface Props {
  request: PlainSegmentRequest;
  onClose: () => void;
}

/** Previews a request about a segment: with an address to choose for an attach, as it is for the others. */
export function SegmentRequestDialog({ request, onClose }: Props) {
  return request.kind === 'attach-to-segment' ? (
    <SegmentAttachDialog request={request} onClose={onClose} />
  ) : (
    <SegmentChangeDialog request={request} onClose={onClose} />
  );
}
